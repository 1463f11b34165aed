"""Wires joining and personal data into Wagtail; the rules stand in modules of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from . import personal_data_views
from .joining.viewsets import JoiningGroup
from .models import User


@hooks.register("register_admin_viewset")
def joining() -> JoiningGroup:
    """Invitations and requests."""
    return JoiningGroup()


@hooks.register("register_log_actions")
def actions_of_accounts(actions: LogActionRegistry) -> None:
    """Name what joining and erasing leave in the log."""
    actions.register_action(
        "mallisto.joined", _("Accept invitation"), _("Made the account by an invitation")
    )
    actions.register_action(
        "mallisto.request.approved", _("Approve request"), _("Approved a request for an account")
    )
    actions.register_action(
        "mallisto.request.declined", _("Decline request"), _("Declined a request for an account")
    )
    actions.register_action(
        "mallisto.exported", _("Export data"), _("Downloaded the person's data")
    )
    actions.register_action("mallisto.erased", _("Erase data"), _("Erased the person's data"))


@hooks.register("register_admin_urls")
def personal_data_addresses() -> list[URLPattern]:
    """A person's data."""
    return [
        path("account/data/", personal_data_views.own, name="personal_data_own"),
        path("users/<int:pk>/data/", personal_data_views.of_account, name="personal_data_of"),
        path("users/<int:pk>/erase/", personal_data_views.erase, name="personal_data_erase"),
    ]


@hooks.register("register_account_settings_panel")
def own_data(request: HttpRequest, user: User, profile: Any) -> Any:
    """One's own data, among one's settings."""
    return personal_data_views.PersonalDataPanel(request, user, profile)


@hooks.register("register_user_listing_buttons")
def erase_button(user: User, request_user: User) -> Iterator[Button]:
    """Erasing, in place of deleting."""
    if request_user.has_perm("accounts.delete_user") and user.erased_at is None:
        yield Button(
            _("Erase data"), reverse("personal_data_erase", args=[user.pk]), icon_name="bin"
        )


@hooks.register("before_delete_user")
def erase_instead(request: HttpRequest, user: User) -> HttpResponse:
    """An account is not deleted: what its person wrote and decided hangs on it."""
    return redirect("personal_data_erase", pk=user.pk)


@hooks.register("before_bulk_action")
def no_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Nor several at once."""
    if action_type != "delete" or getattr(action, "model", None) is not User:
        return None
    messages.error(
        request,
        _now("Accounts are not deleted. Close an account, or erase its data one at a time."),
    )
    return redirect("wagtailusers_users:index")
