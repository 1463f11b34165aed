"""Inviting a person: a mail whose link makes the account in its role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import log

from accounts import mail
from accounts.models import Invitation, User
from accounts.roles import ADMINISTRATORS, AUTHORS

from . import links


class AlreadyAnAccount(ValueError):
    """The address has an account: nobody is invited twice."""


def roles_for(user: Any) -> tuple[str, ...]:
    """The roles that somebody may invite to: an editor only authors, an administrator all."""
    if user.has_perm("accounts.add_user"):
        return tuple(role for role, _label in Invitation._meta.get_field("role").choices or ())
    return (AUTHORS,) if user.has_perm("accounts.add_invitation") else ()


@transaction.atomic
def invite(
    email: str, *, role: str, language: str, by: Any, first_name: str = "", last_name: str = ""
) -> Invitation:
    """Invite an address, or invite it again with a new link; ``AlreadyAnAccount`` if it has one."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise AlreadyAnAccount(email)
    invitation, is_new = Invitation.objects.select_for_update().get_or_create(
        email=email,
        accepted_at=None,
        defaults={
            "role": role,
            "language": language,
            "invited_by": by,
            "first_name": first_name,
            "last_name": last_name,
        },
    )
    if not is_new:
        invitation.role, invitation.language, invitation.invited_by = role, language, by
        invitation.sent_at = timezone.now()
        invitation.save()
    send(invitation)
    return invitation


def send(invitation: Invitation) -> None:
    """Mail the link; the links of earlier mails end to work once ``sent_at`` has changed."""
    text = links.token("invitation", invitation.pk, invitation.sent_at)
    with translation.override(invitation.language):
        address = mail.absolute("accounts:invitation", text)
    mail.send_to_stranger(
        invitation,
        f"invitation-{invitation.pk}-{invitation.sent_at.isoformat()}",
        "accounts/invitation",
        {
            "invitation": invitation,
            "inviter": invitation.invited_by,
            "url": address,
            "days": links.INVITATION_VALID.days,
        },
    )


def send_again(invitation: Invitation) -> None:
    """A new link in a new mail."""
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    send(invitation)


def find(text: str) -> Invitation | None:
    """The open invitation that a link leads to."""
    read = links.read("invitation", text, links.INVITATION_VALID)
    if read is None:
        return None
    number, moment = read
    invitation = Invitation.objects.filter(pk=number, accepted_at=None).first()
    if invitation is None or invitation.sent_at != moment:
        return None
    if User.objects.filter(email=invitation.email).exists():
        return None
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, first_name: str, last_name: str, password: str) -> User:
    """Make the account in the invitation's role."""
    user = User.objects.create_user(
        invitation.email,
        password,
        first_name=first_name,
        last_name=last_name,
        language=invitation.language,
    )
    user.groups.add(Group.objects.get(name=invitation.role))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    log(instance=user, action="mallisto.joined", user=user, data={"role": invitation.role})
    return user


def may_withdraw(user: Any, invitation: Invitation) -> bool:
    """Whether somebody may take the invitation back: an administrator, or who may invite to it."""
    return invitation.role in roles_for(user) or (
        invitation.role == ADMINISTRATORS and user.is_superuser
    )
