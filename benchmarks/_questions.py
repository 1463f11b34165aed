"""What is asked in the benchmark: five kinds of questions, ten of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks._generator import Model
from benchmarks._words import Words

EACH = 10
ONE, TWO, PHRASE, RARE, LIMITED = (
    "one common word",
    "two words",
    "a phrase",
    "a rare word",
    "a filter, all facets",
)
KINDS = (ONE, TWO, PHRASE, RARE, LIMITED)
# The values that most models have.
_LIMITS: dict[str, tuple[str, ...]] = {"theme": ("teema-0",), "phase": ("in_use",)}
_SENTENCE = re.compile(r"[^.]+")


@dataclass(frozen=True, slots=True)
class Question:
    """Words typed and limits chosen; a phrase stands in quotation marks."""

    text: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def phrase(self) -> str:
        """The phrase asked for, without its marks; empty where it is none."""
        return self.text.strip('"') if self.text.startswith('"') else ""


def questions(words: Words, models: Iterable[Model]) -> dict[str, list[Question]]:
    """The questions of each kind, answered by many models, by some, or by few."""
    common, _ = words.between(most=10**9, least=100, shortest=7)
    counts = dict(zip(words.forms, words.counts, strict=True))
    phrases: dict[str, None] = {}
    rare: dict[str, None] = {}
    for model in models:
        for sentence in _SENTENCE.findall(model.text().lower()):
            said = sentence.split()
            rare.update((word, None) for word in said if counts.get(word) == 1 and len(word) > 7)
            phrases.update(
                (f"{first} {second}", None)
                for first, second in pairwise(said)
                if min(len(first), len(second)) > 4
                and min(counts.get(first, 0), counts.get(second, 0)) > 100
            )
    asked = {
        ONE: [Question(word) for word in common[:EACH]],
        TWO: [Question(f"{common[n]} {common[n + EACH]}") for n in range(EACH)],
        PHRASE: [Question(f'"{phrase}"') for phrase in list(phrases)[:EACH]],
        RARE: [Question(word) for word in list(rare)[:EACH]],
        LIMITED: [Question(word, _LIMITS) for word in common[:EACH]],
    }
    if any(len(of_kind) < EACH for of_kind in asked.values()):
        raise LookupError("too few documents beside the project to draw words from")
    return asked
