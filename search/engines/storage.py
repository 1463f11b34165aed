"""A folder of index versions: which one is in use, and who may write. Pure: no Django.

``current`` names the version in use and is replaced in one step. Locks are the operating
system's, so a killed process leaves none behind.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import EngineUnavailable

_POINTER = "current"
_PREFIX = "index-"
_LOCK_PAUSE = 0.02


class IndexFolder:
    """Versions of an index side by side, one of which is current."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path | None:
        """The version in use, ``None`` where there is none."""
        try:
            name = (self.path / _POINTER).read_text("utf-8").strip()
        except OSError:
            return None
        version = self.path / name
        return version if name.startswith(_PREFIX) and version.is_dir() else None

    def create(self) -> Path:
        """A new, empty version, not in use yet. What interrupted rebuilds left is cleared."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._clear(keep=self.current())
        version = self.path / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
        version.mkdir()
        return version

    def use(self, version: Path) -> None:
        """Make a version the current one, in one step, and remove the others."""
        beside = self.path / f"{_POINTER}.{os.getpid()}"
        with beside.open("w", encoding="utf-8") as file:
            file.write(version.name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path / _POINTER)
        self._clear(keep=version)

    def discard(self, version: Path) -> None:
        """Remove a version that did not come to be used."""
        shutil.rmtree(version, ignore_errors=True)

    def _clear(self, keep: Path | None) -> None:
        # Readers that hold a removed version keep its mapped files until they look again.
        for version in self.path.glob(f"{_PREFIX}*"):
            if version != keep:
                shutil.rmtree(version, ignore_errors=True)

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[None]:
        """Hold the lock ``name`` among all processes, or give up after ``timeout`` seconds."""
        self.path.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        with (self.path / f"{name}.lock").open("a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise EngineUnavailable(f"the index is being written ({name})") from None
                    time.sleep(_LOCK_PAUSE)
            yield
