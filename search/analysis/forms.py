"""The table of forms: what analysis gave for each word met in indexing, kept on this machine.

Analysis of a word takes a third of a millisecond, reading it here some microseconds; a rebuild
meets the same 300,000 forms each time. All processes share the file. It is no more than a cache:
whatever is wrong with it, words are analysed. The words that readers type are never written.
Pure: no Django.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from sys import intern
from time import monotonic
from typing import NamedTuple, TypeVar

logger = logging.getLogger("mallisto.search")

# About 100 bytes each on the disk. Beyond, words are analysed each time they are met.
# A hundred thousand texts have some 1.8 million forms, most of them once.
MAX_ROWS = 2_000_000
# Of these the first, which are the most frequent, are given as known: they lie in memory then.
KNOWN_ROWS = 500_000
# Longer words are web addresses and mistakes: they come once.
MAX_LENGTH = 48
BATCH = 2_000
# Base forms and parts of words, as they stand in the file, which many forms have in common.
_TERMS_HELD = 100_000
# A writer that waits for another process holds up indexing.
_BUSY_SECONDS = 0.25
_MODE = 0o640
# How long a table that failed is left alone.
_REST_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS forms (
    id INTEGER PRIMARY KEY,
    surface TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL,
    lemmas TEXT NOT NULL,
    parts TEXT NOT NULL,
    guesses TEXT NOT NULL
)
"""
_FIND = "SELECT surface, form, lemmas, parts, guesses FROM forms WHERE surface IN (%s)"
_KNOWN = """
SELECT form, CASE guesses WHEN '' THEN lemmas ELSE '' END FROM forms
WHERE id > ? AND id <= ? AND form NOT GLOB '*[0-9]*'
AND (form = surface OR NOT EXISTS (SELECT 1 FROM forms AS other WHERE other.surface = forms.form))
ORDER BY id
"""

# So many at once: the statement is prepared once for each, and little is asked twice.
_ASKED_AT_ONCE = (1, 4, 8, 16, 32, 64, 128, 256, 512)

_Row = tuple[str, str, str, str, str]
_Answer = TypeVar("_Answer")
_inherited: list[sqlite3.Connection] = []


class Kept(NamedTuple):
    """What is kept of a word: its form and terms, and the base forms that were only guessed."""

    form: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    guesses: tuple[str, ...] = ()


class FormTable:
    """The table in the file ``path``, made when it is first needed.

    Safe for use by many threads and processes. No method raises for what is wrong with the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._known_lock = threading.Lock()
        self._waiting: dict[str, Kept] = {}
        self._rests_until = 0.0
        self._opened = 0
        self._known: tuple[str, ...] = ()
        self._known_to = 0
        self._bases: set[str] = set()

    def get(self, surface: str) -> Kept | None:
        """What is kept of a word as it is written, ``None`` where it was not met."""
        return self.get_many([surface]).get(surface)

    def get_many(self, surfaces: Sequence[str]) -> dict[str, Kept]:
        """What is kept of words as they are written; those not met are left out."""
        if self._rests_until > monotonic():
            return {}
        asked = [one for one in surfaces if len(one) <= MAX_LENGTH and _storable(one)]
        nothing: list[_Row] = []
        return {
            surface: Kept(intern(form), _terms(lemmas), _terms(parts), _terms(guesses))
            for surface, form, lemmas, parts, guesses in self._try(
                lambda connection: _find(connection, asked), nothing
            )
        }

    def note(self, surface: str, kept: Kept) -> None:
        """Keep a word, soon: they are written many at a time."""
        if len(surface) > MAX_LENGTH or not _storable(surface):
            return
        with self._lock:
            self._waiting[surface] = kept
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits. Where that fails it is forgotten: it can be analysed again."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if not waiting or self._rests_until > monotonic():
            return
        rows = [
            (
                surface,
                kept.form,
                " ".join(kept.lemmas),
                " ".join(kept.parts),
                " ".join(kept.guesses),
            )
            for surface, kept in waiting.items()
        ]
        self._try(lambda connection: _write(connection, rows), None)

    def known(self) -> tuple[str, ...]:
        """Every form met in indexing, in small letters, but for those with digits.

        With the base forms that a lexicon knows of them: people search by those, while texts may
        have the word in other forms only.
        The same object for as long as no form comes to them.
        """
        latest = min(self._try(_latest, self._known_to), KNOWN_ROWS)
        if latest > self._known_to:
            with self._known_lock:
                start = self._known_to
                rows: list[tuple[str, str]] = self._try(lambda one: _forms_after(one, start), [])
                if rows:
                    self._known = (*self._known, *self._with_bases(rows))
                self._known_to = latest
        elif latest < self._known_to:
            # The file was made anew.
            self._known, self._known_to = (), 0
            self._bases.clear()
        return self._known

    def _with_bases(self, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
        for form, lemmas in rows:
            if form not in self._bases:
                yield form
            for lemma in lemmas.split():
                if lemma not in self._bases:
                    self._bases.add(lemma)
                    if lemma != form:
                        yield lemma

    # The file

    def _try(self, ask: Callable[[sqlite3.Connection], _Answer], otherwise: _Answer) -> _Answer:
        """An answer of the table, or ``otherwise`` where it can't give one."""
        try:
            return ask(self._connection())
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                self._rest(error)
        except sqlite3.DatabaseError as error:
            self._drop(error)
        except (OSError, ValueError) as error:
            self._rest(error)
        return otherwise

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection. A forked process can't use its parent's."""
        owner = os.getpid(), self._opened
        if getattr(self._local, "owner", None) != owner:
            if hasattr(self._local, "owner") and self._local.owner[0] != owner[0]:
                # Not even to be closed in the child.
                _inherited.append(self._local.connection)
            self._local.connection = self._open()
            self._local.owner = owner
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            # It remembers words of pages that are public no more: other accounts keep out.
            with suppress(OSError):
                self.path.touch(_MODE)
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        # Whole after a crash; the last words written may be lost with the machine's power.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
        self._local.inode = self.path.stat().st_ino
        return connection

    def _rest(self, error: Exception) -> None:
        logger.warning("The table of forms %s can't be used now: %s", self.path, error)
        self._rests_until = monotonic() + _REST_SECONDS

    def _drop(self, error: Exception) -> None:
        """A broken file goes, and is made anew at the next word."""
        logger.warning("The table of forms %s is broken and is made anew: %s", self.path, error)
        with self._lock:
            self._opened += 1
            try:
                # Another process may have made it anew already.
                if getattr(self._local, "inode", None) in (None, self.path.stat().st_ino):
                    for ending in ("-wal", "-shm", ""):
                        self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            except OSError:
                self._rests_until = monotonic() + _REST_SECONDS


def _find(connection: sqlite3.Connection, surfaces: list[str]) -> list[_Row]:
    rows: list[_Row] = []
    most = _ASKED_AT_ONCE[-1]
    # In the order of the table's index, whose leaves are then read once.
    surfaces = sorted(surfaces)
    for start in range(0, len(surfaces), most):
        asked = surfaces[start : start + most]
        # A few lengths of the statement, so that it is prepared once: the last is asked again.
        size = next(size for size in _ASKED_AT_ONCE if size >= len(asked))
        asked += asked[-1:] * (size - len(asked))
        rows += connection.execute(_FIND % ",".join("?" * size), asked)
    return rows


def _write(connection: sqlite3.Connection, rows: list[_Row]) -> None:
    room = MAX_ROWS - _latest(connection)
    if room <= 0:
        return
    insert = "INSERT OR IGNORE INTO forms (surface, form, lemmas, parts, guesses) VALUES "
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(f"{insert} (?, ?, ?, ?, ?)", rows[:room])
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _latest(connection: sqlite3.Connection) -> int:
    # Rows are only ever added, so the last one's number is how many there are.
    (latest,) = connection.execute("SELECT max(id) FROM forms").fetchone()
    return latest or 0


def _forms_after(connection: sqlite3.Connection, start: int) -> list[tuple[str, str]]:
    return connection.execute(_KNOWN, (start, KNOWN_ROWS)).fetchall()


@lru_cache(_TERMS_HELD)
def _terms(joined: str) -> tuple[str, ...]:
    # The forms of a word have their base forms in common: each of these is held once.
    return tuple(map(intern, joined.split(" "))) if joined else ()


def _storable(surface: str) -> bool:
    # A lone surrogate has no bytes, and would fail all that are asked or written with it.
    return surface.isprintable()
