"""The demo accounts; only under the development settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import ADMINISTRATORS, AUTHORS, EDITORS

DEFAULT_PASSWORD = "mallisto-demo"  # noqa: S105 (the server listens on loopback only)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that a newcomer may log in with."""

    email: str
    first_name: str
    last_name: str
    role: str
    group: str


ACCOUNTS = (
    DemoAccount("author@example.org", "Aino", "Kuusela", "author", AUTHORS),
    DemoAccount("coauthor@example.org", "Otso", "Rantanen", "co-author", AUTHORS),
    DemoAccount("editor@example.org", "Elli", "Toimio", "editor", EDITORS),
    DemoAccount("admin@example.org", "Heikki", "Ylläpito", "administrator", ADMINISTRATORS),
)


def password() -> str:
    """The demo accounts' password."""
    return settings.DEMO_PASSWORD or DEFAULT_PASSWORD


def make_accounts() -> dict[str, User]:
    """The accounts by address, with their groups; made where they are missing."""
    users = {}
    for account in ACCOUNTS:
        user = User.objects.filter(email=account.email).first()
        if user is None:
            user = User.objects.create_user(
                account.email,
                password(),
                first_name=account.first_name,
                last_name=account.last_name,
            )
        user.groups.add(Group.objects.get(name=account.group))
        users[account.email] = user
    return users


def apply_password(note: Path) -> None:
    """Give the accounts today's ``DEMO_PASSWORD``.

    ``note`` keeps the last one applied: asking the stored hashes at every start takes seconds.
    """
    if note.exists() and note.read_text(encoding="utf-8") == password():
        return
    for user in User.objects.filter(email__in=[account.email for account in ACCOUNTS]):
        user.set_password(password())
        user.save(update_fields=["password"])
    note.touch(mode=0o600)
    note.write_text(password(), encoding="utf-8")


def lines() -> list[str]:
    """``EMAIL PASSWORD ROLE`` of each demo account that there is."""
    there = set(
        User.objects.filter(
            is_active=True, email__in=[account.email for account in ACCOUNTS]
        ).values_list("email", flat=True)
    )
    return [
        f"{account.email} {password()} {account.role}"
        for account in ACCOUNTS
        if account.email in there
    ]
