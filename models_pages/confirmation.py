"""For how long a model is taken to hold, and who may say that it still does.

A model holds for so many months (a setting) from its last publication or confirmation, whichever
is later: the column ``valid_since``. Rules and queries only; who is told when is
``editorial.confirming``.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from .models.portal_settings import PortalSettings
from .permissions import is_of


@dataclass(frozen=True, slots=True)
class Validity:
    """Since when a model holds and until when; ``None`` where it was never published."""

    since: date | None
    due_on: date | None
    reminded_from: date | None = None
    overdue_from: date | None = None
    today: date = date.min

    @property
    def is_due_soon(self) -> bool:
        """Whether the owners have been asked and there is time left."""
        return self.reminded_from is not None and self.reminded_from <= self.today < self._due

    @property
    def is_due(self) -> bool:
        """Whether its time is over: readers are told."""
        return self.due_on is not None and self._due <= self.today

    @property
    def _due(self) -> date:
        return self.due_on or date.max


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_start(end: date, months: int) -> date:
    """The latest day from which the months have passed by ``end``."""
    day = months_later(end, -months)
    while months_later(day + timedelta(days=1), months) <= end:
        day += timedelta(days=1)
    return day


def began(page: Any) -> date | None:
    """The day of the last publication or confirmation; ``None`` where neither is known."""
    published = page.last_published_at or page.first_published_at
    days = [page.confirmed_on, timezone.localdate(published) if published else None]
    return max((day for day in days if day), default=None)


def fill_gaps() -> int:
    """Let the time of public models count that were stored without it, past ``save``; how many."""
    models: Any = apps.get_model("models_pages", "OperatingModelPage").objects
    found = models.filter(live=True, valid_since=None).only(
        "pk", "confirmed_on", "first_published_at", "last_published_at"
    )
    pages = list(found)
    for page in pages:
        page.valid_since = began(page) or timezone.localdate()
    models.bulk_update(pages, ["valid_since"], batch_size=500)
    return len(pages)


def state(page: Any, settings: PortalSettings | None = None, today: date | None = None) -> Validity:
    """Whether the page still holds; of a page that is not public, nothing is said."""
    today = today or timezone.localdate()
    since = page.valid_since if page.live else None
    if since is None:
        return Validity(None, None)
    settings = settings or PortalSettings.current()
    due = months_later(since, settings.confirmation_months)
    return Validity(
        since=since,
        due_on=due,
        reminded_from=due - timedelta(days=settings.reminder_days),
        overdue_from=due + timedelta(days=settings.grace_days),
        today=today,
    )


def due_by(day: date, settings: PortalSettings | None = None) -> QuerySet[Any]:
    """Public models whose time is over on that day, the longest overdue first; one query."""
    settings = settings or PortalSettings.current()
    start = latest_start(day, settings.confirmation_months)
    models: Any = apps.get_model("models_pages", "OperatingModelPage")
    found: QuerySet[Any] = models.objects.filter(
        live=True, alias_of=None, valid_since__lte=start
    ).order_by("valid_since", "pk")
    return found


def soon_due(settings: PortalSettings | None = None, today: date | None = None) -> QuerySet[Any]:
    """Public models of which the owners have been or are to be asked."""
    settings = settings or PortalSettings.current()
    today = today or timezone.localdate()
    return due_by(today + timedelta(days=settings.reminder_days), settings)


def overdue(settings: PortalSettings | None = None, today: date | None = None) -> QuerySet[Any]:
    """Public models whose time of grace is over too."""
    settings = settings or PortalSettings.current()
    today = today or timezone.localdate()
    return due_by(today - timedelta(days=settings.grace_days), settings)


def may_confirm(user: Any, page: Any) -> bool:
    """Whether the account may say that the model holds: its people, and who reviews it."""
    if not user.is_active or not page.live:
        return False
    return is_of(user, page) or page.permissions_for_user(user).has_publish_right()


@transaction.atomic
def confirm(page: Any, user: Any, today: date | None = None) -> int:
    """Say that the model holds today, in all its languages; how many pages.

    Changes nothing that readers read but the date, so it is no publication.
    """
    today = today or timezone.localdate()
    versions = type(page).objects.filter(
        translation_key=page.translation_key, live=True, alias_of=None
    )
    # Of two people who confirm at once one waits.
    confirmed = list(versions.select_for_update(of=("self",)).order_by("pk"))
    for version in confirmed:
        version.confirmed_on = version.valid_since = today
        version.save(update_fields=["confirmed_on", "valid_since"], clean=False)
        log(instance=version, action="mallisto.confirmed", user=user)
    if page.live:
        page.confirmed_on = page.valid_since = today
        page.__dict__.pop("validity", None)
    return len(confirmed)
