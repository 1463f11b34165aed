"""Links that lead nowhere: an author's own models', and everybody's for editors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from models_pages.link_checking import dead_uses, section_of, why
from models_pages.models import OperatingModelPage
from models_pages.models.coauthor import coauthored_keys
from models_pages.permissions import reviews_pages

PER_PAGE = 50


class DeadLinksView(WagtailAdminTemplateMixin, View):
    """Where the dead links are, each with what is wrong and a way to its place in the form."""

    template_name = "editorial/dead_links.html"
    page_title = gettext_lazy("Links that lead nowhere")
    header_icon = "link"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list; an editor may ask for the own models' only by ``own=1``."""
        is_reviewer = reviews_pages(request.user)
        is_own = not is_reviewer or request.GET.get("own") == "1"
        pages = _own(request.user) if is_own else None
        paginator = Paginator(dead_uses(pages), PER_PAGE)
        uses = paginator.get_page(request.GET.get("p"))
        rows = [
            {
                "use": use,
                "title": use.page.get_admin_display_title(),
                "address": reverse("wagtailadmin_pages:edit", args=[use.page_id]),
                "section": section_of(use.field),
                "why": why(use.link.outcome),
            }
            for use in uses
        ]
        context = self.get_context_data(
            rows=rows, uses=uses, is_own=is_own, is_reviewer=is_reviewer,
            is_checked=settings.LINK_CHECKS,
            elided_page_range=paginator.get_elided_page_range(uses.number),
        )  # fmt: skip
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def number_of_own(user: Any) -> int:
    """How many dead links the account's own models have; asked only where links are looked at."""
    return dead_uses(_own(user)).count() if settings.LINK_CHECKS else 0


def _own(user: Any) -> Any:
    mine = Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))
    return OperatingModelPage.objects.filter(mine).order_by()
