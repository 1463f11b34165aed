"""Families of words: what laulaa, laulu, laulaja and laulelma have in common. Pure: no Django.

Finnish derives by endings, and a word's beginning stays. The first five letters keep together as
many families as stripping endings by rule does, and part more strangers: see
``benchmarks/ablation.py``. Swedish and English words have their stem among their parts.
"""

from __future__ import annotations

from functools import lru_cache

FAMILY_LETTERS = 5
_CACHE_SIZE = 50_000


@lru_cache(_CACHE_SIZE)
def families(lemmas: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The families of a word, one for each of its readings that is long enough to tell."""
    if not language.startswith("fi"):
        return ()
    return tuple(
        dict.fromkeys(
            lemma[:FAMILY_LETTERS]
            for lemma in lemmas
            if len(lemma) >= FAMILY_LETTERS and lemma[:FAMILY_LETTERS].isalpha()
        )
    )
