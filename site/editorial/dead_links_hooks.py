"""Wires the list of dead links into Wagtail's menu of reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks

from .dead_links import DeadLinksView
from .searches import ReviewersMenuItem


@hooks.register("construct_reports_menu")
def dead_links_report(request: HttpRequest, items: list[Any]) -> None:
    """Links that lead nowhere, for those who review pages."""
    item = ReviewersMenuItem(
        DeadLinksView.page_title,
        reverse("editorial:dead_links"),
        name="dead-links",
        icon_name=DeadLinksView.header_icon,
        order=420,
    )
    if item.is_shown(request):
        items.append(item)
