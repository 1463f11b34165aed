"""The vocabularies that name facet values and widen queries, registered by who owns them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic
from typing import Any

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from search.documents import Concept, Vocabulary

logger = logging.getLogger("mallisto.search")
# Another process may change a vocabulary: what is remembered here is never older than this.
MAX_AGE_SECONDS = 30.0
# A process that answers readers reads them so often by itself (``Registry.keep``).
_RENEW_SECONDS = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Every vocabulary as it was read: concepts by facet and value.

    The same object as long as nothing changed, so that others can remember what they made of it.
    """

    concepts: Mapping[str, Mapping[str, Concept]] = field(default_factory=dict)

    def label(self, key: str, value: str, language: str) -> str | None:
        """A value's name in a language, else in Finnish; ``None`` where it isn't known."""
        concept = self.concepts.get(key, {}).get(value)
        if concept is None:
            return None
        return concept.labels.get(language) or concept.labels.get("fi") or value

    def parent(self, key: str, value: str) -> str | None:
        """The wider value of a value."""
        concept = self.concepts.get(key, {}).get(value)
        return concept.parent if concept else None

    def order(self, key: str) -> dict[str, int]:
        """Each value's place in its vocabulary's own order."""
        return {value: place for place, value in enumerate(self.concepts.get(key, {}))}

    def every(self) -> Iterable[Concept]:
        """All concepts of all vocabularies."""
        for concepts in self.concepts.values():
            yield from concepts.values()


class Registry:
    """Registered vocabularies, and what was read of them last."""

    def __init__(self) -> None:
        self._vocabularies: list[Vocabulary] = []
        self._listeners: list[Callable[[Snapshot], None]] = []
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._last: Snapshot | None = None
        self._read_at = 0.0
        self._version = 0

    def register(self, vocabulary: Vocabulary, *models: type[Model]) -> None:
        """Add a vocabulary; a change of one of ``models`` makes it be read again."""
        self._vocabularies.append(vocabulary)
        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(
                    self._changed, sender=model, dispatch_uid=f"search.{model._meta.label}"
                )
        self.forget()

    def listen(self, listener: Callable[[Snapshot], None]) -> None:
        """Tell this function of every reading."""
        self._listeners.append(listener)

    @property
    def version(self) -> int:
        """Another number after every change that this process knows of."""
        return self._version

    def forget(self) -> None:
        """Read the vocabularies again at the next call."""
        with self._lock:
            self._snapshot = None
            self._version += 1

    def snapshot(self) -> Snapshot:
        """Every vocabulary, read at most ``MAX_AGE_SECONDS`` ago."""
        with self._lock:
            if self._snapshot and monotonic() - self._read_at < MAX_AGE_SECONDS:
                return self._snapshot
        return self.renew()

    def keep(self, stop: Event) -> None:
        """Read the vocabularies again and again until ``stop`` is set, so that no reader waits.

        For a thread of its own; where the database fails, the next reader's request reads them.
        """
        while not stop.wait(_RENEW_SECONDS):
            try:
                self.renew()
            except DatabaseError:
                logger.warning("The vocabularies could not be read", exc_info=True)
            finally:
                close_old_connections()

    def renew(self) -> Snapshot:
        """Every vocabulary, read now."""
        with self._lock:
            version = self._version
        snapshot = Snapshot(self._read())
        with self._lock:
            if self._last and self._last.concepts == snapshot.concepts:
                snapshot = self._last
            for listener in self._listeners:
                listener(snapshot)
            # A change made while we read must not be hidden by what we read.
            if version == self._version:
                self._snapshot = self._last = snapshot
                self._read_at = monotonic()
        return snapshot

    def _read(self) -> dict[str, dict[str, Concept]]:
        concepts: dict[str, dict[str, Concept]] = {}
        for vocabulary in self._vocabularies:
            for concept in vocabulary.concepts():
                concepts.setdefault(concept.key, {})[concept.value] = concept
        return concepts

    def _changed(self, **kwargs: Any) -> None:
        self.forget()
        transaction.on_commit(self.forget)


registry = Registry()
register = registry.register
