"""What analysis gives, and what every language's analyser has in common.

Pure: no Django. An analyser is a pure function of a word, its language's data and the list of
the field's own words; it never raises on anything that a person can write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from search.analysis.forms import FormTable, Kept
from search.analysis.recent import Recent

# Part of every index's fingerprint: raise it when the same text would yield other terms.
SCHEME_VERSION = 3

MAX_WORD = 80
MIN_PART = 3
# No word has more base forms than this, the likeliest first: engines hold so many at a position.
MAX_LEMMAS = 3
# Held in memory, at most twice as many: words of texts that are shown (400 bytes each), and what
# stands between two spaces in texts that are indexed (800). What only readers typed: so many.
WORDS_HELD = 20_000
RUNS_HELD = 120_000
ASKED_HELD = 10_000
# So many words may stand between the half of an ellipsis and the whole word.
_REACH = 4

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
    """What a word is found by: its base forms, and the constituents and close family of those.

    ``guesses`` are all base forms of a word that no dictionary has: own words choose among them.
    """

    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    guesses: tuple[str, ...] = ()


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


class _Run(tuple[Word, ...]):
    """The words of a piece of text without spaces, some of which are halves of an ellipsis.

    ``halves`` are their places among the words, each with how it is written.
    """

    halves: tuple[tuple[int, str], ...]


class Analyser:
    """One language's analysis. Subclasses give ``_terms``; words are cached, within a bound."""

    language = ""
    # Words that join the halves of an ellipsis: "sosiaali- ja terveyspalvelut".
    joining: frozenset[str] = frozenset()
    # Words too common to decide anything: left out of a query that has others.
    stop_words: frozenset[str] = frozenset()

    def __init__(self, table: FormTable | None = None) -> None:
        self.table = table
        self._met: Recent[str, Word] = Recent(WORDS_HELD)
        self._runs: Recent[str, tuple[Word, ...]] = Recent(RUNS_HELD)
        # lru_cache holds its lock in C: safe from any thread, and never over its size.
        self._asked = lru_cache(ASKED_HELD)(self._analysed)

    def data_version(self) -> str:
        """What the analysis depends on beside the code: for the index's fingerprint."""
        return ""

    def taught(self, own_words: Collection[str]) -> Analyser:
        """The same analyser with other own words: itself where its language uses none."""
        return self

    def word(self, surface: str) -> Word:
        """A word as it is written, analysed. What was not met in indexing is kept nowhere."""
        found = self._met.get(surface)
        if found is None:
            kept = self.table.get(surface) if self.table else None
            if kept is None:
                return self._asked(surface)
            found = self._word(surface, kept)
            self._met.put(surface, found)
        return found

    def analyse(self, text: str) -> list[Token]:
        """The words of ``text`` in order, each with its offsets and terms."""
        tokens: list[Token] = []
        halves: list[int] = []
        word = self.word
        for surface, start, end in surfaces(text):
            entry = word(surface)
            if not entry.form:
                continue
            if _is_half(surface):
                halves.append(len(tokens))
            tokens.append(Token(surface, start, end, *entry))
        for index in halves:
            self._complete(tokens, index)
        return tokens

    def words(self, text: str) -> list[Word]:
        """The words of ``text`` as ``analyse`` gives them, without their places."""
        return [Word(*token[3:]) for token in self.analyse(text)]

    def indexed(self, texts: Iterable[str]) -> list[list[Word]]:
        """The words of each text as ``analyse`` gives them, faster, and kept in the table of forms.

        For public texts only: words that are kept may be suggested to readers.
        """
        # Words never reach over a space, and what stands between two is mostly met before.
        pieces = list(map(_pieces, texts))
        runs = self._runs.all_of(dict.fromkeys(chain.from_iterable(pieces)), self._read)
        return [self._joined(list(map(runs.__getitem__, one))) for one in pieces]

    def indexed_words(self, text: str) -> list[Word]:
        """``indexed`` of one text."""
        return self.indexed([text])[0]

    def _joined(self, runs: list[tuple[Word, ...]]) -> list[Word]:
        words = list(chain.from_iterable(runs))
        if _Run in set(map(type, runs)):
            self._complete_halves(words, runs)
        return words

    def _read(self, pieces: list[str]) -> dict[str, tuple[Word, ...]]:
        """The words of each piece, which are read from the table at once."""
        written = {one: [one] if one.isalpha() else _WORD.findall(one) for one in pieces}
        asked = list(dict.fromkeys(chain.from_iterable(written.values())))
        kept = self.table.get_many(asked) if self.table else {}
        words = {surface: self._word(surface, one) for surface, one in kept.items()}
        for surface in asked:
            if surface not in words:
                words[surface] = self._indexed(surface)
        return {
            piece: self._run([(one, words[one]) for one in found])
            if len(found) != 1 or _is_half(found[0])
            else ((words[found[0]],) if words[found[0]].form else ())
            for piece, found in written.items()
        }

    def _run(self, words: list[tuple[str, Word]]) -> tuple[Word, ...]:
        words = [(surface, word) for surface, word in words if word.form]
        halves = [(index, one) for index, (one, _) in enumerate(words) if _is_half(one)]
        if not halves:
            return tuple(word for _, word in words)
        run = _Run(word for _, word in words)
        run.halves = tuple(halves)
        return run

    def _indexed(self, surface: str) -> Word:
        """A word of a text that is indexed and that the table does not have."""
        if self.table is None:
            return self.word(surface)
        kept = self._kept(surface)
        self.table.note(surface, kept)
        return self._word(surface, kept)

    def _analysed(self, surface: str) -> Word:
        return self._word(surface, self._kept(surface))

    def _kept(self, surface: str) -> Kept:
        """All that analysis gives of a word, whatever the own words are."""
        word = normalise(surface).strip("-'")
        form = word.lower()
        return Kept(form, *self._terms(word)) if form else Kept("", (), ())

    def _word(self, surface: str, kept: Kept) -> Word:
        return Word(kept.form, kept.lemmas, kept.parts)

    def _terms(self, word: str) -> Terms:
        raise NotImplementedError

    def _complete_halves(self, words: list[Word], runs: list[tuple[Word, ...]]) -> None:
        """Give the halves among the words of a text the whole words that they stand for."""
        written: dict[int, str] = {}
        start = 0
        for run in runs:
            if isinstance(run, _Run):
                written |= {start + index: surface for index, surface in run.halves}
            start += len(run)
        for index in written:
            # No other word is looked for further away.
            first = max(0, index - _REACH - 1)
            near = [
                Token(written.get(place, word.form), 0, 0, *word)
                for place, word in enumerate(words[first : index + _REACH + 2], first)
            ]
            self._complete(near, index - first)
            words[index] = Word(*near[index - first][3:])

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
            if abs(other - index) > _REACH:
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


def _pieces(text: str) -> list[str]:
    """What stands between spaces, without the commas and full stops that end most of it.

    They are no part of a word, and a word is then held once in memory, whatever follows it. Only
    after a dash a full stop counts: it tells that the word is no half of an ellipsis.
    """
    if not any(f"{dash}." in text for dash in _DASHES):
        text = text.replace(". ", " ").replace(".\n", "\n").removesuffix(".")
    return text.replace(", ", " ").split()


def _is_half(surface: str) -> bool:
    return surface[0] in _DASHES or surface[-1] in _DASHES
