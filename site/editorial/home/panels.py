"""The admin home's panel of editors: what waits for review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from wagtail.admin.ui.components import Component

from . import overview


class WaitingPanel(Component):
    """Pages in review, for those who review."""

    name = "waiting"
    template_name = "editorial/home/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``reviews``; ``None`` where the account reviews nothing. ``user`` is the account."""
        user = (parent_context or {})["request"].user
        reviews = overview.waiting_for_review(user) if overview.is_reviewer(user) else None
        return {"reviews": reviews, "user": user}

    def render_html(self, parent_context: Any = None) -> str:
        """Nothing where nothing can wait."""
        context = self.get_context_data(parent_context)
        return "" if context["reviews"] is None else render_to_string(self.template_name, context)
