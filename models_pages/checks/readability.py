"""How hard a text is to read: Wiio's grade for Finnish, LIX for other languages. Pure.

Wiio's simplest measure estimates the school year (of Finnish comprehensive school and upper
secondary, 1 to 12) whose pupils understand a text: 2.7 + 0.3 × PS, where PS is how many of a
hundred words have four or more syllables in their base form. Source: Osmo A. Wiio, Viestinnän
perusteet, 5th edition, Weilin + Göös, Espoo 1989; the formula and the base form as Jukka K. Korpela
tells them on the list voikko, 20 February 2011.

LIX is words per sentence plus the share (%) of words of more than six letters. Source: C. H.
Björnsson, Läsbarhet, Liber, Stockholm 1968. It is of no use for Finnish, whose words are long.

Neither knows what the words mean: they are told as hints, with the sentences that make them high.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import analyse

MIN_WORDS = 30  # of fewer, a share says nothing
MAX_WORDS = 3_000  # a sample is enough: Wiio's own was a hundred
MAX_CHARACTERS = 60_000
LONG_SENTENCE = 30  # words
MANY_SYLLABLES = 4
LONG_WORD = 7  # letters

_SENTENCE_END = re.compile(r"(?<=[.!?…])[)\"”»’']*\s+(?=[A-ZÅÄÖ\"”»(–-])|\n+")
_ABBREVIATION = re.compile(r"\b(?:esim|mm|ks|ym|yms|jne|vrt|ts|ns|nk|n|s|t\.ex|bl\.a|e\.g)\.$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’:][^\W\d_]+)*")
_VOWELS = "aeiouyåäö"
_VOWEL_RUN = re.compile(f"[{_VOWELS}]+")
_NUCLEI = frozenset(
    "aa ee ii oo uu yy ää öö ai ei oi ui yi äi öi au eu iu ou ey iy äy öy ie uo yö".split()
)


@dataclass(frozen=True, slots=True)
class Readability:
    """A text's measures: ``words`` and ``sentences`` counted, and ``score`` (None where short).

    ``score`` is Wiio's grade for Finnish and LIX for the rest; ``long_sentences`` the beginnings
    of those of more than ``LONG_SENTENCE`` words.
    """

    words: int
    sentences: int
    score: float | None
    long_sentences: tuple[str, ...] = ()


def measure(text: str, language: str) -> Readability:
    """The measures of a text; of a very long one, those of its beginning."""
    counted = 0
    lengths = []
    long_sentences = []
    words: list[str] = []
    for sentence in sentences(text[:MAX_CHARACTERS]):
        found = _WORD.findall(sentence)
        if not found:
            continue
        words += found
        lengths.append(len(found))
        if len(found) > LONG_SENTENCE:
            long_sentences.append(sentence[:60].rsplit(" ", 1)[0])
        counted += len(found)
        if counted >= MAX_WORDS:
            break
    if counted < MIN_WORDS:
        score = None
    elif language == "fi":
        score = wiio(_base_forms(" ".join(words)))
    else:
        score = lix(words, len(lengths))
    return Readability(counted, len(lengths), score, tuple(long_sentences))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; a line's end ends one, a usual abbreviation does not."""
    held = ""
    for piece in _SENTENCE_END.split(text):
        held = f"{held} {piece}".strip() if held else piece.strip()
        if _ABBREVIATION.search(held[-8:]):
            continue
        if held:
            yield held
        held = ""
    if held:
        yield held


def wiio(base_forms: Iterable[str]) -> float:
    """Wiio's grade of words in their base forms: the school year that understands the text."""
    counts = [syllables(word) for word in base_forms]
    many = sum(count >= MANY_SYLLABLES for count in counts)
    return 2.7 + 0.3 * (100 * many / len(counts) if counts else 0)


def lix(words: list[str], sentence_count: int) -> float:
    """Björnsson's index of words in so many sentences."""
    if not words:
        return 0.0
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / max(1, sentence_count) + 100 * long_words / len(words)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a Finnish word has: its vowels, long ones and diphthongs being one."""
    count = 0
    for run in _VOWEL_RUN.findall(word.lower()):
        position = 0
        while position < len(run):
            position += 2 if run[position : position + 2] in _NUCLEI else 1
            count += 1
    return count


def _base_forms(text: str) -> Iterator[str]:
    for token in analyse(text, "fi"):
        if any(character.isalpha() for character in token.form):
            yield token.lemmas[0] if token.lemmas else token.form
