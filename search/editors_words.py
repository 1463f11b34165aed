"""What editors tell search: other words for what readers ask, and the field's own words.

Both are read together with the vocabularies, by one query: synonyms widen queries as a concept's
names do, and own words go to the analysis of every process within half a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, CharField, TextField, Value

from search.analysis import use_own_words
from search.documents import Concept
from search.models import OwnWord, SearchSynonym
from search.models.own import lines
from search.vocabularies import Snapshot, registry

SYNONYM, OWN_WORD = "synonym", "own_word"


class EditorsWords:
    """Synonyms as concepts of their words; own words as concepts of one name."""

    def concepts(self) -> Iterable[Concept]:
        """Every synonym and own word."""
        for kind, key, language, words, others, both_ways in _rows():
            if kind == OWN_WORD:
                yield Concept(OWN_WORD, words, labels={"fi": words})
            elif both_ways:
                names = (*lines(words), *lines(others))
                yield Concept(SYNONYM, str(key), labels={}, synonyms={language: names})
            else:
                yield Concept(
                    SYNONYM,
                    str(key),
                    labels={},
                    synonyms={language: lines(others)},
                    asked={language: lines(words)},
                )


def _rows() -> Any:
    synonyms: Any = SearchSynonym.objects.order_by().annotate(kind=Value(SYNONYM, CharField()))
    own: Any = OwnWord.objects.order_by().annotate(
        kind=Value(OWN_WORD, CharField()),
        language=Value("fi", CharField()),
        others=Value("", TextField()),
        both=Value(True, BooleanField()),
    )
    return (
        synonyms.values_list("kind", "pk", "language", "words", "other_words", "both_ways")
        .union(own.values_list("kind", "pk", "language", "word", "others", "both"), all=True)
        .order_by("kind", "pk")
    )


def use(*, newest: bool = False) -> None:
    """Have this process analyse by the list of own words, not older than other vocabularies are.

    Readers' requests read it anyway; who only writes an index has to ask.
    """
    if newest:
        registry.forget()
    registry.snapshot()


def connect() -> None:
    """Have them read with the vocabularies, and own words used."""
    registry.register(EditorsWords(), SearchSynonym, OwnWord)
    registry.listen(_use)


def _use(snapshot: Snapshot) -> None:
    use_own_words(snapshot.concepts.get(OWN_WORD, {}))
