"""A bar that shows how far a long command is."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

WIDTH = 30


class Progress:
    """A bar on standard error where that is a terminal, else silence."""

    def __init__(self, out: OutputWrapper, name: str, total: int, *, visible: bool = True) -> None:
        self._out = out
        self._name = name
        self._total = total
        self._visible = visible and out.isatty()
        self._shown = ""

    def __call__(self, done: int) -> None:
        """Say that so many are done."""
        if not self._visible:
            return
        share = min(done / self._total, 1.0) if self._total else 1.0
        bar = f"\r{self._name} [{'#' * round(WIDTH * share):<{WIDTH}}] {share:4.0%}"
        if bar != self._shown:
            self._out.write(bar, ending="")
            self._out.flush()
            self._shown = bar

    def close(self) -> None:
        """End the bar's line."""
        if self._shown:
            self._out.write("")
            self._shown = ""
