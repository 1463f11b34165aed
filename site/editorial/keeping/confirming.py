"""Asking owners whether their models still hold: who is asked when, and the links in the mail."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.query import PageQuerySet

from accounts import mail
from accounts.models import Message
from accounts.roles import ADMINISTRATORS, EDITORS
from models_pages import confirmation
from models_pages.models.coauthor import CoAuthor
from models_pages.models.portal_settings import PortalSettings

logger = logging.getLogger("mallisto.confirming")

SALT = "editorial.confirming"
# Longer than any owner is asked to wait; then the model is on the editors' list too.
LINK_DAYS = 120
CONFIRM, ARCHIVE = "confirm", "archive"
LISTED = 20


# Links


@dataclass(frozen=True, slots=True)
class Link:
    """What a link in a mail is for."""

    page_id: int
    action: str
    since: date
    has_expired: bool = False


def link(page: Any, action: str) -> str:
    """The address of a link that opens the question; nothing happens by following it."""
    since = page.valid_since.isoformat()
    token = signing.dumps({"page": page.pk, "action": action, "since": since}, salt=SALT)
    return mail.absolute("editorial:keep", token)


def read_link(token: str) -> Link | None:
    """What a link is for; ``None`` where it is not one of ours."""
    has_expired = False
    try:
        try:
            data = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
        except signing.SignatureExpired:
            has_expired = True
            data = signing.loads(token, salt=SALT)
        since = date.fromisoformat(data["since"])
        return Link(data["page"], data["action"], since, has_expired)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


# Reminders


@dataclass(slots=True)
class Reminded:
    """How many models were looked at and failed; how many have nobody who could be asked."""

    models: int = 0
    failed: int = 0
    without_people: int = 0


def remind(today: date | None = None) -> Reminded:
    """Ask the people of every model that is due or soon will be; tell editors of the overdue.

    Once a day, or as often as one likes: each is asked once before the time is over and once
    then. One failure is logged and stops nothing.
    """
    today = today or timezone.localdate()
    settings = PortalSettings.current()
    run = Reminded()
    confirmation.fill_gaps()
    for page in _one_of_each(confirmation.soon_due(settings, today)):
        run.models += 1
        try:
            with transaction.atomic():
                if not _ask(page, settings, today):
                    run.without_people += 1
        except Exception:
            run.failed += 1
            logger.exception("Nobody could be asked whether page %d still holds.", page.pk)
    try:
        with transaction.atomic():
            _tell_editors(settings, today)
    except Exception:
        run.failed += 1
        logger.exception("Editors could not be told of overdue models.")
    return run


def _one_of_each(pages: PageQuerySet) -> Iterable[Any]:
    """Of a model's languages the one that has waited longest."""
    seen = set()
    for page in pages.select_related("locale").defer_streamfields():
        if page.translation_key not in seen:
            seen.add(page.translation_key)
            yield page


def people_of(page: Any) -> QuerySet[Any]:
    """The owner and the co-authors who still have an account."""
    co_authors = CoAuthor.objects.filter(translation_key=page.translation_key)
    return (
        get_user_model()
        ._default_manager.filter(
            Q(pk=page.owner_id) | Q(pk__in=co_authors.values("user_id")), is_active=True
        )
        .order_by("pk")
    )


def _ask(page: Any, settings: PortalSettings, today: date) -> bool:
    validity = confirmation.state(page, settings, today)
    stage = "due" if validity.is_due else "before"
    people = list(people_of(page))
    context = {
        "title": page.title,
        "is_due": validity.is_due,
        "since": validity.since,
        "due_on": validity.due_on,
        "is_confirmed": page.confirmed_on is not None,
        "page_url": page.full_url or "",
        "confirm_url": link(page, CONFIRM),
        "archive_url": link(page, ARCHIVE),
        "edit_url": mail.absolute("wagtailadmin_pages:edit", page.pk),
    }
    for person in people:
        key = f"confirm:{stage}:{page.translation_key}:{validity.since}"
        mail.send(person, key, "confirm", context)
    return bool(people)


def _tell_editors(settings: PortalSettings, today: date) -> None:
    """One mail to each editor, of the models whose grace has ended since the last one."""
    overdue = list(_one_of_each(confirmation.overdue(settings, today)))
    if not overdue:
        return
    editors = get_user_model()._default_manager.filter(
        groups__name__in=[EDITORS, ADMINISTRATORS], is_active=True
    )
    for editor in editors.distinct().order_by("pk"):
        told = (
            Message.objects.filter(receiver=editor, key__startswith="overdue:")
            .order_by("-key")
            .values_list("key", flat=True)
            .first()
        )
        until = date.fromisoformat(told.removeprefix("overdue:")) if told else date.min
        new = [page for page in overdue if _overdue_from(page, settings) > until]
        if new:
            mail.send(
                editor,
                f"overdue:{today.isoformat()}",
                "overdue",
                {
                    "titles": [page.title for page in new[:LISTED]],
                    "number": len(new),
                    "more": max(0, len(new) - LISTED),
                    "all": len(overdue),
                    "list_url": mail.absolute("editorial:overdue"),
                },
            )


def _overdue_from(page: Any, settings: PortalSettings) -> date:
    return confirmation.state(page, settings).overdue_from or date.max
