"""What people are told of who co-authors their models."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from accounts import mail
from accounts.joining.invitations import AlreadyAnAccount, invite
from accounts.models import Invitation
from accounts.roles import AUTHORS


def added(page: Page, user: Any, by: Any) -> None:
    """Tell a new co-author."""
    _tell(user, "added", page, by)


def invited(email: str, by: Any) -> None:
    """Invite an address to have an author's account, where nobody has invited it yet."""
    if Invitation.objects.filter(email=email, accepted_at=None).exists():
        return
    try:
        invite(email, role=AUTHORS, language=by.language, by=by)
    except AlreadyAnAccount:
        # A closed account: it is not told of, and stays closed.
        return


def list_grew(page: Page, email: str, by: Any) -> None:
    """Tell the owner whom somebody else added; the same whether the address has an account."""
    _tell_owner("added_owner", page, by, email)


def removed(page: Page, user: Any, by: Any) -> None:
    """Tell who was removed."""
    _tell(user, "removed", page, by)


def list_shrank(page: Page, email: str, by: Any) -> None:
    """Tell the owner whom somebody else removed, or that a co-author left."""
    _tell_owner(
        "left" if by is not None and by.email == email else "removed_owner", page, by, email
    )


def offered(page: Page, user: Any, by: Any) -> None:
    """Tell a co-author that the model is offered to them."""
    _tell(user, "offered", page, by)


def declined(page: Page, user: Any) -> None:
    """Tell the owner that the model stays theirs."""
    _tell_owner("declined", page, user, user.email)


def handed_over(page: Page, former: Any, user: Any) -> None:
    """Tell the former owner that the model has another."""
    _tell(former, "handed_over", page, user)


def _tell_owner(what: str, page: Page, by: Any, who: str) -> None:
    owner = page.owner
    if owner is not None and owner.is_active and owner.pk != getattr(by, "pk", None):
        _tell(owner, what, page, by, who)


def _tell(user: Any, what: str, page: Page, by: Any, who: str = "") -> None:
    # What happens twice is told twice.
    key = f"coauthors:{what}:{page.translation_key}:{timezone.now().isoformat()}"
    mail.send(
        user,
        key,
        f"coauthors/{what}",
        {
            "title": page.get_admin_display_title(),
            "by": by.get_full_name() if by else "",
            "who": who,
            "edit_url": mail.absolute("wagtailadmin_pages:edit", page.pk),
            "people_url": mail.absolute("editorial:people", page.pk),
        },
    )
