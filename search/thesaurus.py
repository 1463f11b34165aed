"""The other names of what a query names, from everything that the portal knows.

The portal's own vocabularies and the editors' synonyms are few and are kept in memory as they were
last read; the concepts of imported vocabularies stay in the database and are asked for by one
query, whatever was typed. How names are met and chosen stands in ``search.expansion``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from django.db.models import CharField, IntegerField, Value

from search.documents import Concept
from search.expansion import Match, Name, expand, groups, name_keys
from search.labels import spoken
from search.models import ImportedConcept, ImportedKey
from search.models.imported import LANGUAGES
from search.parser import ParsedQuery
from search.queries import Expansion
from search.vocabularies import MAX_AGE_SECONDS, Snapshot, registry

# Keys of a question: a few for each run of its words.
MAX_REMEMBERED = 5_000

_CONCEPT = ("pk", "uri", *(f"label_{code}" for code in LANGUAGES))
_Found = tuple[Match, str]


def expansions(parsed: ParsedQuery, language: str) -> tuple[Expansion, ...]:
    """The other names of what a query's words name, in all languages; at most one SQL query."""
    names = registry.snapshot()
    remembered = _memory.of(names, registry.version)
    return expand(parsed, language, remembered.matches)


def look_up(questions: Collection[ParsedQuery], language: str) -> None:
    """Let ``expansions`` find what all of these name in memory; at most one SQL query."""
    keys: set[str] = set()

    def note(more: Collection[str]) -> Iterable[Match]:
        keys.update(more)
        return ()

    for parsed in questions:
        expand(parsed, language, note)
    names = registry.snapshot()
    _memory.of(names, registry.version).matches(keys)


class _Own:
    """The concepts of the portal's own vocabularies, by key; those of a URI with that."""

    def __init__(self, names: Snapshot) -> None:
        self._by_key: dict[str, list[_Found]] = {}
        self._by_uri: dict[str, tuple[Name, ...]] = {}
        for concept in names.every():
            self._add(concept)

    def _add(self, concept: Concept) -> None:
        asked = [Name(text, code) for code, texts in concept.asked.items() for text in texts]
        for part, names in enumerate(groups(concept.labels, concept.synonyms)):
            uri = concept.uri if part == 0 else ""
            if not asked and len(names) < 2 and not uri:
                # One name leads to no other.
                continue
            if uri:
                self._by_uri[uri] = _united(self._by_uri.get(uri, ()), names)
            for name in asked or names:
                for key in name_keys(name.text, name.language):
                    found = (Match(key, name.language, names), uri)
                    self._by_key.setdefault(key, []).append(found)

    def find(self, keys: Collection[str]) -> Iterator[_Found]:
        """The concepts that have a name under one of the keys."""
        for key in keys:
            yield from self._by_key.get(key, ())

    def names_of(self, uri: str) -> tuple[Name, ...]:
        """All names that the own concepts of this URI have."""
        return self._by_uri.get(uri, ())


@dataclass(slots=True)
class _Remembered:
    """What holds for one reading of the vocabularies: own concepts, and what keys led to."""

    names: Snapshot
    version: int
    own: _Own
    _met: OrderedDict[str, tuple[float, tuple[Match, ...]]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def matches(self, keys: Collection[str]) -> list[Match]:
        """The concepts that have a name under one of the keys; at most one SQL query.

        Remembered for a while and no longer: another process may have imported a vocabulary.
        """
        with self._lock:
            since = monotonic() - MAX_AGE_SECONDS
            met = {key: self._met[key] for key in keys if key in self._met}
        found = {key: matches for key, (asked_at, matches) in met.items() if asked_at > since}
        unknown = [key for key in keys if key not in found]
        if unknown:
            looked_up: dict[str, list[Match]] = {key: [] for key in unknown}
            for match in _merged(self.own, unknown):
                looked_up[match.key].append(match)
            self._put(looked_up)
            found.update((key, tuple(matches)) for key, matches in looked_up.items())
        return [match for key in keys for match in found[key]]

    def _put(self, met: Mapping[str, list[Match]]) -> None:
        """Remember these, in place of the oldest where there are too many."""
        now = monotonic()
        with self._lock:
            for key, matches in met.items():
                self._met[key] = now, tuple(matches)
                self._met.move_to_end(key)
            while len(self._met) > MAX_REMEMBERED:
                self._met.popitem(last=False)


class _Memory:
    """The last reading of the vocabularies that was asked for."""

    def __init__(self) -> None:
        self._last: _Remembered | None = None

    def of(self, names: Snapshot, version: int) -> _Remembered:
        """What is remembered of this reading; nothing yet where it is a new one."""
        last = self._last
        if last is None or last.names is not names or last.version != version:
            # Two threads may both make it; one of the two stays.
            own = last.own if last is not None and last.names is names else _Own(names)
            last = self._last = _Remembered(names, version, own)
        return last


_memory = _Memory()


@dataclass(frozen=True, slots=True)
class _Imported:
    """A row of the database's answer: a key that was met, and the concept that it leads to."""

    key: str
    language: str
    part: int
    uri: str
    labels: dict[str, str]

    def names(self) -> tuple[Name, ...]:
        """The names to which the key leads; none where the labels changed a moment ago."""
        found = list(groups(spoken(self.labels)))
        return found[self.part] if self.part < len(found) else ()


def _merged(own: _Own, keys: Collection[str]) -> Iterator[Match]:
    """The concepts that have a name under one of the keys; the same concept is one, by its URI."""
    found = list(own.find(keys))
    rows = imported(keys, {uri for _match, uri in found if uri})
    by_uri = {row.uri: row.names() for row in rows if row.part == 0}
    for match, uri in found:
        yield match._replace(names=_united(match.names, own.names_of(uri), by_uri.get(uri, ())))
    for row in rows:
        if row.key:
            same = own.names_of(row.uri) if row.part == 0 else ()
            yield Match(row.key, row.language, _united(same, row.names()))


def imported(keys: Collection[str], uris: Collection[str]) -> list[_Imported]:
    """The imported concepts of these keys, and those of these URIs; one query."""
    columns = [f"concept__{name}" for name in _CONCEPT]
    met: Any = ImportedKey.objects.filter(key__in=sorted(keys))
    met = met.values_list("key", "language", "part", *columns)
    if uris:
        same: Any = ImportedConcept.objects.filter(uri__in=sorted(uris)).annotate(
            no_key=Value("", CharField()),
            no_language=Value("", CharField()),
            whole=Value(0, IntegerField()),
        )
        met = met.union(same.values_list("no_key", "no_language", "whole", *_CONCEPT), all=True)
    # Sorted here: databases differ in how they sort texts.
    return [
        _Imported(key, language, part, uri, dict(zip(LANGUAGES, labels, strict=True)))
        for key, language, part, _pk, uri, *labels in sorted(met, key=lambda row: (row[3], row[0]))
    ]


def _united(*all_names: tuple[Name, ...]) -> tuple[Name, ...]:
    """All these names, each once, whatever its capitals."""
    found: dict[tuple[str, str], Name] = {}
    for names in all_names:
        for name in names:
            found.setdefault((name.text.lower(), name.language), name)
    return tuple(found.values())
