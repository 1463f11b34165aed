"""Other names of what a query names: labels and synonyms of the same concept, in all languages.

Pure: no Django. The rules stand here, wherever the names are kept: who stores names stores each
under its ``name_keys``, and gives ``expand`` a function that finds them by key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from search.analysis import analyse, analyser
from search.analysis.base import Token, normalise, surfaces
from search.parser import ParsedQuery
from search.queries import Expansion, query_words

# Bounds of what a query may cost, however it was made: words that are looked up, words of one
# name, readings of a run of ambiguous words, and names that one run may add.
MAX_WORDS = 12
MAX_RUN = 5
MAX_READINGS = 4
MAX_NAMES = 12
# A synonym is a looser name than the same label in another language.
SYNONYM_WEIGHT = 0.6
TRANSLATION_WEIGHT = 0.9

_JOINTS = {
    "fi": re.compile(r"\s*,\s+|\s+(?:ja|sekä|&)\s+"),
    "sv": re.compile(r"\s*,\s+|\s+(?:och|samt|&)\s+"),
    "en": re.compile(r"\s*,\s+(?:and\s+)?|\s+(?:and|&)\s+"),
}
_LEMMAS = "\t"


class Name(NamedTuple):
    """A label or synonym in a language."""

    text: str
    language: str


class Match(NamedTuple):
    """A concept, with the key and language of the name by which it was met."""

    key: str
    language: str
    names: tuple[Name, ...]


Lookup = Callable[[Collection[str]], Iterable[Match]]


def groups(
    labels: Mapping[str, str], synonyms: Mapping[str, Sequence[str]] | None = None
) -> Iterator[tuple[Name, ...]]:
    """The names of a concept; then, where its labels join several things, the names of each.

    "Work ability and employment" is also found by "employment", whose other names are then those
    that stand in the same place of the other labels.
    """
    names = [Name(text, language) for language, text in labels.items() if text]
    for language, texts in (synonyms or {}).items():
        names += [Name(text, language) for text in texts if text]
    if names:
        yield tuple(dict.fromkeys(names))
    split = {
        language: pieces
        for language, text in labels.items()
        if (pieces := _joined_pieces(text, language))
    }
    lengths = {len(pieces) for pieces in split.values()}
    if len(split) > 1 and len(lengths) == 1:
        for place in range(lengths.pop()):
            yield tuple(Name(pieces[place], language) for language, pieces in split.items())


def _joined_pieces(text: str, language: str) -> list[str]:
    """The things that a label joins by "and"; none where one of them is no whole word."""
    joint = _JOINTS.get(language)
    pieces = [piece for piece in joint.split(text) if piece] if joint else []
    halves = any(piece.startswith("-") or piece.endswith("-") for piece in pieces)
    return pieces if len(pieces) > 1 and not halves else []


def name_keys(text: str, language: str, *, by_lemma: bool = True) -> tuple[str, ...]:
    """The keys under which a name is found: its words as written, and by their base forms."""
    stop_words = analyser(language).stop_words
    if not by_lemma:
        written = [form for word, _, _ in surfaces(text) if (form := _form(word))]
        return tuple(dict.fromkeys(_written_key(written, stop_words)))
    tokens = analyse(text, language)
    telling = [token for token in tokens if token.form not in stop_words] or tokens
    written_keys = _written_key([token.form for token in tokens], stop_words)
    return tuple(dict.fromkeys((*written_keys, *_lemma_keys(telling))))


def _form(surface: str) -> str:
    return normalise(surface).strip("-'").lower()


def _written_key(forms: Sequence[str], stop_words: Collection[str]) -> tuple[str, ...]:
    # As queries are read: without the words that decide nothing.
    telling = [form for form in forms if form not in stop_words] or list(forms)
    return (" ".join(telling),) if telling else ()


def _lemma_keys(words: Sequence[Token]) -> Iterator[str]:
    """A key for each reading of the words. Apart from names as written: a base form is none."""
    if words and all(word.lemmas for word in words):
        for lemmas in islice(product(*(word.lemmas for word in words)), MAX_READINGS):
            yield _LEMMAS + " ".join(lemmas)


def expand(parsed: ParsedQuery, language: str, lookup: Lookup) -> tuple[Expansion, ...]:
    """The other names of what the query's words name, the longest runs first.

    ``lookup`` is asked once, for all keys (at most ``MAX_WORDS * MAX_RUN * (1 + MAX_READINGS)``).
    """
    words = query_words(parsed, language)[:MAX_WORDS]
    runs = {
        (start, end): _run_keys(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MAX_RUN) + 1)
    }
    found: dict[str, list[Match]] = {}
    if runs:
        for match in lookup({key for keys in runs.values() for key in keys}):
            found.setdefault(match.key, []).append(match)
    expansions: list[Expansion] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + MAX_RUN), start, -1):
            names = _names(runs[start, end], language, found)
            if names:
                expansions += [
                    Expansion(start, end, name.text, name.language, _weight(name, language))
                    for name in names
                ]
                start = end - 1
                break
        start += 1
    return tuple(expansions)


def _run_keys(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((" ".join(word.form for word in words), *_lemma_keys(words))))


def _names(keys: Sequence[str], language: str, found: Mapping[str, Sequence[Match]]) -> list[Name]:
    """The names that a run of words stands for, other than the words themselves in any form."""
    written, *by_lemma = keys
    # A name that was written as it stands is meant: "kielet", the strings, not "kieli", the tongue.
    return _others([written], keys, language, found) or _others(by_lemma, keys, language, found)


def _others(
    met: Sequence[str],
    keys: Sequence[str],
    language: str,
    found: Mapping[str, Sequence[Match]],
) -> list[Name]:
    names: dict[Name, Name] = {}
    for key in met:
        for match in found.get(key, ()):
            for name in match.names:
                names.setdefault(name._replace(text=name.text.lower()), name)
    others = (
        name
        for name in names.values()
        # The same words in another language are analysed in another way.
        if name.language != language or not set(keys).intersection(name_keys(*name))
    )
    return list(islice(others, MAX_NAMES))


def _weight(name: Name, language: str) -> float:
    return SYNONYM_WEIGHT if name.language == language else TRANSLATION_WEIGHT


class Thesaurus:
    """Concepts in memory. A name is met as it is written, or (``by_lemma``) inflected."""

    def __init__(self, *, by_lemma: bool = False) -> None:
        self._by_lemma = by_lemma
        self._by_key: dict[str, list[Match]] = {}

    def add(
        self, labels: Mapping[str, str], synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """A concept: its label in each language, and its other names."""
        for names in groups(labels, synonyms):
            for name in names:
                for key in name_keys(name.text, name.language, by_lemma=self._by_lemma):
                    self._by_key.setdefault(key, []).append(Match(key, name.language, names))

    def lookup(self, keys: Collection[str]) -> Iterator[Match]:
        """The concepts that have a name under one of the keys."""
        for key in keys:
            yield from self._by_key.get(key, ())

    def expand(self, parsed: ParsedQuery, language: str) -> tuple[Expansion, ...]:
        """The other names of what the query's words name."""
        return expand(parsed, language, self.lookup)
