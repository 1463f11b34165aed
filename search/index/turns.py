"""Taking turns: on one machine, one at a time applies changes to an index.

A matter of economy, not of safety: two who apply the same pages at once are found out when they
settle (see ``waiting``), but both then do the work again. So nobody waits for a turn for long,
and a process that is frozen in its turn holds up the others only for a while.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings

_PAUSE = 0.02


@contextmanager
def turn(index: str, wait: float) -> Iterator[bool]:
    """Wait up to ``wait`` seconds for one's turn; gives whether it came.

    The lock is the operating system's, so a killed process leaves none behind.
    """
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    give_up_at = monotonic() + wait
    with (folder / f"turn-{index}.lock").open("a") as file:
        mine = _try(file.fileno())
        while not mine and monotonic() < give_up_at:
            sleep(_PAUSE)
            mine = _try(file.fileno())
        yield mine


def _try(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
