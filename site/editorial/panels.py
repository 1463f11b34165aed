"""The admin home's panels: what waits for the account, and its own models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.ui.components import Component

from models_pages.models import OperatingModelIndexPage

from . import overview


class WaitingPanel(Component):
    """Pages in review for editors; returned pages, with the reason, for authors."""

    name = "waiting"
    template_name = "editorial/home/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``reviews`` (``None`` where the account reviews nothing) and ``returned``."""
        user = (parent_context or {})["request"].user
        is_reviewer = overview.is_reviewer(user)
        return {
            "reviews": overview.waiting_for_review(user) if is_reviewer else None,
            "returned": overview.returned_to(user),
        }

    def render_html(self, parent_context: Any = None) -> str:
        """Nothing where nothing can wait."""
        context = self.get_context_data(parent_context)
        if context["reviews"] is None and not context["returned"]:
            return ""
        return render_to_string(self.template_name, context)


class OwnModelsPanel(Component):
    """The account's models with state and what each lacks."""

    name = "own_models"
    template_name = "editorial/home/own_models.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``models``, and ``new_url`` where the account may make one."""
        user = (parent_context or {})["request"].user
        models = overview.own_models(user)
        return {
            "models": models,
            "is_shown": models.rows or not overview.is_reviewer(user),
            "new_url": overview.new_model_url(user),
            "all_url": _all_models_url(user),
            "user": user,
        }


def _all_models_url(user: Any) -> str:
    index = OperatingModelIndexPage.objects.filter(locale__language_code=user.language).first()
    if index is None:
        return ""
    return f"{reverse('wagtailadmin_explore', args=[index.pk])}?owner={user.pk}"
