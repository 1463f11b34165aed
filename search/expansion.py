"""Other names of what a query names: labels and synonyms of the same concept, in all languages.

Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.analysis import analyser
from search.analysis.base import Token
from search.documents import Concept
from search.parser import ParsedQuery
from search.queries import Expansion, query_words

MAX_RUN = 5
MAX_NAMES = 12
# A synonym is a looser name than the same label in another language.
SYNONYM_WEIGHT = 0.6
TRANSLATION_WEIGHT = 0.8

_Name = tuple[str, str]


class Thesaurus:
    """Concepts by their names. A name is met as it is written, or (``by_lemma``) inflected."""

    def __init__(self, *, by_lemma: bool = False) -> None:
        self._by_lemma = by_lemma
        self._concepts: list[tuple[_Name, ...]] = []
        self._by_name: dict[str, list[int]] = {}

    def add(
        self, labels: Mapping[str, str], synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """A concept: its label in each language, and its other names."""
        names: list[_Name] = [(text, language) for language, text in labels.items() if text]
        for language, texts in (synonyms or {}).items():
            names += [(text, language) for text in texts if text]
        number = len(self._concepts)
        self._concepts.append(tuple(dict.fromkeys(names)))
        for text, language in names:
            for key in self._keys(text, language):
                known = self._by_name.setdefault(key, [])
                if number not in known:
                    known.append(number)

    def add_concept(self, concept: Concept) -> None:
        """A concept as vocabularies give it."""
        self.add(concept.labels, concept.synonyms)

    def expand(self, parsed: ParsedQuery, language: str) -> tuple[Expansion, ...]:
        """The other names of what the query's words name, the longest runs first."""
        words = query_words(parsed, language)
        expansions: list[Expansion] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + MAX_RUN), start, -1):
                found = self._others(words[start:end])
                if found:
                    expansions += [
                        Expansion(start, end, text, spoken, _weight(spoken, language))
                        for text, spoken in found
                    ]
                    start = end - 1
                    break
            start += 1
        return tuple(expansions)

    def _others(self, words: Sequence[Token]) -> list[_Name]:
        written = " ".join(word.form for word in words)
        concepts = list(self._by_name.get(written, ()))
        if self._by_lemma and all(word.lemmas for word in words):
            key = _lemma_key(" ".join(word.lemmas[0] for word in words))
            concepts += [one for one in self._by_name.get(key, ()) if one not in concepts]
        names = dict.fromkeys(name for one in concepts for name in self._concepts[one])
        return [name for name in names if name[0].lower() != written][:MAX_NAMES]

    def _keys(self, text: str, language: str) -> list[str]:
        keys = [" ".join(text.lower().split())]
        if self._by_lemma:
            tokens = analyser(language).analyse(text)
            if tokens and all(token.lemmas for token in tokens):
                keys.append(_lemma_key(" ".join(token.lemmas[0] for token in tokens)))
        return keys


def _weight(spoken: str, language: str) -> float:
    return SYNONYM_WEIGHT if spoken == language else TRANSLATION_WEIGHT


def _lemma_key(text: str) -> str:
    # Apart from names as written: a base form is not yet a name.
    return f"\t{text}"
