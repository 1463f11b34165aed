"""The screen on which a page is taken down; it stands at Wagtail's address of unpublishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from . import taking_down
from .forms import REASON_LENGTH


class TakeDownForm(forms.Form):
    """Why the page is taken down."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Tell why the page is taken down.")},
    )


class TakeDownView(WagtailAdminTemplateMixin, View):
    """Asks for the reason, and takes the page down."""

    template_name = "editorial/review/take_down.html"
    header_icon = "warning"
    page_title = gettext_lazy("Take down")

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        """For those who may unpublish the page."""
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not self.page.live and request.user.has_perm("wagtailadmin.access_admin"):
            if not self.page.permissions_for_user(request.user).can_edit():
                raise PermissionDenied
            messages.warning(request, self._told(_("“%(title)s” is not public.")))
            return redirect(self.next_url)
        if not taking_down.may_take_down(request.user, self.page):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    @cached_property
    def next_url(self) -> str:
        """Where one came from, or the page's form."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return str(get_valid_next_url_from_request(self.request) or edit)

    def get_page_subtitle(self) -> str:
        """The page's name."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, and what is done; the page is named below."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question."""
        return self._show(TakeDownForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it down, once there is a reason."""
        form = TakeDownForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            taking_down.take_down(self.page, request.user, form.cleaned_data["reason"])
        except taking_down.NotPublic:
            messages.warning(request, self._told(_("“%(title)s” is not public.")))
        else:
            messages.success(
                request,
                self._told(_("“%(title)s” is taken down. Its people were told why.")),
            )
        return redirect(self.next_url)

    def _told(self, text: str) -> str:
        return text % {"title": self.get_page_subtitle()}

    def _show(self, form: TakeDownForm) -> HttpResponse:
        context = self.get_context_data(form=form, page=self.page, next_url=self.next_url)
        return self.render_to_response(context)
