"""Word forms of real Finnish with their frequencies, and lengths of sentences. Texts stay unread.

Counted from documents that lie beside the project; nothing of them but these counts is used.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_LONGEST_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class Words:
    """Word forms, most frequent first, with running totals of their counts to draw by."""

    forms: tuple[str, ...]
    counts: tuple[int, ...]
    totals: tuple[int, ...]
    lengths: tuple[int, ...]
    length_totals: tuple[int, ...]

    def between(self, most: int, least: int, shortest: int = 6) -> tuple[list[str], list[int]]:
        """Forms of at least so many letters that were counted ``least`` to ``most`` times."""
        chosen = [
            (form, count)
            for form, count in zip(self.forms, self.counts, strict=True)
            if least <= count <= most and len(form) >= shortest
        ]
        return [form for form, _ in chosen], [count for _, count in chosen]


def count(documents: Path) -> Words:
    """Count the words of a file of documents, one JSON object with ``text`` a line."""
    words: Counter[str] = Counter()
    sentences: Counter[int] = Counter()
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            text = _ADDRESS.sub(" ", json.loads(line)["text"])
            for sentence in _SENTENCE_END.split(text):
                found = _WORD.findall(sentence.lower())
                words.update(found)
                if 0 < len(found) <= _LONGEST_SENTENCE:
                    sentences[len(found)] += 1
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    lengths = sorted(sentences.items())
    return Words(
        forms=tuple(form for form, _ in ranked),
        counts=tuple(number for _, number in ranked),
        totals=tuple(accumulate(number for _, number in ranked)),
        lengths=tuple(length for length, _ in lengths),
        length_totals=tuple(accumulate(number for _, number in lengths)),
    )
