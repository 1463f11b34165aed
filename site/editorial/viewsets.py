"""Wagtail's views of pages, where an unfinished page is told of kindly."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from models_pages.models import PortalPage

from .listing import PortalPageFilterSet
from .writing.edit_view import OneStepEditView


class TellsWhatIsMissing:
    """A form that only lacks what publication needs is no error: it says so, and where."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Wagtail's answer, unless the page is merely unfinished."""
        view: Any = self
        if getattr(view, "locked_for_user", False) or not getattr(form, "only_lacks", False):
            return super().form_invalid(form)  # type: ignore[misc]
        messages.warning(
            view.request,
            ngettext(
                "Not yet: one thing is missing. What you wrote is still here, and the list "
                "below leads to the place.",
                "Not yet: %(number)d things are missing. What you wrote is still here, and the "
                "list below leads to each place.",
                len(form.lacking),
            )
            % {"number": len(form.lacking)},
        )
        view.errors_debug = ""
        view.has_unsaved_changes = True
        return view.render_to_response(view.get_context_data())


class PortalCreateView(TellsWhatIsMissing, CreateView):
    """Making a page."""


class PortalEditView(TellsWhatIsMissing, OneStepEditView):
    """Editing a page."""


class PortalPageViewSet(PageViewSet):
    """The views of one of the portal's page types."""

    filterset_class = PortalPageFilterSet
    add_view_class = PortalCreateView
    edit_view_class = PortalEditView


def page_viewsets() -> list[PortalPageViewSet]:
    """A viewset for each page type of the portal."""
    return [
        PortalPageViewSet(f"pages_{model._meta.model_name}", model=model)
        for model in apps.get_models()
        if issubclass(model, PortalPage)
    ]
