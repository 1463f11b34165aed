"""What waits for an editor: for the admin home.

A few queries, however many pages wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When

from . import queue

SHOWN = 5


@dataclass(frozen=True, slots=True)
class WaitingForReview:
    """The pages that an editor should look at first, and how much waits in all."""

    rows: list[queue.Waiting]
    counts: queue.Counts

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.counts.all - len(self.rows)


def is_reviewer(user: Any) -> bool:
    """Whether some step of review is the account's."""
    return bool(user.is_superuser or queue.tasks_of(user))


def waiting_for_review(user: Any) -> WaitingForReview:
    """Pages that the account may decide on: its own first, others' last, the longest waiting."""
    days = queue.review_days()
    urgency = Case(When(assignee_id=user.pk, then=0), When(assignee_id=None, then=1), default=2)
    pages = queue.pages_for(user).select_related("locale")
    first = list(pages.order_by(urgency, "waiting_since", "pk")[:SHOWN])
    return WaitingForReview(queue.rows(first, user, days), queue.counts(user, days))
