"""Who writes a model: adding and removing co-authors, leaving, handing the model over."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from models_pages import coauthors
from models_pages.models import OperatingModelPage
from models_pages.permissions import is_of, reviews_pages

from ..home.lists import edit_url


class PeopleView(WagtailAdminTemplateMixin, View):
    """The owner and the co-authors of a model, with what may be done about them."""

    template_name = "editorial/people/people.html"
    page_title = gettext_lazy("Co-authors")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For the model's own people and for those who review."""
        pages = OperatingModelPage.objects.filter(alias_of=None).defer_streamfields()
        page: Any = get_object_or_404(pages, id=kwargs["page_id"])
        self.page = page
        if not (is_of(request.user, self.page) or reviews_pages(request.user)):
            raise PermissionDenied
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.may_offer = self.page.owner_id == request.user.pk or reviews_pages(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The list."""
        return self._show()

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Do what the button says, and show the list again."""
        action = getattr(self, f"_{request.POST.get('action', '')}", None)
        if action not in (
            self._add, self._remove, self._leave, self._offer, self._withdraw, self._accept,
            self._decline,
        ):  # fmt: skip
            return self._here()
        answer: HttpResponse = action(request.POST.get("who", "")[:254].strip())
        return answer

    def _here(self) -> HttpResponse:
        return redirect("editorial:people", self.page.pk)

    def _show(self, who: str = "", error: str = "") -> HttpResponse:
        user: Any = self.request.user
        people = coauthors.people(self.page)
        context = self.get_context_data(
            page=self.page,
            edit_url=edit_url(self.page),
            people=people,
            owner=self.page.owner,
            is_owner=self.page.owner_id == user.pk,
            own_email=user.email,
            is_coauthor=any(person.email == user.email for person in people),
            is_offered=any(p.is_offered_ownership for p in people if p.email == user.email),
            may_offer=self.may_offer,
            who=who,
            error=error,
        )
        return self.render_to_response(context)

    def _add(self, who: str) -> HttpResponse:
        try:
            email = coauthors.add(self.page, who, self.request.user)
        except coauthors.NotAdded as problem:
            return self._show(who, str(problem.message))
        messages.success(
            self.request,
            _("%(email)s is on the list, and is told of it by mail.") % {"email": email},
        )
        return self._here()

    def _remove(self, who: str) -> HttpResponse:
        if coauthors.remove(self.page, who, self.request.user):
            messages.success(
                self.request,
                _("%(email)s is no longer on the list, and may not see the draft.")
                % {"email": who},
            )
        return self._here()

    def _leave(self, who: str) -> HttpResponse:
        user: Any = self.request.user
        coauthors.remove(self.page, user.email, user)
        messages.success(
            self.request,
            _("You are no longer a co-author of “%(title)s”.")
            % {"title": self.page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_home")

    def _offer(self, who: str) -> HttpResponse:
        if not self.may_offer:
            raise PermissionDenied
        if coauthors.offer_ownership(self.page, who, self.request.user):
            messages.success(
                self.request,
                _("The model is offered to %(email)s. It stays as it is until they accept.")
                % {"email": who},
            )
        return self._here()

    def _withdraw(self, who: str) -> HttpResponse:
        if not self.may_offer:
            raise PermissionDenied
        coauthors.withdraw_offer(self.page)
        return self._here()

    def _accept(self, who: str) -> HttpResponse:
        if coauthors.accept_ownership(self.page, self.request.user):
            messages.success(self.request, _("The model is yours now."))
        return self._here()

    def _decline(self, who: str) -> HttpResponse:
        coauthors.decline_ownership(self.page, self.request.user)
        return self._here()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the model's form, this."""
        return [
            *self.breadcrumbs_items,
            {"url": edit_url(self.page), "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]
