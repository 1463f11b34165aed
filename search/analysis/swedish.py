"""Swedish: base forms by dictionary, and compounds taken apart by the same dictionary."""

from __future__ import annotations

from functools import lru_cache

from search.analysis.base import Terms, Token
from search.analysis.dictionaries import DictionaryAnalyser
from search.analysis.forms import FormTable

MIN_CONSTITUENT = 4
# Longer words are taken apart up to here; the search is quadratic in the word's length.
MAX_COMPOUND = 40
_LINKS = ("s", "o", "a", "e", "u")


class SwedishAnalyser(DictionaryAnalyser):
    """Analyses Swedish words."""

    language = "sv"
    stemmer_name = "swedish"
    joining = frozenset({"och", "eller", "samt"})
    stop_words = frozenset(
        "och eller samt att som det den de en ett i på av för till med om är var vara har hade han "
        "hon vi jag du ni inte från vid men så när hur vad vilken vilka dess deras detta denna "
        "dessa sin sitt sina kan ska".split()
    )

    def __init__(self, table: FormTable | None = None) -> None:
        super().__init__(table)
        self._split = lru_cache(20_000)(self._find_split)

    def _unknown(self, lower: str) -> Terms:
        # The dictionary lacks most compounds: the head's base form after the rest as written.
        for cut in range(MIN_CONSTITUENT - 1, min(len(lower), MAX_COMPOUND) - MIN_CONSTITUENT + 1):
            head = lower[cut:]
            if not self.known(head):
                continue
            lemma = lower[:cut] + self.lemma(head)
            pieces = self._split(lemma)
            if pieces:
                return self._made([lemma], [*self._all_parts(pieces), self._stemmer.stem(lower)])
        return super()._unknown(lower)

    def _constituents(self, lemma: str) -> list[str]:
        pieces = self._split(lemma)
        return self._all_parts(pieces) if pieces else []

    def _all_parts(self, pieces: tuple[tuple[str, str], ...]) -> list[str]:
        """Each constituent's base form, and the compounds that lie inside the compound."""
        parts = [lemma for _, lemma in pieces]
        count = len(pieces)
        for start in range(count):
            for end in range(start + 2, count + 1):
                if end - start < count:
                    written = "".join(piece for piece, _ in pieces[start : end - 1])
                    parts.append(written + pieces[end - 1][1])
        return parts

    def _find_split(self, word: str) -> tuple[tuple[str, str], ...]:
        """The word as constituents, (as written, base form) each; empty where it is none."""
        best: tuple[tuple[str, str], ...] = ()
        if len(word) > MAX_COMPOUND:
            return best
        for cut in range(MIN_CONSTITUENT - 1, len(word) - MIN_CONSTITUENT + 1):
            head = word[cut:]
            modifier = self._modifier(word[:cut])
            if not modifier:
                continue
            if self._is_lemma(head):
                found: tuple[tuple[str, str], ...] = ((word[:cut], modifier), (head, head))
            else:
                rest = self._split(head)
                if not rest:
                    continue
                found = ((word[:cut], modifier), *rest)
            # Fewer constituents are likelier; of equals, the one with the longest head.
            if not best or len(found) < len(best):
                best = found
        return best

    def _modifier(self, written: str) -> str:
        """The base form of a constituent before the head: ``verksamhets`` is ``verksamhet``."""
        if len(written) >= MIN_CONSTITUENT and self._is_lemma(written):
            return written
        stripped = written[:-1]
        if written[-1:] in _LINKS and len(stripped) >= MIN_CONSTITUENT and self._is_lemma(stripped):
            return stripped
        for ending in ("a", "e"):
            # skol- is skola.
            if len(written) >= MIN_CONSTITUENT and self._is_lemma(written + ending):
                return written + ending
        if len(written) > MIN_CONSTITUENT and self.known(written):
            # A form that is not the base form: äldre-.
            return self.lemma(written)
        return ""

    def _is_lemma(self, word: str) -> bool:
        return self.known(word) and self.lemma(word) == word

    def _whole(self, half: Token, other: Token, forward: bool) -> str | None:
        # hälso- och sjukvård: only the half before the whole; the other order is not written.
        if not forward or not other.lemmas:
            return None
        pieces = self._split(other.lemmas[0])
        return half.form + pieces[-1][1] if pieces else None
