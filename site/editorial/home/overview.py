"""What waits for an editor: for the admin home.

A few queries, however many pages wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..review import queue, queue_rows

SHOWN = 5


@dataclass(frozen=True, slots=True)
class WaitingForReview:
    """The pages that an editor should look at first, and how much waits in all."""

    rows: list[queue_rows.Waiting]
    counts: queue.Counts

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.counts.all - len(self.rows)


def is_reviewer(user: Any) -> bool:
    """Whether some step of review is the account's."""
    return bool(user.is_superuser or queue.tasks_of(user))


def waiting_for_review(user: Any, days: int) -> WaitingForReview:
    """Pages that the account may decide on: its own first, others' last, the longest waiting.

    ``days`` are those of ``queue.review_days``.
    """
    waits = queue.waits(user)

    def urgency(wait: queue.Wait) -> int:
        return 0 if wait.assignee_id == user.pk else 1 if wait.assignee_id is None else 2

    first = sorted(waits, key=urgency)[:SHOWN]
    return WaitingForReview(queue_rows.rows(first, user, days), queue.counts(waits, user, days))
