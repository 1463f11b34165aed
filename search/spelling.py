"""Words like a word that was mistyped. Pure: no Django."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
_MOST = 12
_LETTERS = str.maketrans("äåöüéèáàß", "aaoueeaas")
_MIN_HALF = 3


def fold(word: str) -> str:
    """A word as it is typed without the letters that a keyboard may lack: ä as a, ö as o."""
    return unicodedata.normalize("NFC", word.lower()).translate(_LETTERS)


def tolerance(length: int) -> int:
    """How many letters may differ: the longer the word, the surer it is what was meant."""
    if length < SHORTEST:
        return 0
    return 1 if length < 6 else 2 if length < 12 else 3


class Speller:
    """Known words, to find those like a typed one.

    Words are kept by length and first letter, so that only those are compared that can be near:
    among 300,000 words a look-up takes some milliseconds. Few mistype the first letter; where it
    comes second, the word is found too.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._groups: dict[tuple[int, str], tuple[list[str], list[str]]] = {}
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Know these words too; those with other signs than letters are left out."""
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                key = fold(word)
                keys, known = self._groups.setdefault((len(word), key[0]), ([], []))
                # In this order: another thread may be looking among the keys.
                known.append(word)
                keys.append(key)

    def near(self, word: str, most: int = _MOST) -> list[tuple[str, int]]:
        """Known words near one that isn't among them, with their distance, the nearest first."""
        typed, allowed = fold(word), tolerance(len(word))
        found: list[tuple[int, int, str]] = []
        if not allowed:
            return []
        lengths = range(len(typed) - allowed, len(typed) + allowed + 1)
        for group in product(lengths, dict.fromkeys(typed[:2])):
            keys, known = self._groups.get(group, ([], []))
            # Ties at the border are many: more are taken than asked for.
            near = process.extract(
                typed, keys, scorer=OSA.distance, score_cutoff=allowed, limit=most * 4
            )
            for _key, distance, index in near:
                candidate = known[index]
                if candidate != word:
                    exact = int(OSA.distance(word, candidate))
                    found.append((int(distance), exact, candidate))
        found.sort(key=lambda one: (one[0] + (one[2][0] != word[0]), one[1], one[2]))
        # A base form may have been met as a form of its own as well.
        distinct = {candidate: distance for distance, _exact, candidate in found}
        return list(islice(distinct.items(), most))


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The ways to write a word as two."""
    for place in range(_MIN_HALF, len(word) - _MIN_HALF + 1):
        yield word[:place], word[place:]
