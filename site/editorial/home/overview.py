"""What waits for an editor: for the admin home.

A few queries, however many pages wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..review import queue

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
    brief = queue.brief(user)

    def urgency(item: queue.Brief) -> tuple[int, datetime, int]:
        return (
            0 if item.assignee_id == user.pk else 1 if item.assignee_id is None else 2,
            item.since,
            item.page_id,
        )

    first = [item.page_id for item in sorted(brief, key=urgency)[:SHOWN]]
    pages = {page.pk: page for page in queue.pages_for(user, only=first).select_related("locale")}
    shown = [pages[number] for number in first if number in pages]
    return WaitingForReview(queue.rows(shown, user, days), queue.counts(brief, user, days))
