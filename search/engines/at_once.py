"""Several questions to one index at once, on the machine's cores. Pure: no Django."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

# The questions of one reader that has chosen from several facets; more gain nothing.
_THREADS = 4
_Own = TypeVar("_Own")
_Answer = TypeVar("_Answer")


def at_once(
    own: Callable[[], _Own], others: Sequence[Callable[[], _Answer]]
) -> tuple[_Own, list[_Answer]]:
    """The answers to all calls; raises what the first that failed raised.

    For calls that let other threads run meanwhile. ``own`` is made by the caller's own thread.
    """
    futures = [_pool(os.getpid()).submit(call) for call in others]
    answer = own()
    return answer, [future.result() for future in futures]


@lru_cache(maxsize=1)
def _pool(process: int) -> ThreadPoolExecutor:
    # A forked process has none of its parent's threads, and makes its own.
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="search")
