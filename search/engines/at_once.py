"""Several questions to one index at once, on the machine's cores. Pure: no Django."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

# The questions of one reader that has chosen from several facets; more gain nothing.
_THREADS = 4
_Answer = TypeVar("_Answer")


def at_once(calls: Sequence[Callable[[], _Answer]]) -> list[_Answer]:
    """The answers to all calls, in order; raises what the first that failed raised.

    For calls that let other threads run meanwhile. The last is made by the caller's own thread.
    """
    if not calls:
        return []
    *others, own = calls
    futures = [_pool(os.getpid()).submit(call) for call in others]
    last = own()
    return [*(future.result() for future in futures), last]


@lru_cache(maxsize=1)
def _pool(process: int) -> ThreadPoolExecutor:
    # A forked process has none of its parent's threads, and makes its own.
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="search")
