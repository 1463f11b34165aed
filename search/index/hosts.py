"""The indexes of the whole installation: every host may have one of its own, and hosts come and go.

A host's worker gives a sign of life for each index that it looks after. Whoever changes a page
leaves rows for every index known by such a sign; an index of which there was none for long is
forgotten with its rows. When its host comes back, it is new: its worker compares the whole index
with the pages, for nobody kept its rows.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from search.index import waiting
from search.models import IndexChange, IndexState

logger = logging.getLogger("mallisto.search")

UNSEEN = timedelta(days=14)
_SIGN = timedelta(minutes=5)
# A transaction that began before an index was known leaves no row for it: by then it has ended.
JOINING = timedelta(minutes=10)


def known(own: Iterable[str]) -> tuple[str, ...]:
    """The names of every index that is looked after somewhere, and of this host's own."""
    stored = IndexState.objects.order_by("index").values_list("index", flat=True)
    return tuple(dict.fromkeys([*own, *stored]))


def attend(index: str) -> IndexState:
    """Give a sign of life for an index, and have its state."""
    state = waiting.state_of(index)
    now = timezone.now()
    if state.seen_at < now - _SIGN:
        IndexState.objects.filter(index=index).update(seen_at=now)
    return state


def note_comparison(index: str, began: datetime) -> None:
    """Note that the index was compared with all pages, or made anew from them.

    A new index is compared once more, when every transaction that did not know of it has ended.
    """
    for state in IndexState.objects.filter(index=index):
        settled = state.joined_at + JOINING
        again = settled if began < settled else None
        IndexState.objects.filter(index=index).update(compare_at=again)


def forget_unseen(own: Iterable[str]) -> tuple[str, ...]:
    """Forget indexes that nobody has looked after for long, with their rows; gives their names."""
    states = IndexState.objects.exclude(index__in=list(own))
    gone = tuple(states.filter(seen_at__lt=timezone.now() - UNSEEN).values_list("index", flat=True))
    for name in gone:
        IndexState.objects.filter(index=name).delete()
        rows, _per_model = IndexChange.objects.filter(index=name).delete()
        logger.warning(
            "The search index %s was not looked after for %d days: it is forgotten, with %d "
            "waiting changes. Its host may come back: its worker then compares the whole index.",
            name,
            UNSEEN.days,
            rows,
        )
    # Rows that were added by somebody who had not yet seen that their index was forgotten.
    IndexChange.objects.exclude(index__in=known(own)).delete()
    return gone
