"""What a query looks for in texts, and the words of a text that are it. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.analysis import Token, analyse, analyser
from search.analysis.base import Word, normalise, surfaces
from search.parser import ParsedQuery, parse
from search.queries import Expansion, query_words

# Below this a word only hints at what was asked for.
STRONG = 0.4
# A word of the text that holds what was asked for in a compound, or that is a part of it.
_IN_COMPOUND = 0.8
_OWN_PART = 0.3
# A part says something of the word that was asked for, and of the word of the text, only where
# it makes up so much of it: "maa" is no hint at "maahanmuuttaja", nor is it in "kotimaista".
_LEAST_PART = 4
_LEAST_SHARE = 0.25
_LEAST_SHARE_OF_FOUND = 0.4
# The words of a name of several stand so near each other, the name's length times this.
_RUN_SPREAD = 2


class Found(NamedTuple):
    """What of the query a word of a text stands for, and how much that says (of 1)."""

    term: str
    worth: float


class Match(NamedTuple):
    """A word of a text that is looked for, by its place."""

    start: int
    end: int
    term: str
    worth: float


class _Run(NamedTuple):
    """A name of several words, the base forms of each: they say something only together."""

    text: str
    words: tuple[tuple[str, ...], ...]
    worth: float


# Of the words that were asked for: which run, and which of its words.
_Place = tuple[int, int]


@dataclass(slots=True)
class _Terms:
    """Terms with what a match of each says: as a word itself, and as a part of another word."""

    forms: dict[str, float] = field(default_factory=dict)
    lemmas: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    runs: list[_Run] = field(default_factory=list)

    def add(self, token: Token, worth: float) -> None:
        """A word that was asked for."""
        _raise(self.forms, token.form, worth)
        for lemma in token.lemmas:
            _raise(self.lemmas, lemma, worth)

    def add_parts(self, token: Token) -> None:
        """The constituents of a word that was asked for, where they say something of it."""
        length = max((len(lemma) for lemma in token.lemmas), default=len(token.form))
        for part in token.parts:
            if len(part) >= _LEAST_PART and len(part) >= length * _LEAST_SHARE:
                _raise(self.parts, part, _OWN_PART)


class Wanted:
    """What is looked for: the query's words in any text, other names in texts of their language.

    Remembers the words it has judged: ask one for all the texts of an answer.
    """

    def __init__(self, own: Iterable[Token] = (), names: Iterable[Expansion] = ()) -> None:
        self._own = tuple(own)
        self._names = tuple(names)
        self._judges: dict[str, _Judge] = {}

    def __bool__(self) -> bool:
        return bool(self._own)

    def matches(self, text: str, language: str) -> list[Match]:
        """The words of a text that match, in order."""
        if not self._own or not text:
            return []
        judge = self._judges.get(language)
        if judge is None:
            judge = self._judges[language] = _Judge(language, self._terms(language))
        return judge.matches(text)

    def _terms(self, language: str) -> _Terms:
        terms = _Terms()
        for token in self._own:
            terms.add(token, 1.0)
            terms.add_parts(token)
        stop_words = analyser(language).stop_words
        for name in self._names:
            if name.language != language:
                continue
            tokens = analyse(name.text, language)
            telling = [token for token in tokens if token.form not in stop_words] or tokens
            if len(telling) == 1:
                terms.add(telling[0], name.weight)
            elif telling:
                words = tuple((token.form, *token.lemmas) for token in telling)
                terms.runs.append(_Run(name.text, words, name.weight))
        return terms


def wanted(text: str | ParsedQuery, language: str, expansions: Sequence[Expansion] = ()) -> Wanted:
    """What is looked for in texts by a query; exclusions are not."""
    parsed = text if isinstance(text, ParsedQuery) else parse(text)
    own = list(query_words(parsed, language)) if parsed.words else []
    for phrase in parsed.phrases:
        own += analyse(phrase, language)
    return Wanted(own, expansions)


class _Read(NamedTuple):
    """A word within what stands between two spaces: what it says, and its places in runs."""

    start: int
    end: int
    says: Found | None
    places: tuple[_Place, ...]


class _Judge:
    """Judges words of one language. What stands between two spaces is judged once."""

    def __init__(self, language: str, terms: _Terms) -> None:
        self._terms = terms
        self._word = analyser(language).word
        self._known: dict[str, tuple[_Read, ...]] = {}
        self._in_runs: dict[str, list[_Place]] = {}
        for number, run in enumerate(terms.runs):
            for place, word in enumerate(run.words):
                for term in word:
                    self._in_runs.setdefault(term, []).append((number, place))
        self._every = {*terms.forms, *terms.lemmas, *terms.parts}
        every = self._every | self._in_runs.keys()
        stems = {stem for term in every for stem in _stems(term, language)}
        self._hint = re.compile("|".join(sorted(map(re.escape, stems))) or "(?!)")

    def matches(self, text: str) -> list[Match]:
        chunks = text.split()
        known = self._known
        new = set(chunks).difference(known)
        known.update(dict.fromkeys(new, ()))
        hints_at = self._hint.search
        for chunk in new:
            # Most can be told at a glance not to match, without analysis.
            if hints_at(chunk.lower()):
                known[chunk] = self._read(chunk)
        found: list[Match] = []
        in_runs: list[tuple[int, int, tuple[_Place, ...]]] = []
        at = 0
        for chunk in chunks:
            if not known[chunk]:
                continue
            at = _find(text, chunk, at)
            for begin, end, says, places in known[chunk]:
                if says is not None:
                    found.append(Match(at + begin, at + end, *says))
                if places:
                    in_runs.append((at + begin, at + end, places))
            at += len(chunk)
        return _with(found, self._run_matches(in_runs)) if in_runs else found

    def _read(self, chunk: str) -> tuple[_Read, ...]:
        """The words that match in what stands between two spaces."""
        return tuple(
            _Read(start, end, says, places)
            for surface, start, end in surfaces(chunk)
            for says, places in (self._judge(surface),)
            if says is not None or places
        )

    def _run_matches(self, words: Sequence[tuple[int, int, tuple[_Place, ...]]]) -> list[Match]:
        """The words of names of several, where they stand together."""
        found: list[Match] = []
        near: dict[int, list[tuple[int, int, int]]] = {}
        for start, stop, places in words:
            for number, place in places:
                run = self._terms.runs[number]
                reach = stop - len(run.text) * _RUN_SPREAD
                kept = [one for one in near.get(number, ()) if one[0] >= reach]
                near[number] = kept = [*kept, (start, stop, place)]
                if len({one[2] for one in kept}) == len(run.words):
                    found += [
                        Match(begin, end, f"{run.text} {at}", run.worth) for begin, end, at in kept
                    ]
                    near[number] = []
        return found

    def _judge(self, surface: str) -> tuple[Found | None, tuple[_Place, ...]]:
        word = self._word(normalise(surface))
        own = (word.form, *word.lemmas)
        places = tuple({place for term in own for place in self._in_runs.get(term, ())})
        if self._every.isdisjoint(own) and self._every.isdisjoint(word.parts):
            return None, places
        return self._best(surface, word), places

    def _best(self, surface: str, word: Word) -> Found | None:
        terms = self._terms
        length = max((len(lemma) for lemma in word.lemmas), default=len(surface))
        candidates = [Found(word.form, terms.forms.get(word.form, 0.0))]
        for lemma in word.lemmas:
            candidates.append(Found(lemma, terms.lemmas.get(lemma, 0.0)))
            candidates.append(Found(lemma, terms.parts.get(lemma, 0.0)))
        for part in word.parts:
            candidates.append(Found(part, terms.lemmas.get(part, 0.0) * _IN_COMPOUND))
            if len(part) >= length * _LEAST_SHARE_OF_FOUND:
                candidates.append(Found(part, terms.parts.get(part, 0.0)))
        # Two forms of one word are the same thing said twice: named by the lemma where it can be.
        best = max(candidates, key=lambda one: (one.worth, one.term in terms.lemmas))
        return best if best.worth else None


def _with(matches: list[Match], others: list[Match]) -> list[Match]:
    """All these matches in order; of two of one word, the one that says more."""
    if not others:
        return matches
    best: dict[int, Match] = {}
    for match in (*matches, *others):
        known = best.get(match.start)
        if known is None or known.worth < match.worth:
            best[match.start] = match
    return [best[start] for start in sorted(best)]


def _raise(terms: dict[str, float], text: str, worth: float) -> None:
    terms[text] = max(terms.get(text, 0.0), worth)


def _find(text: str, chunk: str, at: int) -> int:
    """Where a chunk stands between spaces, from ``at`` on; it does."""
    while True:
        at = text.index(chunk, at)
        end = at + len(chunk)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return at
        at += 1


def _stems(term: str, language: str) -> tuple[str, ...]:
    """What nearly every form of a word has in it: inflection changes the end.

    Short Finnish words change early: työ, töitä; apu, avun; aika, ajan; ikä, iän; poika, pojan.
    """
    if len(term) > 6:
        return (term[: max(4, len(term) - 4)],)
    if len(term) > 4:
        if term.endswith("si"):  # lapsi, lasten; kaksi, kahden
            return (term[:2],)
        changed = {"i": "j", "h": "k"}.get(term[2]) if language == "fi" else None
        return (term[:3], term[:2] + changed) if changed else (term[:3],)
    if language != "fi" or len(term) < 3:
        return (term[:1],) if len(term) < 4 else (term[:2],)
    first, second, third = term[0], term[1], term[2]
    if second in "kptij":
        return tuple(first + after for after in dict.fromkeys((second, third, *"vdj")))
    return (first + second, first + third) if len(term) == 3 else (first + second,)
