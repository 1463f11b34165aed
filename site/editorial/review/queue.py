"""The queue of review: which pages wait for an editor, since when, and who has each.

A few queries whatever the number of pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState

from models_pages.models import OperatingModelPage, PortalSettings
from models_pages.models.coauthor import coauthored_keys
from models_pages.sections import BY_KEY, FURTHER_SECTIONS
from models_pages.written import is_written

from ..models import Assignment, Decision
from . import working_days


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for an editor, as a list shows it."""

    page: Page
    title: str
    kind: str
    language: str
    since: datetime
    due: date
    # Working days past the due date; none while there is time.
    overdue: int
    is_resubmitted: bool
    submitter: str
    assignee: str
    assignee_id: int | None
    is_mine: bool
    # The viewer's own page: somebody else has to approve it.
    is_own: bool
    sections: int | None

    @property
    def url(self) -> str:
        """The review view."""
        return reverse("editorial:review", args=[self.page.pk])


def tasks_of(user: Any) -> frozenset[int]:
    """The numbers of the steps at which the account decides; asked once a request."""
    cached: frozenset[int] | None = getattr(user, "_review_tasks", None)
    if cached is None:
        groups = user.groups.through.objects.filter(user_id=user.pk).values("group_id")
        tasks = Task.objects.filter(active=True)
        if not user.is_superuser:
            tasks = tasks.filter(
                Q(reviewtask__groups__in=groups) | Q(groupapprovaltask__groups__in=groups)
            )
        cached = frozenset(tasks.values_list("pk", flat=True)) if user.is_active else frozenset()
        user._review_tasks = cached  # noqa: SLF001 (kept for the request, as Wagtail does)
    return cached


def states_for(user: Any) -> QuerySet[TaskState]:
    """States of pages' review that the account may decide on."""
    return TaskState.objects.filter(
        task__in=tasks_of(user),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
    )


def pages_for(user: Any, *, only: Sequence[int] | None = None) -> QuerySet[Page]:
    """Pages that wait for the account, or ``only`` those of them, with what the queue sorts by.

    ``waiting_since``, ``waiting_task``, ``submitter``, ``assignee_id``, ``assignee`` and
    ``is_resubmitted`` come with each, and ``assignee_name`` to sort by.
    """
    states = states_for(user)
    numbers = states.annotate(
        # A generic key is text; PostgreSQL compares it with a number only where it is cast.
        number=Cast("workflow_state__object_id", IntegerField())
    ).values("number")
    own = states.filter(workflow_state__object_id=Cast(OuterRef("pk"), CharField())).order_by()
    within = Page.objects.filter(pk__in=numbers)
    if only is not None:
        within = within.filter(pk__in=only)
    assigned = Assignment.objects.filter(page_id=OuterRef("pk"), task_id=OuterRef("waiting_task"))
    pages: QuerySet[Page] = (
        within.annotate(
            waiting_since=Subquery(own.values("started_at")[:1]),
            waiting_task=Subquery(own.values("task_id")[:1]),
            submitter_id=Subquery(own.values("workflow_state__requested_by_id")[:1]),
        )
        .annotate(
            assignee_id=Subquery(assigned.values("editor_id")[:1]),
            is_resubmitted=Exists(Decision.objects.filter(page_id=OuterRef("pk"))),
        )
        .annotate(
            submitter=_name_of("submitter_id"),
            assignee=_name_of("assignee_id"),
            assignee_name=_name_of("assignee_id", for_sorting=True),
        )
    )
    return pages


def _name_of(number: str, *, for_sorting: bool = False) -> Subquery:
    """The name of an account as it is shown (its address where it has none), or by last name."""
    first, last = ("last_name", "first_name") if for_sorting else ("first_name", "last_name")
    name = Trim(Concat(first, Value(" "), last, output_field=CharField()))
    named = Coalesce(NullIf(name, Value("")), "email", output_field=CharField())
    people = get_user_model()._default_manager.filter(pk=OuterRef(number))
    return Subquery(people.values(name=named)[:1])


def titled(pages: QuerySet[Page], words: str) -> QuerySet[Page]:
    """Those of the pages whose names hold the words, however they are capitalised.

    Compared here, not by the database: SQLite knows no capital Ä.
    """
    wanted = words.casefold().split()
    found = [
        pk
        for pk, title in pages.order_by().values_list("pk", "draft_title")
        if all(word in title.casefold() for word in wanted)
    ]
    return pages.filter(pk__in=found)


def overdue(days: int) -> Q:
    """Narrows pages to those that should have been answered by now."""
    return Q(waiting_since__lt=working_days.overdue_before(timezone.localdate(), days))


def review_days() -> int:
    """In how many working days a page should be answered."""
    return PortalSettings.current().review_days


def rows(
    pages: Sequence[Any], user: Any, days: int, *, with_sections: bool = False
) -> list[Waiting]:
    """What a list shows of pages from ``pages_for``: some queries for all of them together.

    ``days`` are those of ``review_days``. The number of sections is told where the list shows
    it: it takes reading the drafts.
    """
    sections = _sections([p for p in pages if _is_model(p)]) if with_sections else {}
    keys = set(coauthored_keys(user))
    today = timezone.localdate()
    return [_row(page, user, sections, keys, days, today) for page in pages]


def _row(
    page: Any,
    user: Any,
    sections: dict[int, int],
    keys: set[Any],
    days: int,
    today: date,
) -> Waiting:
    due = working_days.due(page.waiting_since, days)
    return Waiting(
        page=page,
        title=page.get_admin_display_title(),
        kind=str(page.page_type_display_name),
        language=page.locale.language_code,
        since=page.waiting_since,
        due=due,
        overdue=working_days.between(due, today),
        is_resubmitted=page.is_resubmitted,
        submitter=page.submitter or "",
        assignee=page.assignee or "",
        assignee_id=page.assignee_id,
        is_mine=page.assignee_id == user.pk,
        is_own=page.owner_id == user.pk or page.translation_key in keys,
        sections=sections.get(page.pk),
    )


def _is_model(page: Page) -> bool:
    return page.cached_content_type == ContentType.objects.get_for_model(OperatingModelPage)


def _sections(pages: Iterable[Page]) -> dict[int, int]:
    """How many sections each model's draft has written; the author's own headings count too."""
    latest = {page.latest_revision_id: page.pk for page in pages}
    contents = Revision.objects.filter(pk__in=latest).values_list("pk", "content")
    return {latest[pk]: written_sections(content) for pk, content in contents}


def written_sections(content: dict[str, Any]) -> int:
    """The number of written sections in a revision's content."""
    own = _blocks(content.get(FURTHER_SECTIONS))
    return sum(is_written(_blocks(content.get(key))) for key in BY_KEY) + sum(
        is_written([block]) for block in own
    )


def _blocks(value: Any) -> list[dict[str, Any]]:
    blocks = json.loads(value) if isinstance(value, str) and value else value
    return blocks or []


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits."""

    all: int
    mine: int
    unassigned: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a waiting page as sorting and counting takes."""

    page_id: int
    since: datetime
    assignee_id: int | None


def brief(user: Any) -> list[Brief]:
    """Every page that waits for the account, in no order, in one query."""
    rows = pages_for(user).order_by().values_list("pk", "waiting_since", "assignee_id")
    return [Brief(*row) for row in rows]


def counts(waiting: Sequence[Brief], user: Any, days: int) -> Counts:
    """How much waits; ``days`` are those of ``review_days``."""
    limit = working_days.overdue_before(timezone.localdate(), days)
    return Counts(
        all=len(waiting),
        mine=sum(item.assignee_id == user.pk for item in waiting),
        unassigned=sum(item.assignee_id is None for item in waiting),
        overdue=sum(item.since < limit for item in waiting),
    )


def next_for(user: Any, *, besides: int | None = None) -> Page | None:
    """The page that the account should look at next: of its own or nobody's, the longest waiting.

    Its own pages are somebody else's to approve.
    """
    free = Q(assignee_id=user.pk) | Q(assignee_id=None)
    own = Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))
    pages: Any = pages_for(user).filter(free).exclude(pk=besides).exclude(own)
    found: Page | None = pages.order_by(
        F("assignee_id").desc(nulls_last=True), "waiting_since", "pk"
    ).first()
    return found
