"""Families of words: what laulaa, laulu, laulaja and laulelma have in common. Pure: no Django.

Finnish derives by endings, and a word's beginning stays. The first five letters keep together as
many families as stripping endings by rule does, and part more strangers: see
``benchmarks/ablation.py``. Swedish and English words have their stem among their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

FAMILY_LETTERS = 5
_HELD = 200_000


def families(lemmas: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The families of a word, one for each of its readings that is long enough to tell."""
    return of_words(language)(lemmas)


def of_words(language: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """``families`` of one language, for the base forms of many words."""
    return _finnish.__getitem__ if language.startswith("fi") else _none


def _none(_lemmas: Iterable[str]) -> tuple[str, ...]:
    return ()


class _Families(dict[tuple[str, ...], tuple[str, ...]]):
    """What was told before is a look-up: an ``lru_cache`` takes three times as long."""

    def __missing__(self, lemmas: tuple[str, ...]) -> tuple[str, ...]:
        if len(self) >= _HELD:
            self.clear()
        made = tuple(
            dict.fromkeys(
                lemma[:FAMILY_LETTERS]
                for lemma in lemmas
                if len(lemma) >= FAMILY_LETTERS and lemma[:FAMILY_LETTERS].isalpha()
            )
        )
        self[lemmas] = made
        return made


_finnish = _Families()
