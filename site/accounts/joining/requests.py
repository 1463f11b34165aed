"""Asking for an author's account: the address is proved first, then an editor decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from wagtail.log_actions import log

from accounts import mail
from accounts.models import AccountRequest, Invitation, User
from accounts.roles import AUTHORS

from . import invitations, links

UNPROVED_KEPT = timedelta(days=7)
DECIDED_KEPT = timedelta(days=180)


@transaction.atomic
def ask(request: AccountRequest) -> None:
    """Keep a request and mail the link that proves its address.

    What the page answers is the same whether or not the address has an account: only its owner
    learns it, from the mail.
    """
    user = User.objects.filter(email=request.email.strip().lower(), is_active=True).first()
    if user is not None:
        hour = timezone.now().strftime("%Y-%m-%dT%H")
        mail.send(
            user,
            f"has-account-{user.pk}-{hour}",
            "accounts/has_account",
            {
                "user": user,
                "login_url": mail.absolute("wagtailadmin_login"),
                "reset_url": mail.absolute("wagtailadmin_password_reset"),
            },
            urgent=True,
        )
        return
    request.save()
    text = links.token("request", request.pk, request.created_at)
    with translation.override(request.language):
        address = mail.absolute("accounts:confirm", text)
    mail.send_to_stranger(
        request,
        f"account-request-{request.pk}",
        "accounts/confirm",
        {"request": request, "url": address, "days": links.CONFIRMATION_VALID.days},
    )


def find(text: str) -> AccountRequest | None:
    """The request that a link leads to, confirmed or not."""
    read = links.read("request", text, links.CONFIRMATION_VALID)
    return AccountRequest.objects.filter(pk=read[0]).first() if read else None


def deciders() -> QuerySet[User]:
    """Who may decide on requests."""
    right = Permission.objects.get(
        content_type__app_label="accounts", codename="change_accountrequest"
    )
    return User.objects.filter(
        Q(groups__permissions=right) | Q(user_permissions=right), is_active=True
    ).distinct()


@transaction.atomic
def confirm(request: AccountRequest) -> None:
    """The address is the person's own: now the request waits for an editor, who is told."""
    if request.confirmed_at is not None:
        return
    request.confirmed_at = timezone.now()
    request.save(update_fields=["confirmed_at"])
    for user in deciders():
        mail.send(
            user,
            f"account-request-{request.pk}-to-{user.pk}",
            "accounts/request_waits",
            {"request": request, "url": mail.absolute("account_requests:index")},
        )


def waiting() -> QuerySet[AccountRequest]:
    """Requests that an editor can decide on."""
    return AccountRequest.objects.filter(state=AccountRequest.OPEN, confirmed_at__isnull=False)


@transaction.atomic
def approve(request: AccountRequest, by: Any) -> Invitation | None:
    """Invite the person as an author; ``None`` where the address has got an account meanwhile."""
    _decide(request, AccountRequest.APPROVED, by)
    try:
        return invitations.invite(
            request.email,
            role=AUTHORS,
            language=request.language,
            by=by,
            first_name=request.first_name,
            last_name=request.last_name,
        )
    except invitations.AlreadyAnAccount:
        return None


@transaction.atomic
def decline(request: AccountRequest, by: Any, answer: str) -> None:
    """Tell the person why not."""
    request.answer = answer
    _decide(request, AccountRequest.DECLINED, by)
    mail.send_to_stranger(
        request,
        f"account-request-{request.pk}-declined",
        "accounts/declined",
        {"request": request},
    )


def _decide(request: AccountRequest, state: str, by: Any) -> None:
    request.state = state
    request.decided_at, request.decided_by = timezone.now(), by
    request.save()
    log(instance=request, action=f"mallisto.request.{state}", user=by)


def forget_old() -> int:
    """Remove what is not needed any longer (personal data of people without an account)."""
    now = timezone.now()
    requests = AccountRequest.objects.filter(
        Q(confirmed_at=None, created_at__lt=now - UNPROVED_KEPT)
        | Q(decided_at__lt=now - DECIDED_KEPT)
    )
    old = Invitation.objects.filter(sent_at__lt=now - DECIDED_KEPT)
    return requests.delete()[0] + old.delete()[0]
