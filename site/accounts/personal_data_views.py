"""Giving a person's data as a file, and erasing it: for the person, and for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.log_actions import log

from . import personal_data
from .models import User


class EraseForm(forms.Form):
    """The address is typed, so that nobody is erased by a slip."""

    email = forms.CharField(
        label=gettext_lazy("To erase the data, type the e-mail address of the account"),
        max_length=254,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """The account's address, however it is capitalised."""
        typed = str(self.cleaned_data["email"]).strip().lower()
        if typed != self.user.email:
            raise forms.ValidationError(_("This is not the address of the account."))
        return typed


class NoForm(forms.ModelForm):
    """A panel of settings asks for one; here is nothing to set."""

    class Meta:
        model = User
        fields = ()


class PersonalDataPanel(BaseSettingsPanel):
    """A link to one's own data, in the account's settings."""

    name = "personal_data"
    title = gettext_lazy("Your data")
    order = 900
    form_class = NoForm
    template_name = "accounts/admin/personal_data_panel.html"


def _file(user: User) -> HttpResponse:
    response = JsonResponse(
        personal_data.export(user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mallisto-data.json"'
    return response


@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """One's own data."""
    assert isinstance(request.user, User)
    return _file(request.user)


@never_cache
@permission_required("accounts.delete_user")
def of_account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account's data, for an administrator who was asked for it; logged."""
    user = get_object_or_404(User, pk=pk)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    log(instance=user, action="mallisto.exported", user=request.user)
    return _file(user)


@permission_required("accounts.delete_user")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and erase."""
    user = get_object_or_404(User, pk=pk, erased_at=None)
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        name = user.get_full_name()
        try:
            personal_data.erase(user, request.user)
        except personal_data.NotErasable as refusal:
            raise PermissionDenied from refusal
        messages.success(
            request,
            _("The data of %(name)s was erased. What was written stays, without the name.")
            % {"name": name},
        )
        return redirect("wagtailusers_users:index")
    return TemplateResponse(request, "accounts/admin/erase.html", {"person": user, "form": form})
