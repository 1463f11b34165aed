"""The admin home's panel of editors: what waits for review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from wagtail.admin.ui.components import Component

from . import overview
from .lists import settings_for


class WaitingPanel(Component):
    """Pages in review, for those who review."""

    name = "waiting"
    template_name = "editorial/home/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``reviews``; ``None`` where the account reviews nothing. ``user`` is the account."""
        request = (parent_context or {})["request"]
        reviews = None
        if overview.is_reviewer(request.user):
            days = settings_for(request).review_days
            reviews = overview.waiting_for_review(request.user, days)
        return {"reviews": reviews, "user": request.user}

    def render_html(self, parent_context: Any = None) -> str:
        """Nothing where nothing can wait."""
        context = self.get_context_data(parent_context)
        return "" if context["reviews"] is None else render_to_string(self.template_name, context)
