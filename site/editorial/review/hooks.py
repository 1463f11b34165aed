"""Wires the review queue, its texts and taking down into Wagtail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from ..home.overview import is_reviewer
from ..reviewers import ReviewersMenuItem
from . import queue
from .decisions_report import DecisionsReport
from .texts import ReviewTextsGroup

register_snippet(ReviewTextsGroup)


class QueueMenuItem(MenuItem):
    """The queue, with how many pages wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who decide at some step of review."""
        return is_reviewer(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Wagtail's item, with the number in its label."""
        component: LinkMenuItem = super().render_component(request)
        number = queue.states_for(request.user).count()
        if number:
            component.label = _("Review queue (%(number)d)") % {"number": number}
        return component


@hooks.register("register_admin_menu_item")
def queue_item() -> QueueMenuItem:
    """What waits for review, at hand on every screen."""
    return QueueMenuItem(
        gettext_lazy("Review queue"),
        reverse("editorial:queue"),
        name="review-queue",
        icon_name="clipboard-list",
        order=90,
    )


@hooks.register("construct_reports_menu")
def decisions_item(request: HttpRequest, items: list[MenuItem]) -> None:
    """The log of decisions, for those who review pages."""
    item = ReviewersMenuItem(
        DecisionsReport.page_title,
        reverse(DecisionsReport.index_url_name),
        name="decisions",
        icon_name=DecisionsReport.header_icon,
        order=300,
    )
    if item.is_shown(request):
        items.append(item)


@hooks.register("construct_homepage_summary_items", order=2000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pages, pictures and documents there are helps nobody, and costs queries."""
    items.clear()


@hooks.register("construct_homepage_panels", order=2000)
def no_recent_edits(request: HttpRequest, panels: list[Any]) -> None:
    """What waits and one's own models stand there; the history has every edit."""
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]


@hooks.register("before_edit_page")
def way_back_to_review(request: HttpRequest, page: Page) -> None:
    """Whoever came from the review view to correct something finds the way back."""
    address = reverse("editorial:review", args=[page.pk])
    if request.method == "GET" and get_valid_next_url_from_request(request) == address:
        messages.info(
            request,
            _("You are correcting a page that you review. Save, and go back to decide."),
            buttons=[messages.button(address, _("Back to the review"))],
        )


@hooks.register("before_bulk_action")
def reason_for_each(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Several pages at once have no reason of their own, so they are taken down one by one."""
    if action_type != "unpublish":
        return None
    messages.error(
        request,
        _("Nothing was changed: take pages down one at a time, each with its own reason."),
    )
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
