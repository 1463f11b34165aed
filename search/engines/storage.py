"""A folder of index versions: which one is in use, and who may write. Pure: no Django.

``current`` names the version in use and is replaced in one step. Locks are the operating
system's, so a killed process leaves none behind.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from search.engines.base import EngineUnavailable

_POINTER = "current"
_PREFIX = "index-"
_FINGERPRINT = "mallisto.json"
_LOCK_PAUSE = 0.02
# What was deleted stands in the files until they are merged: other accounts keep out.
_MODE = 0o750
# How often a version may be replaced while it is opened.
_ATTEMPTS = 10


_Opened = TypeVar("_Opened")


class IndexFolder:
    """Versions of an index side by side, one of which is current."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path | None:
        """The version in use, ``None`` where there is none."""
        before = None
        while True:
            try:
                name = (self.path / _POINTER).read_text("utf-8").strip()
            except OSError:
                return None
            version = self.path / name
            if name.startswith(_PREFIX) and version.is_dir():
                return version
            if name == before:
                return None
            # A rebuild may have put another in its place just now.
            before = name

    def fingerprint(self) -> str | None:
        """What was noted with the version in use; ``None`` where there is none."""
        version = self.current()
        if version is None:
            return None
        try:
            return self.noted(version)
        except (OSError, ValueError):
            return None

    def noted(self, version: Path) -> str:
        """What was noted with a version; ``OSError`` where the version has gone."""
        held = json.loads((version / _FINGERPRINT).read_text("utf-8"))
        return str(held.get("fingerprint", "")) if isinstance(held, dict) else ""

    def note_fingerprint(self, version: Path, fingerprint: str) -> None:
        """Note with a version what analysis and schema it was written by."""
        content = json.dumps({"fingerprint": fingerprint})
        (version / _FINGERPRINT).write_text(content, encoding="utf-8")

    def create(self) -> Path:
        """A new, empty version, not in use yet. What interrupted rebuilds left is cleared."""
        self.path.mkdir(_MODE, parents=True, exist_ok=True)
        self._clear(keep=self.current())
        version = self.path / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
        version.mkdir(_MODE)
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
        self.path.mkdir(_MODE, parents=True, exist_ok=True)
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


@dataclass(frozen=True, slots=True)
class _State(Generic[_Opened]):
    version: Path
    stamp: tuple[int, int]
    opened: _Opened


class CurrentVersion(Generic[_Opened]):
    """The current version, opened, and opened again when it was written or replaced.

    ``opener`` is given the version and what was opened of it before (``None`` the first time);
    ``marker`` is the file of a version that every commit replaces.
    """

    def __init__(
        self,
        folder: IndexFolder,
        marker: str,
        opener: Callable[[Path, _Opened | None], _Opened],
    ) -> None:
        self._folder = folder
        self._marker = marker
        self._opener = opener
        self._state: _State[_Opened] | None = None
        self._lock = Lock()

    def get(self) -> _Opened:
        """What the opener gave for the current version as it was last committed."""
        for _ in range(_ATTEMPTS):
            version = self._folder.current()
            if version is None:
                raise EngineUnavailable("there is no search index: run search_rebuild")
            try:
                return self._get(version)
            except (OSError, ValueError):
                # A rebuild may have put another version in the place of this one.
                if self._folder.current() == version:
                    raise
        raise EngineUnavailable("the search index changes too fast to be read")

    def _get(self, version: Path) -> _Opened:
        found = (version / self._marker).stat()
        stamp = found.st_mtime_ns, found.st_ino
        state = self._state
        if state is None or (state.version, state.stamp) != (version, stamp):
            with self._lock:
                state = self._state
                if state is None or (state.version, state.stamp) != (version, stamp):
                    before = state.opened if state and state.version == version else None
                    state = _State(version, stamp, self._opener(version, before))
                    self._state = state
        return state.opened


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Errors of files and of the library (a full disk, broken files) as the engine's own."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise EngineUnavailable(f"the search index can't be used: {error}") from error
