"""The admin home's panels of authors: what editors returned, and the account's own models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.ui.components import Component

from models_pages import coauthors

from ..keeping import dead_links
from ..writing import own_models
from . import overview
from .lists import Shown, settings_for

# The rest stand in a list of their own.
SHOWN = 10


class ReturnedPanel(Component):
    """Pages that an editor returned, with the reason."""

    name = "returned"
    template_name = "editorial/home/returned.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``returned``."""
        return {"returned": own_models.returned_to((parent_context or {})["request"].user)}

    def render_html(self, parent_context: Any = None) -> str:
        """Nothing where nothing was returned."""
        context = self.get_context_data(parent_context)
        return render_to_string(self.template_name, context) if context["returned"] else ""


class OwnModelsPanel(Component):
    """The account's models with state and what each lacks, and the ways to start another."""

    name = "own_models"
    template_name = "editorial/home/own_models.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """``models``, ``starts`` where the account may make one, ``offers``, what is ``due``,
        and how many ``dead_links`` its models have.
        """
        request = (parent_context or {})["request"]
        user = request.user
        settings = settings_for(request)
        models = own_models.own_models(user, SHOWN, settings)
        return {
            "models": models,
            "is_shown": models.rows or not overview.is_reviewer(user),
            "starts": own_models.starts(user, has_models=bool(models.total)),
            "offers": [
                (page.get_admin_display_title(), reverse("editorial:people", args=[page.pk]))
                for page in coauthors.offers_to(user)
            ],
            # Who has no models is asked about none.
            "due": own_models.due_for_confirmation(user, settings=settings)
            if models.total
            else Shown([], 0),
            "dead_links": dead_links.number_of_own(user) if models.total else 0,
            "all_url": reverse("editorial:own_models"),
            "user": user,
        }
