"""The list of an account's own models: searched, narrowed by state, in pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from . import own_models

PER_PAGE = 20


class OwnModelsView(WagtailAdminTemplateMixin, View):
    """Every model that the account owns or co-authors."""

    template_name = "editorial/home/own_list.html"
    page_title = _("My models")
    header_icon = "doc-full-inverse"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of those that match."""
        words = request.GET.get("q", "").strip()[:255]
        state = request.GET.get("state", "")
        state = state if state in own_models.NARROWED else ""
        pages = own_models.own_pages(request.user, words, state)
        page = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
        rows = own_models.own_rows(request.user, page.object_list)
        context: dict[str, Any] = self.get_context_data(
            page_of=page,
            rows=rows,
            words=words,
            state=state,
            states=list(own_models.NARROWED.items()),
            starts=own_models.starts(request.user, has_models=bool(rows or words or state)),
            user=request.user,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class OwnModelsMenuItem(MenuItem):
    """For those who may make models."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the account may make a model somewhere."""
        return bool(own_models.new_model_url(request.user))
