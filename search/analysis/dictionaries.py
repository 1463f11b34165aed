"""What Swedish and English have in common: base forms from simplemma, stems from Snowball."""

from __future__ import annotations

from importlib.metadata import version

import simplemma
from simplemma import Lemmatizer

from search.analysis.base import MIN_PART, Analyser, Terms, unique
from search.analysis.forms import FormTable
from search.analysis.stemming import SafeStemmer


class DictionaryAnalyser(Analyser):
    """Base forms by dictionary; for an unknown word its stem. Data is loaded at the first word."""

    stemmer_name = ""

    def __init__(self, table: FormTable | None = None) -> None:
        super().__init__(table)
        # Words are cached in the base class; a second cache would only cost memory.
        self._lemmatizer = Lemmatizer(cache_max_size=1)
        self._stemmer = SafeStemmer(self.stemmer_name)

    def data_version(self) -> str:
        """The versions of the dictionary and of the stemmer."""
        return f"simplemma-{version('simplemma')}-pystemmer-{version('pystemmer')}"

    def known(self, word: str) -> bool:
        """Whether the dictionary has the word, in any form."""
        return simplemma.is_known(word, lang=self.language)

    def lemma(self, word: str) -> str:
        """The base form by the dictionary and its rules."""
        return self._lemmatizer.lemmatize(word, lang=self.language).lower()

    def _terms(self, word: str) -> Terms:
        lower = word.lower()
        known = self.known(word)
        for mark in (":", "'"):
            if mark in word and not known:
                # An abbreviation or a name with an ending: THL:s, THL's.
                lower = lower.partition(mark)[0]
                return Terms((lower,), ())
        if "-" in word:
            terms = self._hyphenated(lower)
            return self._made([self.lemma(word)], list(terms.parts)) if known else terms
        if not known:
            return self._unknown(lower)
        lemma = self.lemma(word)
        stem = self._stemmer.stem(lower.partition("'")[0])
        return self._made([lemma], [*self._constituents(lemma), stem])

    def _hyphenated(self, lower: str) -> Terms:
        pieces = [piece for piece in lower.split("-") if piece]
        terms = [self._terms(piece) for piece in pieces]
        lemma = "-".join([*pieces[:-1], terms[-1].lemmas[0]]) if terms else lower
        return self._made([lemma], [part for one in terms for part in (*one.lemmas, *one.parts)])

    def _unknown(self, lower: str) -> Terms:
        return self._made([lower, self._stemmer.stem(lower)], [])

    def _constituents(self, lemma: str) -> list[str]:
        return []

    @staticmethod
    def _made(lemmas: list[str], parts: list[str]) -> Terms:
        return Terms(
            unique(lemmas),
            unique([part for part in parts if len(part) >= MIN_PART and part not in lemmas]),
        )
