"""The queue of review: which pages wait for an editor, since when, and who has each.

Two queries whatever the number of pages. A state of review keeps its page's number as text; what
is asked page by page through that text costs databases more than all else, so it is led together
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Task, TaskState

from models_pages.models import PortalSettings
from search.collation import sort_key

from ..models import Assignment
from . import working_days


class Person(NamedTuple):
    """As much of an account as naming it takes; the fields are the account's own."""

    pk: int
    first_name: str
    last_name: str
    email: str
    erased_at: datetime | None

    @property
    def name(self) -> str:
        """The name as it is shown everywhere."""
        _pk, *fields = self
        account = get_user_model()(**dict(zip(self._fields[1:], fields, strict=True)))
        return str(account.get_full_name())

    @property
    def sort_key(self) -> str:
        """By last name, in Finnish alphabetical order."""
        return sort_key(f"{self.last_name} {self.first_name}".strip() or self.email)


@dataclass(frozen=True, slots=True)
class Wait:
    """A page that waits at a step: as much of it as counting takes."""

    page_id: int
    task_id: int
    since: datetime
    submitter: Person | None
    assignee: Person | None

    @property
    def assignee_id(self) -> int | None:
        """The number of whoever has it."""
        return self.assignee.pk if self.assignee else None


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


def waits(user: Any, *, only: Sequence[int] | None = None) -> list[Wait]:
    """Every page that waits for the account, or ``only`` those of them, the longest waiting first.

    Two queries.
    """
    states = states_for(user)
    if only is not None:
        states = states.filter(workflow_state__object_id__in=[str(number) for number in only])
    rows = states.values_list(
        "workflow_state__object_id",
        "task_id",
        "started_at",
        *(f"workflow_state__requested_by__{name}" for name in Person._fields),
    ).order_by("started_at", "pk")
    found = [(int(number), task, since, _person(who)) for number, task, since, *who in rows]
    holders = _holders(user, [number for number, *_rest in found])
    return [Wait(*row, assignee=holders.get(row[:2])) for row in found]


def _holders(user: Any, pages: list[int]) -> dict[tuple[int, int], Person | None]:
    """Who has which of the pages at which step."""
    rows = Assignment.objects.filter(task__in=tasks_of(user), page__in=pages).values_list(
        "page_id", "task_id", *(f"editor__{name}" for name in Person._fields)
    )
    return {(page, task): _person(who) for page, task, *who in rows}


def _person(fields: Sequence[Any]) -> Person | None:
    return Person(*fields) if fields[0] is not None else None


def review_days() -> int:
    """In how many working days a page should be answered."""
    return PortalSettings.current().review_days


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits."""

    all: int
    mine: int
    unassigned: int
    overdue: int


def counts(waiting: Sequence[Wait], user: Any, days: int) -> Counts:
    """How much waits; ``days`` are those of ``review_days``."""
    limit = working_days.overdue_before(timezone.localdate(), days)
    return Counts(
        all=len(waiting),
        mine=sum(wait.assignee_id == user.pk for wait in waiting),
        unassigned=sum(wait.assignee_id is None for wait in waiting),
        overdue=sum(wait.since < limit for wait in waiting),
    )
