"""What analysis gives, and what every language's analyser has in common.

Pure: no Django. An analyser is a pure function of a word, its language's data and the list of
the field's own words; it never raises on anything that a person can write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

# Part of every index's fingerprint: raise it when the same text would yield other terms.
SCHEME_VERSION = 2

MAX_WORD = 80
MIN_PART = 3
# No word has more base forms than this, the likeliest first: engines hold so many at a position.
MAX_LEMMAS = 3
CACHE_SIZE = 100_000

_DASHES = "-\u2010\u2011\u2012\u2013\u2212"
_LETTER = r"[^\W\d_]"
# Combining marks and characters that are not seen (soft hyphen, joiners) belong to their word.
_INSIDE = r"\u0300-\u036f\u00ad\u200b-\u200d\ufe0f"
_RUN = rf"(?:[^\W_][{_INSIDE}]*)+"
_WORD = re.compile(
    rf"(?:(?<![^\W_])(?<![{_DASHES}])[{_DASHES}](?={_LETTER}))?"  # -toiminnot
    rf"{_RUN}"
    rf"(?:(?:[{_DASHES}](?!\d)|(?<={_LETTER})[{_DASHES}]"  # 2020-2023 are two, covid-19 is one
    rf"|[:'\u2019\u02bc](?={_LETTER})|(?<=\d)[.,:](?=\d)){_RUN})*"
    rf"(?:[{_DASHES}](?=[\s,;)]|$))?"  # sosiaali-
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\ufe0f]")
_TO_HYPHEN = str.maketrans(dict.fromkeys(_DASHES, "-") | {"\u2019": "'", "\u02bc": "'"})


class Terms(NamedTuple):
    """What a word is found by: its base forms, and the constituents and close family of those."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...]


class Word(NamedTuple):
    """A word of a text by its form and terms, without its place."""

    form: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]


class Token(NamedTuple):
    """A word of a text with its place and its terms."""

    surface: str
    start: int
    end: int
    form: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]


def normalise(surface: str) -> str:
    """A word as analysis sees it: composed, without unseen characters, dashes as hyphens."""
    word = unicodedata.normalize("NFC", _UNSEEN.sub("", surface)).translate(_TO_HYPHEN)
    return word[:MAX_WORD]


def surfaces(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as written, with their offsets."""
    for match in _WORD.finditer(text):
        yield match.group(), match.start(), match.end()


def unique(terms: Iterator[str] | list[str]) -> tuple[str, ...]:
    """The terms without repetitions and empty ones, in order."""
    return tuple(dict.fromkeys(term for term in terms if term))


class Analyser:
    """One language's analysis. Subclasses give ``_terms``; words are cached, within a bound."""

    language = ""
    # Words that join the halves of an ellipsis: "sosiaali- ja terveyspalvelut".
    joining: frozenset[str] = frozenset()
    # Words too common to decide anything: left out of a query that has others.
    stop_words: frozenset[str] = frozenset()

    def __init__(self) -> None:
        # lru_cache holds its lock in C: safe from any thread, and never over its size.
        self.word: Callable[[str], Word] = lru_cache(CACHE_SIZE)(self._word)

    def data_version(self) -> str:
        """What the analysis depends on beside the code: for the index's fingerprint."""
        return ""

    def analyse(self, text: str) -> list[Token]:
        """The words of ``text`` in order, each with its offsets and terms."""
        tokens: list[Token] = []
        halves: list[int] = []
        word = self.word
        for surface, start, end in surfaces(text):
            entry = word(surface)
            if not entry.form:
                continue
            if surface[0] in _DASHES or surface[-1] in _DASHES:
                halves.append(len(tokens))
            tokens.append(Token(surface, start, end, *entry))
        for index in halves:
            self._complete(tokens, index)
        return tokens

    def words(self, text: str) -> list[Word]:
        """The words of ``text`` as ``analyse`` gives them, faster: for indexing."""
        word = self.word
        found = _WORD.findall(text)
        if any(surface[0] in _DASHES or surface[-1] in _DASHES for surface in found):
            return [Word(*token[3:]) for token in self.analyse(text)]
        return [entry for surface in found if (entry := word(surface)).form]

    def _word(self, surface: str) -> Word:
        word = normalise(surface).strip("-'")
        form = word.lower()
        return Word(form, *self._terms(word)) if form else Word("", (), ())

    def _terms(self, word: str) -> Terms:
        raise NotImplementedError

    def _complete(self, tokens: list[Token], index: int) -> None:
        """Give the half of an ellipsis the whole word that it stands for."""
        half = tokens[index]
        forward = half.surface[-1] in _DASHES
        step = 1 if forward else -1
        other = index + step
        while 0 <= other < len(tokens) and (
            tokens[other].form in self.joining or tokens[other].surface[-1] in _DASHES
        ):
            other += step
            if abs(other - index) > 4:
                return
        if not 0 <= other < len(tokens) or tokens[other].form in self.joining:
            return
        whole = self._whole(half, tokens[other], forward)
        if whole:
            first, *others = half.lemmas
            lemmas = unique([first, whole, *others])
            tokens[index] = half._replace(lemmas=lemmas[:MAX_LEMMAS])

    def _whole(self, half: Token, other: Token, forward: bool) -> str | None:
        """The base form of the compound whose written half is ``half``, where it can be told."""
        return None
