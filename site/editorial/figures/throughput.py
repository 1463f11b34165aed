"""How review goes on: by month, what was submitted and decided, and how long pages waited."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.utils import timezone
from wagtail.models import TaskState

from editorial.models import Decision, ReviewTask
from editorial.models.decision import Action

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month of review; ``waiting`` is the median of days from submission to decision."""

    first: date
    submitted: int
    approved: int
    returned: int
    declined: int
    waiting: float | None

    @property
    def label(self) -> str:
        """As spreadsheets sort it."""
        return f"{self.first:%Y-%m}"


_KINDS = {
    Action.APPROVED: "approved",
    Action.SCHEDULED: "approved",
    Action.RETURNED: "returned",
    Action.DECLINED: "declined",
}


def months(count: int = MONTHS, today: date | None = None) -> list[Month]:
    """The last months, this one first: two queries."""
    this = (today or timezone.localdate()).replace(day=1)
    starts = [this]
    while len(starts) < count:
        starts.append(_before(starts[-1]))
    since = datetime.combine(starts[-1], time(), timezone.get_current_timezone())
    submitted = _submitted(since)
    decided: dict[date, Counter[str]] = defaultdict(Counter)
    waits: dict[date, list[float]] = defaultdict(list)
    rows = Decision.objects.filter(at__gte=since, action__in=[*_KINDS]).order_by()
    for action, at, submitted_at in rows.values_list("action", "at", "submitted_at").iterator():
        month = _month(at)
        decided[month][_KINDS[Action(action)]] += 1
        if submitted_at is not None:
            waits[month].append((at - submitted_at).total_seconds() / 86_400)
    return [
        Month(
            first,
            submitted[first],
            decided[first]["approved"],
            decided[first]["returned"],
            decided[first]["declined"],
            round(median(waits[first]), 1) if waits[first] else None,
        )
        for first in starts
    ]


def _submitted(since: datetime) -> Counter[date]:
    """Submissions by month: each begins a step of review (a resubmission does, too)."""
    steps = TaskState.objects.filter(
        task__in=ReviewTask.objects.all(), started_at__gte=since
    ).order_by()
    return Counter(map(_month, steps.values_list("started_at", flat=True).iterator()))


def _month(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def _before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
