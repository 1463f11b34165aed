"""Made-up operating models: the same ones for the same seed, however many are asked for.

Words are drawn one by one, by how frequent they are in real Finnish: a model's sentences mean
nothing, but its words, their forms and their numbers are as in a text. Each model is about two of
many subjects, whose words it uses more, so that models differ as real ones do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks._words import Words

SEED = 20_261_123
# As many as the portal's form has, the six of the summary first.
SUMMARY = ("basic_idea", "environment", "target_group", "conditions", "evaluation", "tips")
OTHER = (
    "starting_point", "needs", "developers", "intended_change", "measuring", "ideas", "trial",
)  # fmt: skip
PHASES = ("in_use", "trial", "established", "planning", "idea")
_SUBJECTS = 400
_SUBJECT_WORDS = 150
_OWN_SHARE = 0.25
# In a text of this size about so many words are of no other text: nearly all of them compounds.
_COMPOUND_SHARE = 0.025
_TODAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many values each facet has; the skewed draw uses the first ones most."""

    themes: int = 40
    target_groups: int = 30
    regions: int = 300
    funders: int = 60
    organisations: int = 250
    collections: int = 60


@dataclass(frozen=True, slots=True)
class Model:
    """A model's content. Facets are numbers of values; sections hold paragraphs of text."""

    number: int
    title: str
    description: str
    sections: dict[str, tuple[str, ...]]
    themes: tuple[int, ...]
    target_groups: tuple[int, ...]
    regions: tuple[int, ...]
    funders: tuple[int, ...]
    organisations: tuple[int, ...]
    collections: tuple[int, ...]
    authors: tuple[str, ...]
    phase: str
    confirmed_on: date
    has_attachment: bool

    def text(self) -> str:
        """All sections as one text."""
        return "\n".join(part for parts in self.sections.values() for part in parts)


class Generator:
    """Makes models, and names for terms of vocabularies, from counted words."""

    def __init__(self, words: Words, sizes: Sizes | None = None) -> None:
        self._words = words
        self._sizes = sizes or Sizes()
        chance = random.Random(SEED)
        subject_words, weights = words.between(most=200, least=2)
        self._subjects = [
            chance.choices(subject_words, weights, k=_SUBJECT_WORDS) for _ in range(_SUBJECTS)
        ]
        self._beginnings, self._beginning_weights = _totalled(*words.between(500, 2, shortest=5))
        self._endings, self._ending_weights = _totalled(*words.between(500, 1, shortest=5))

    def models(self, start: int, stop: int) -> Iterator[Model]:
        """The models from number ``start`` up to ``stop``."""
        for number in range(start, stop):
            yield self._model(number)

    def names(self, count: int) -> list[str]:
        """So many different names of two words, for the terms of a vocabulary."""
        chance = random.Random(SEED + count)
        forms, _ = self._words.between(most=200, least=5, shortest=7)
        chance.shuffle(forms)
        return [
            f"{first.capitalize()} {second}"
            for first, second in zip(forms[:count], forms[count : 2 * count], strict=True)
        ]

    def _model(self, number: int) -> Model:
        chance = random.Random(SEED * 1_000_003 + number)
        first, second = chance.choices(self._subjects, k=2)
        kinds = [*SUMMARY, *(kind for kind in OTHER if chance.random() < 0.7)]
        sizes = {kind: chance.randint(25, 100) for kind in kinds}
        pool = self._pool(chance, sum(sizes.values()) + 45, first, second)
        title = " ".join(pool.pop() for _ in range(chance.randint(2, 5)))
        own = chance.choice(first)
        sizes_of = self._sizes
        return Model(
            number=number,
            title=f"{own} {title}"[:200].capitalize(),
            description=self._text(chance, pool, chance.randint(15, 35)),
            sections={kind: self._section(chance, pool, size) for kind, size in sizes.items()},
            themes=_skewed(chance, sizes_of.themes, 1, 3),
            target_groups=_skewed(chance, sizes_of.target_groups, 1, 3),
            regions=_skewed(chance, sizes_of.regions, 1, 4),
            funders=_skewed(chance, sizes_of.funders, 0, 2),
            organisations=_skewed(chance, sizes_of.organisations, 1, 3),
            collections=_skewed(chance, sizes_of.collections, 0, 2),
            authors=tuple(
                f"{chance.choice(second).capitalize()} {chance.choice(first).capitalize()}"
                for _ in range(chance.randint(1, 3))
            ),
            phase=PHASES[_skewed(chance, len(PHASES), 1, 1)[0]],
            confirmed_on=_TODAY - timedelta(days=int(chance.expovariate(1 / 900))),
            has_attachment=chance.random() < 0.3,
        )

    def _pool(
        self, chance: random.Random, size: int, first: list[str], second: list[str]
    ) -> list[str]:
        """So many words, in no order."""
        own, made = int(size * _OWN_SHARE), max(1, int(size * _COMPOUND_SHARE))
        pool = chance.choices(self._words.forms, cum_weights=self._words.totals, k=size - own)
        pool += chance.choices(first, k=own * 2 // 3)
        pool += chance.choices(second, k=own - own * 2 // 3)
        beginnings = chance.choices(self._beginnings, cum_weights=self._beginning_weights, k=made)
        endings = chance.choices(self._endings, cum_weights=self._ending_weights, k=made)
        pool[:made] = [
            begin.replace("-", "") + end for begin, end in zip(beginnings, endings, strict=True)
        ]
        chance.shuffle(pool)
        return pool

    def _section(self, chance: random.Random, pool: list[str], size: int) -> tuple[str, ...]:
        if size < 40:
            return (self._text(chance, pool, size),)
        half = size // 2
        return (self._text(chance, pool, half), self._text(chance, pool, size - half))

    def _text(self, chance: random.Random, pool: list[str], size: int) -> str:
        sentences = []
        while size > 0:
            drawn = chance.choices(self._words.lengths, cum_weights=self._words.length_totals)[0]
            length = min(size, drawn)
            words, pool[-length:] = pool[-length:], []
            sentences.append(" ".join(words).capitalize() + ".")
            size -= length
        return " ".join(sentences)


def _totalled(forms: list[str], counts: list[int]) -> tuple[list[str], list[int]]:
    total, totals = 0, []
    for number in counts:
        total += number
        totals.append(total)
    return forms, totals


def _skewed(chance: random.Random, size: int, least: int, most: int) -> tuple[int, ...]:
    """Some different numbers below ``size``, small ones far more often (Zipf's law)."""
    how_many = chance.randint(least, most)
    return tuple(sorted({int((size + 1) ** chance.random()) - 1 for _ in range(how_many)}))
