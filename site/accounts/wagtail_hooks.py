"""Wires joining into Wagtail; the rules stand in modules of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .joining.viewsets import JoiningGroup


@hooks.register("register_admin_viewset")
def joining() -> JoiningGroup:
    """Invitations and requests."""
    return JoiningGroup()


@hooks.register("register_log_actions")
def joining_actions(actions: LogActionRegistry) -> None:
    """Name what joining leaves in the log."""
    actions.register_action(
        "mallisto.joined", _("Accept invitation"), _("Made the account by an invitation")
    )
    actions.register_action(
        "mallisto.request.approved", _("Approve request"), _("Approved a request for an account")
    )
    actions.register_action(
        "mallisto.request.declined", _("Decline request"), _("Declined a request for an account")
    )
