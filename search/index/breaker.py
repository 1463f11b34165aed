"""Leaving alone, for a while, what fails or hangs. Knows nothing of what it guards."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

SLOW_SECONDS = 1.0
# Where a call has been under way for so long, no other joins it in its waiting.
HANGING_SECONDS = 0.3
FIRST_REST = 2.0
LONGEST_REST = 30.0


class Breaker:
    """A circuit breaker for the calls to one server, shared by a process's threads.

    It opens when a call fails or takes longer than ``SLOW_SECONDS``, and rests for some seconds,
    longer with every failure. Then one trial call is let through: it closes the breaker, or makes
    it rest again. ``on_change`` is told of each change: whether it is open now.
    """

    def __init__(
        self, on_change: Callable[[bool], None], *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._on_change = on_change
        self._clock = clock
        self._lock = Lock()
        self._under_way: dict[object, float] = {}
        self._open = False
        self._rest = 0.0
        self._trial_from = 0.0

    def enter(self, *, force: bool = False) -> object | None:
        """Begin a call: gives what ``leave`` needs, or ``None`` where it must not be made now.

        ``force`` is for what has no substitute: the call is watched, but never refused.
        """
        with self._lock:
            now = self._clock()
            if not force and not self._admits(now):
                return None
            token = object()
            self._under_way[token] = now
            return token

    def leave(self, token: object, *, works: bool | None) -> None:
        """End a call: it was answered, or failed; ``None`` where it says nothing of the server."""
        with self._lock:
            now, was_open = self._clock(), self._open
            began = self._under_way.pop(token)
            # A call from before the trial says nothing new while the breaker is open.
            if works is not None and (not was_open or began >= self._trial_from):
                self._open = not works or now - began > SLOW_SECONDS
                self._rest = min(max(self._rest * 2, FIRST_REST), LONGEST_REST) * self._open
                self._trial_from = now + self._rest
            is_open = self._open
        if is_open != was_open:
            self._on_change(is_open)

    def _admits(self, now: float) -> bool:
        if self._open:
            return now >= self._trial_from and not self._under_way
        return not any(now - began > HANGING_SECONDS for began in self._under_way.values())
