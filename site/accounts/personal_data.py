"""A person's data: what the portal holds of it, and its erasure.

Packages register what they hold. Erasing replaces the name and removes what says who the person
is; what was written stays, and so does the account's row, which it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axes.models import AccessAttempt
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from post_office.models import Email
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from .models import AccountRequest, Invitation, Message, User

# No mail ever arrives there (RFC 2606).
NOWHERE = "erased.invalid"


class NotErasable(ValueError):
    """The account may not be erased by who asks."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one part of the portal holds of a person: JSON to give, and how it is erased."""

    gather: Callable[[User], Any]
    erase: Callable[[User], None] | None = None


_holdings: dict[str, Holding] = {}


def register(
    name: str, gather: Callable[[User], Any], erase: Callable[[User], None] | None = None
) -> None:
    """Have ``gather`` asked at every export, and ``erase`` at every erasure."""
    _holdings[name] = Holding(gather, erase)


def export(user: User) -> dict[str, Any]:
    """All that the portal holds of a person, as JSON knows it (times as ISO 8601)."""
    return {name: holding.gather(user) for name, holding in _holdings.items()}


@transaction.atomic
def erase(user: User, by: Any) -> None:
    """Replace the person's name everywhere, close the account; content stays.

    ``NotErasable`` for one's own account, and for a superuser's by anybody else than one.
    """
    if user.pk == by.pk or (user.is_superuser and not by.is_superuser):
        raise NotErasable
    for holding in _holdings.values():
        if holding.erase is not None:
            holding.erase(user)
    user.email = f"{user.pk}@{NOWHERE}"
    user.first_name = user.last_name = ""
    user.is_active = user.is_superuser = False
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    log(instance=user, action="mallisto.erased", user=by)


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "language": user.language,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "active": user.is_active,
    }


def _joining(user: User) -> list[dict[str, Any]]:
    requests = AccountRequest.objects.filter(email=user.email)
    invitations = Invitation.objects.filter(email=user.email)
    return [
        *(
            {"asked": one.created_at.isoformat(), "organisation": one.organisation,
             "reason": one.reason, "answer": one.answer}
            for one in requests
        ),
        *({"invited": one.created_at.isoformat(), "role": one.role} for one in invitations),
    ]  # fmt: skip


def _erase_joining(user: User) -> None:
    AccountRequest.objects.filter(email=user.email).delete()
    Invitation.objects.filter(email=user.email).delete()


def _messages(user: User) -> list[dict[str, str]]:
    return [
        {"at": message.created_at.isoformat(), "subject": message.subject, "text": message.text}
        for message in Message.objects.filter(receiver=user).order_by("created_at")
    ]


def _erase_messages(user: User) -> None:
    Message.objects.filter(receiver=user).delete()
    # The queue keeps addresses as JSON: asked by text, compared in Python.
    for email in Email.objects.filter(to__icontains=user.email):
        if user.email in email.to:
            email.delete()


def _logins(user: User) -> list[dict[str, Any]]:
    return [
        {"at": one.attempt_time.isoformat(), "address": one.ip_address,
         "failures": one.failures_since_start}
        for one in AccessAttempt.objects.filter(username=user.email)
    ]  # fmt: skip


def _erase_logins(user: User) -> None:
    AccessAttempt.objects.filter(username=user.email).delete()


def _erase_profile(user: User) -> None:
    profile = UserProfile.get_for_user(user)
    if profile.avatar:
        profile.avatar.delete(save=False)
    profile.delete()
    # The log of accounts names each by its label.
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).update(
        label="", data={}
    )


def connect() -> None:
    """Register what this package holds."""
    register("account", _account, _erase_profile)
    register("joining", _joining, _erase_joining)
    register("messages", _messages, _erase_messages)
    register("failed_logins", _logins, _erase_logins)
