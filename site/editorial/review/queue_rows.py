"""What the queue shows of each page that waits: one query for all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from models_pages.models import OperatingModelPage
from models_pages.models.coauthor import coauthored_keys
from search.collation import sort_key

from ..models import Decision
from . import queue, working_days
from .section_counts import Version, section_counts


class _Facts(NamedTuple):
    """Of a page, what a row is made of; the fields are the page's own."""

    pk: int
    draft_title: str
    title: str
    content_type_id: int
    locale__language_code: str
    live: bool
    owner_id: int | None
    translation_key: Any
    latest_revision_id: int | None
    latest_revision_created_at: datetime | None
    is_resubmitted: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for an editor, as a list shows it."""

    wait: queue.Wait
    title: str
    # The name of the page's model, and what the type is called.
    type: str
    kind: str
    language: str
    is_public: bool
    due: date
    # Working days past the due date; none while there is time.
    overdue: int
    is_resubmitted: bool
    is_mine: bool
    # The viewer's own page: somebody else has to approve it.
    is_own: bool
    # What its sections are counted in; ``None`` where the page has none.
    version: Version | None
    sections: int | None = None

    @property
    def page_id(self) -> int:
        """The page's number."""
        return self.wait.page_id

    @property
    def since(self) -> datetime:
        """Since when it waits at this step."""
        return self.wait.since

    @property
    def submitter(self) -> str:
        """Who submitted it."""
        return self.wait.submitter.name if self.wait.submitter else ""

    @property
    def assignee(self) -> str:
        """Who has it."""
        return self.wait.assignee.name if self.wait.assignee else ""

    @property
    def assignee_id(self) -> int | None:
        """The number of whoever has it."""
        return self.wait.assignee_id

    @property
    def url(self) -> str:
        """The review view."""
        return reverse("editorial:review", args=[self.page_id])


def rows(waits: Iterable[queue.Wait], user: Any, days: int) -> list[Waiting]:
    """What a list shows of the pages, in their order; ``days`` are those of ``review_days``."""
    waits = list(waits)
    pages = Page.objects.filter(pk__in=[wait.page_id for wait in waits]).annotate(
        is_resubmitted=Exists(Decision.objects.filter(page_id=OuterRef("pk")))
    )
    facts = {row[0]: _Facts(*row) for row in pages.order_by().values_list(*_Facts._fields)}
    make = _Rows(user, days)
    return [make.row(wait, facts[wait.page_id]) for wait in waits if wait.page_id in facts]


class _Rows:
    """Makes rows for one viewer; what many rows share is worked out once."""

    def __init__(self, user: Any, days: int) -> None:
        self._user = user
        self._keys = set(coauthored_keys(user))
        today = timezone.localdate()

        @cache
        def due(since: date) -> tuple[date, int]:
            last = working_days.after(since, days)
            return last, working_days.between(last, today)

        self._due = due
        self._kind = cache(_kind)

    def row(self, wait: queue.Wait, facts: _Facts) -> Waiting:
        due, overdue = self._due(timezone.localdate(wait.since))
        kind = self._kind(facts.content_type_id)
        return Waiting(
            wait=wait,
            title=facts.draft_title or facts.title or kind.label,
            type=kind.name,
            kind=kind.label,
            language=facts.locale__language_code,
            is_public=facts.live,
            due=due,
            overdue=overdue,
            is_resubmitted=facts.is_resubmitted,
            is_mine=wait.assignee_id == self._user.pk,
            is_own=facts.owner_id == self._user.pk or facts.translation_key in self._keys,
            version=_version(facts) if kind.has_sections else None,
        )


class _Kind(NamedTuple):
    name: str
    label: str
    has_sections: bool


def _kind(content_type_id: int) -> _Kind:
    content_type = ContentType.objects.get_for_id(content_type_id)
    model: Any = content_type.model_class() or Page
    label = capfirst(str(model._meta.verbose_name))
    return _Kind(content_type.model, label, issubclass(model, OperatingModelPage))


def _version(facts: _Facts) -> Version | None:
    if facts.latest_revision_id is None or facts.latest_revision_created_at is None:
        return None
    return facts.latest_revision_id, facts.latest_revision_created_at


def with_sections(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The same rows, with the number of sections that each model's draft has written."""
    counts = section_counts(row.version for row in waiting if row.version)
    return [
        replace(row, sections=counts.get(row.version)) if row.version else row for row in waiting
    ]


def titled(waiting: Iterable[Waiting], words: str) -> list[Waiting]:
    """Those whose names hold all the words, however they are capitalised."""
    wanted = words.casefold().split()
    return [row for row in waiting if all(word in row.title.casefold() for word in wanted)]


DEFAULT_ORDER = "waiting_since"
_KEYS: dict[str, Callable[[Waiting], Any]] = {
    DEFAULT_ORDER: lambda row: row.since,
    "title": lambda row: sort_key(row.title),
    "assignee": lambda row: row.wait.assignee.sort_key if row.wait.assignee else None,
    "sections": lambda row: row.sections,
}


def ordered(waiting: Iterable[Waiting], order: str) -> list[Waiting]:
    """By one of the columns, with a dash before it backwards; what is equal by how long it waits.

    What has nothing in that column comes last both ways.
    """
    key = _KEYS[order.removeprefix("-")]
    known = sorted(waiting, key=lambda row: (row.since, row.page_id))
    told = [row for row in known if key(row) is not None]
    untold = [row for row in known if key(row) is None]
    return sorted(told, key=key, reverse=order.startswith("-")) + untold


def next_for(user: Any, *, besides: int | None = None) -> Waiting | None:
    """The page that the account should look at next: of its own or nobody's, the longest waiting.

    Pages of which it is an author are somebody else's to approve.
    """
    free = [
        wait
        for wait in queue.waits(user)
        if wait.assignee_id in {user.pk, None} and wait.page_id != besides
    ]
    free.sort(key=lambda wait: wait.assignee_id is None)
    found = rows(free, user, queue.review_days())
    return next((row for row in found if not row.is_own), None)
