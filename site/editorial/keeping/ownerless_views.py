"""The list of models whose owner has left, and giving several of them to another account."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from models_pages.models.coauthor import CoAuthor

from ..home.lists import edit_url
from ..reviewers import ReviewersOnly
from . import ownerless

PER_PAGE = 50


class OwnerlessView(ReviewersOnly, WagtailAdminTemplateMixin, View):
    """For editors and administrators."""

    template_name = "editorial/keeping/ownerless.html"
    page_title = gettext_lazy("Models without an owner")
    header_icon = "user"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give the ticked models to the account that is named."""
        chosen = {int(pk) for pk in request.POST.getlist("model") if pk.isascii() and pk.isdigit()}
        email = request.POST.get("owner", "").strip()[:254]
        owner = ownerless.possible_owner(email) if email else None
        if not chosen:
            return self._show(email, chosen, _("Tick the models first."))
        if owner is None:
            return self._show(
                email,
                chosen,
                _("There is no open account with this address. Invite the person first."),
            )
        pages = list(ownerless.without_owner().filter(pk__in=chosen))
        number = ownerless.reassign(pages, owner, request.user)
        messages.success(
            request,
            ngettext(
                "%(number)d model belongs to %(owner)s now.",
                "%(number)d models belong to %(owner)s now.",
                number,
            )
            % {"number": number, "owner": owner.get_full_name()},
        )
        return redirect("editorial:ownerless")

    def _show(
        self, email: str = "", chosen: frozenset[int] | set[int] = frozenset(), error: str = ""
    ) -> HttpResponse:
        page = Paginator(ownerless.without_owner(), PER_PAGE).get_page(self.request.GET.get("page"))
        models = list(page.object_list)
        co_authors: dict[Any, list[str]] = {}
        for row in CoAuthor.objects.filter(
            translation_key__in=[model.translation_key for model in models],
            user__is_active=True,
        ).select_related("user"):
            co_authors.setdefault(row.translation_key, []).append(row.user.email)
        rows = [
            {
                "page": model,
                "edit_url": edit_url(model),
                "co_authors": co_authors.get(model.translation_key, []),
                "is_chosen": model.pk in chosen,
            }
            for model in models
        ]
        context = self.get_context_data(
            page_of=page,
            rows=rows,
            email=email,
            error=error,
            people=sorted({email for emails in co_authors.values() for email in emails}),
            invite_url=reverse("wagtailusers_users:add"),
        )
        return self.render_to_response(context, status=400 if error else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
