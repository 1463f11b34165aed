"""Public pages of joining. Links from mails only show what they do: a button does it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from accounts.models import AccountRequest
from accounts.throttling import client_address, may_try

from . import invitations, requests
from .forms import JoinForm, RequestForm

HOUR = 3600
# One connection may be a whole municipality's.
TRIES_OF_AN_ADDRESS = 20
TRIES_FOR_AN_EMAIL = 3


@method_decorator(never_cache, name="dispatch")
class RequestView(FormView[RequestForm]):
    """Asking for an author's account."""

    template_name = "accounts/request.html"
    form_class = RequestForm

    def form_valid(self, form: RequestForm) -> HttpResponse:
        """The same answer whether or not there is an account; nothing for machines."""
        if form.is_from_machine:
            return redirect("accounts:sent")
        request: AccountRequest = form.instance
        who = client_address(self.request)
        if not (
            may_try("account-request", who, TRIES_OF_AN_ADDRESS, HOUR)
            and may_try("account-request-for", request.email.lower(), TRIES_FOR_AN_EMAIL, HOUR)
        ):
            form.add_error(
                None, _("There have been many requests from here. Try again in an hour.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=429)
        request.language = (get_language() or "fi").split("-")[0]
        requests.ask(request)
        return redirect("accounts:sent")


class SentView(TemplateView):
    """What to do next: look at one's mail."""

    template_name = "accounts/sent.html"


@method_decorator(never_cache, name="dispatch")
class ConfirmView(TemplateView):
    """Proving one's address."""

    template_name = "accounts/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A link that is too old says so."""
        self.asked = requests.find(kwargs["token"])
        if self.asked is None:
            return _gone(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """The request waits for an editor from now on."""
        assert self.asked is not None
        requests.confirm(self.asked)
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``asked``: the request."""
        return super().get_context_data(asked=self.asked, **kwargs)


@method_decorator((never_cache, sensitive_post_parameters()), name="dispatch")
class InvitationView(FormView[JoinForm]):
    """Making the account that an invitation promises."""

    template_name = "accounts/invitation.html"
    form_class = JoinForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A link that is too old, or was used, says so."""
        self.invitation = invitations.find(kwargs["token"])
        if self.invitation is None:
            return _gone(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows whose it is."""
        return {**super().get_form_kwargs(), "invitation": self.invitation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``invitation``."""
        return super().get_context_data(invitation=self.invitation, **kwargs)

    def form_valid(self, form: JoinForm) -> HttpResponse:
        """Make the account and go in."""
        assert self.invitation is not None
        try:
            user = invitations.accept(
                self.invitation,
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                password=form.cleaned_data["password1"],
            )
        except IntegrityError:
            # Pressed twice: the other one made the account.
            return redirect("wagtailadmin_login")
        login(self.request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("wagtailadmin_home")


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"login_url": reverse("wagtailadmin_login")}
    return render(request, "accounts/gone.html", context, status=410)
