"""Bringing a published vocabulary in: its concepts, and the keys by which queries meet them.

The file is read twice: once to find what is wrong with it and to analyse what is new, which takes
long, and once to write, in one transaction that is short, since on SQLite nobody else writes
meanwhile. Between the two the keys lie in a temporary file; nothing is held in memory but the
concepts' addresses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile

from django.db import connection, transaction
from django.utils import timezone

from search.analysis import fingerprint
from search.expansion import MAX_RUN, groups, name_keys
from search.labels import LONGEST, Labelled, LabelsError, read_labels, spoken
from search.models import ImportedConcept, ImportedKey, ImportedVocabulary
from search.vocabularies import registry

BATCH = 1000
# Raise it when names get other keys for another reason than their analysis.
KEYS_VERSION = 1
_KEY_COLUMNS = ("concept_id", "key", "language", "part")
_COLUMNS = ("pk", "uri", "label_fi", "label_sv", "label_en")


@dataclass(slots=True)
class Counts:
    """What an import did, or (in a dry run) would do."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    nameless: int = 0
    rekeyed: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.rekeyed)

    @property
    def total(self) -> int:
        """How many concepts the vocabulary has then, those kept without a line not counted."""
        return self.added + self.changed + self.unchanged


Key = tuple[str, str, int]
"""A key, the language of the name that has it, and to which group of names it leads."""

Tell = Callable[[str, int, int], None]
"""Told a step's name, how much of it is done, and of how much."""


def import_labels(
    path: Path, name: str, *, keep: bool = False, dry_run: bool = False, tell: Tell | None = None
) -> Counts:
    """Make the stored vocabulary ``name`` equal to the file; gives what that changed.

    Concepts that the file lacks are removed, or stay where ``keep`` is set. Raises ``LabelsError``,
    and then nothing is changed.
    """
    total = sum(1 for _ in read_labels(path))
    if not total:
        raise LabelsError(f"{path}: there is no concept in it")
    vocabulary = ImportedVocabulary.objects.filter(pk=name).first()
    rekey = vocabulary is not None and vocabulary.fingerprint != keys_fingerprint()
    counts = Counts(rekeyed=rekey)
    done = 0
    with TemporaryFile("w+", encoding="utf-8") as file:
        for rows in _batches(read_labels(path)):
            for row, _stored in _compared(name, rows, counts, rekey=rekey):
                if not dry_run:
                    json.dump([row.uri, _keys(row.labels)], file)
                    file.write("\n")
            done += len(rows)
            if tell:
                tell("reading", done, total)
        counts.removed = 0 if keep else len(_gone(name, path))
        if counts and not dry_run:
            file.seek(0)
            counts = _write(path, name, _Prepared(file), keep=keep, total=total, tell=tell)
    return counts


def refresh(name: str, tell: Tell | None = None) -> bool:
    """Make a vocabulary's keys again where another analysis made them; gives whether it did."""
    vocabulary = ImportedVocabulary.objects.get(pk=name)
    wanted = keys_fingerprint()
    if vocabulary.fingerprint == wanted:
        return False
    total = vocabulary.concepts.count()
    done = 0
    last = 0
    while concepts := list(vocabulary.concepts.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = concepts[-1].pk
        done += len(concepts)
        # Analysed before the transaction: see above. Each batch is whole in itself.
        made = [(concept.pk, _keys(concept.labels())) for concept in concepts]
        with transaction.atomic():
            _set_keys(made)
        if tell:
            tell("analysing", done, total)
    ImportedVocabulary.objects.filter(pk=name).update(fingerprint=wanted)
    registry.forget()
    return True


def outdated() -> list[str]:
    """The imported vocabularies whose keys another version of the analysis made; one query."""
    stored = list(ImportedVocabulary.objects.values_list("name", "fingerprint"))
    return [name for name, made_by in stored if made_by != keys_fingerprint()]


def refresh_outdated() -> list[str]:
    """Refresh what another version of the analysis made; gives the vocabularies' names."""
    return [name for name in outdated() if refresh(name)]


def keys_fingerprint() -> str:
    """What the keys depend on: how they are made, and the analysis.

    Not the editors' own words: names of public vocabularies do not wait for those.
    """
    return f"{KEYS_VERSION}-{fingerprint().rpartition('-')[0]}"


class _Prepared:
    """Keys made beforehand, in the order of the file."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._made = (json.loads(line) for line in lines)
        self._next: tuple[str, list[Key]] | None = next(self._made, None)

    def keys(self, uri: str, labels: dict[str, str]) -> list[Key]:
        """The keys of a concept; made now where another import came between."""
        if self._next is None or self._next[0] != uri:
            return _keys(labels)
        keys = self._next[1]
        self._next = next(self._made, None)
        return keys


@transaction.atomic
def _write(
    path: Path, name: str, prepared: _Prepared, *, keep: bool, total: int, tell: Tell | None
) -> Counts:
    ImportedVocabulary.objects.get_or_create(pk=name, defaults={"fingerprint": keys_fingerprint()})
    # Whoever imports the same vocabulary meanwhile waits here.
    vocabulary = ImportedVocabulary.objects.select_for_update().get(pk=name)
    rekey = vocabulary.fingerprint != keys_fingerprint()
    counts = Counts(rekeyed=rekey)
    done = 0
    for rows in _batches(read_labels(path)):
        new: list[ImportedConcept] = []
        old: list[ImportedConcept] = []
        keys: dict[str, list[Key]] = {}
        for row, stored in _compared(name, rows, counts, rekey=rekey):
            concept = ImportedConcept(pk=stored, vocabulary=vocabulary, uri=row.uri)
            for code, label in row.labels.items():
                setattr(concept, f"label_{code}", label)
            (new if stored is None else old).append(concept)
            keys[row.uri] = prepared.keys(row.uri, row.labels)
        ImportedConcept.objects.bulk_create(new)
        _add_keys([(concept.pk, keys[concept.uri]) for concept in new])
        if old:
            ImportedConcept.objects.bulk_update(old, _COLUMNS[2:])
            _set_keys([(concept.pk, keys[concept.uri]) for concept in old])
        done += len(rows)
        if tell:
            tell("writing", done, total)
    if not keep:
        gone = _gone(name, path)
        counts.removed = len(gone)
        for start in range(0, len(gone), BATCH):
            batch = gone[start : start + BATCH]
            ImportedConcept.objects.filter(pk__in=batch).delete()
    vocabulary.fingerprint = keys_fingerprint()
    vocabulary.imported_at = timezone.now()
    vocabulary.save()
    transaction.on_commit(registry.forget)
    return counts


def _compared(
    name: str, rows: list[Labelled], counts: Counts, *, rekey: bool
) -> Iterator[tuple[Labelled, int | None]]:
    """The rows to be written, each with its stored concept's key; counts what they are."""
    known = ImportedConcept.objects.filter(vocabulary=name, uri__in=[row.uri for row in rows])
    stored = {uri: (pk, labels) for pk, uri, *labels in known.values_list(*_COLUMNS)}
    for row in rows:
        pk, labels = stored.get(row.uri, (None, []))
        if not row.labels:
            # Nothing to meet it by. If it had a name before, it is gone with it.
            counts.nameless += 1
        elif pk is None:
            counts.added += 1
            yield row, None
        elif labels != [row.labels.get(column[6:], "") for column in _COLUMNS[2:]]:
            counts.changed += 1
            yield row, pk
        else:
            counts.unchanged += 1
            if rekey:
                yield row, pk


def _gone(name: str, path: Path) -> list[int]:
    """The stored concepts that have no line, or no name, in the file."""
    there = {row.uri for row in read_labels(path) if row.labels}
    stored = ImportedConcept.objects.filter(vocabulary=name).values_list("pk", "uri")
    return [pk for pk, uri in stored.iterator(BATCH) if uri not in there]


def _keys(labels: dict[str, str]) -> list[Key]:
    """Every key by which a query may meet a concept of these labels."""
    found: dict[tuple[str, int], str] = {}
    for part, names in enumerate(groups(spoken(labels))):
        for name in names:
            for key in name_keys(name.text, name.language):
                # No query asks for a longer run of words.
                if key.count(" ") < MAX_RUN and len(key) <= LONGEST:
                    found.setdefault((key, part), name.language)
    return [(key, language, part) for (key, part), language in found.items()]


def _set_keys(made: Iterable[tuple[int, list[Key]]]) -> None:
    """Give concepts these keys and no others."""
    keys_of = dict(made)
    ImportedKey.objects.filter(concept__in=list(keys_of)).delete()
    _add_keys(keys_of.items())


def _add_keys(made: Iterable[tuple[int, list[Key]]]) -> None:
    """Give concepts keys; without objects of them, which would take most of an import's time."""
    columns = ", ".join(connection.ops.quote_name(column) for column in _KEY_COLUMNS)
    table = connection.ops.quote_name(ImportedKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s)",  # noqa: S608 - our names
            [(pk, *key) for pk, keys in made for key in keys],
        )


def _batches(rows: Iterator[Labelled]) -> Iterator[list[Labelled]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
