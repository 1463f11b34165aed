"""Which words stand next to each other: tells cheaply where a phrase can't be. Pure: no Django.

To read where two common words stand, in every document that has both, is what a phrase costs.
Each base form has one of a few codes, and a document holds the codes of its neighbouring words:
about one in twenty has a pair's codes by chance, and only in these the phrase is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from search.analysis.base import Word

_CODES = 256
# Letters, none of which is a space.
_FIRST_CODE = 0x4E00
_HELD = 200_000


def pair(one: str, next_one: str) -> str:
    """The term of two base forms that stand next to each other, in this order."""
    return _code(one) + _code(next_one)


def pairs(texts: Iterable[Sequence[Word]]) -> set[str]:
    """The terms of all neighbouring words of some texts, by each of their readings."""
    found: set[str] = set()
    for words in texts:
        coded = [_known[word.lemmas] for word in words]
        for codes, next_codes in pairwise(coded):
            for one in codes:
                for next_one in next_codes:
                    found.add(one + next_one)
    return found


def _code(lemma: str) -> str:
    return chr(_FIRST_CODE + crc32(lemma.encode("utf-8", "replace")) % _CODES)


class _Codes(dict[tuple[str, ...], str]):
    """The codes of a word's readings; a look-up for words that come again."""

    def __missing__(self, lemmas: tuple[str, ...]) -> str:
        if len(self) >= _HELD:
            self.clear()
        self[lemmas] = made = "".join(map(_code, lemmas))
        return made


_known = _Codes()
