"""What a query looks for in texts, and the words of a text that are it. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.analysis import Token, analyse, analyser
from search.analysis.base import normalise, surfaces
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
# No word is longer: what is looked at around a place where the letters are met.
_REACH = 100


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


class _Judge:
    """Judges words of one language."""

    def __init__(self, language: str, terms: _Terms) -> None:
        self._terms = terms
        self._word = analyser(language).word
        self._judged: dict[str, Found | None] = {}
        self._words: dict[str, set[str]] = {}
        in_runs = {term for run in terms.runs for word in run.words for term in word}
        every = {*terms.forms, *terms.lemmas, *terms.parts, *in_runs}
        self._stems = tuple({stem for term in every for stem in _stems(term, language)})

    def matches(self, text: str) -> list[Match]:
        found: list[Match] = []
        in_runs: list[tuple[int, int, str]] = []
        judged = self._judged
        for begin, end in self._places(text):
            for surface, start, stop in surfaces(text[begin:end]):
                if surface not in judged:
                    judged[surface] = self._judge(surface)
                says = judged[surface]
                if says is not None:
                    found.append(Match(begin + start, begin + stop, *says))
                if self._terms.runs:
                    in_runs.append((begin + start, begin + stop, surface))
        for run in self._terms.runs:
            found = _with(found, self._run(run, in_runs))
        return found

    def _run(self, run: _Run, words: Sequence[tuple[int, int, str]]) -> list[Match]:
        """The words of a name, where they stand together."""
        reach = len(run.text) * _RUN_SPREAD
        near: list[tuple[int, int, int]] = []
        found: dict[int, Match] = {}
        for start, stop, surface in words:
            terms = self._own_terms(surface)
            place = next((n for n, word in enumerate(run.words) if terms & set(word)), None)
            if place is None:
                continue
            near = [one for one in near if stop - one[0] <= reach] + [(start, stop, place)]
            if len({one[2] for one in near}) == len(run.words):
                for begin, end, at in near:
                    found[begin] = Match(begin, end, f"{run.text} {at}", run.worth)
                near = []
        return list(found.values())

    def _own_terms(self, surface: str) -> set[str]:
        if surface not in self._words:
            word = self._word(normalise(surface))
            self._words[surface] = {word.form, *word.lemmas}
        return self._words[surface]

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """What stands between spaces where a word may match: most can be told at a glance not to.

        Without this a page of long documents would cost the analysis of their every word.
        """
        lower = text.lower()
        if len(lower) != len(text):  # İ is two characters when small
            lower = "".join(small if len(small := c.lower()) == 1 else c for c in text)
        places: dict[int, int] = {}
        for stem in self._stems:
            at = lower.find(stem)
            while at >= 0:
                begin, end = _chunk(lower, at)
                places[begin] = max(end, places.get(begin, 0))
                at = lower.find(stem, end)
        reached = 0
        for begin, end in sorted(places.items()):
            if begin >= reached:
                yield begin, end
                reached = end

    def _judge(self, surface: str) -> Found | None:
        terms = self._terms
        word = self._word(normalise(surface))
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


def _chunk(text: str, at: int) -> tuple[int, int]:
    """The run without spaces around a place, cut where it is longer than any word."""
    floor, ceiling = max(0, at - _REACH), min(len(text), at + _REACH)
    begin = at
    while begin > floor and not text[begin - 1].isspace():
        begin -= 1
    end = at
    while end < ceiling and not text[end].isspace():
        end += 1
    return begin, max(end, at + 1)


def _stems(term: str, language: str) -> tuple[str, ...]:
    """What nearly every form of a word has in it: inflection changes the end.

    Short Finnish words change early: työ, töitä; apu, avun; aika, ajan; ikä, iän.
    """
    if len(term) > 6:
        return (term[:-4],)
    if len(term) > 4:
        return (term[:2],)
    if language != "fi" or len(term) < 3:
        return (term[:1],) if len(term) < 4 else (term[:2],)
    first, second, third = term[0], term[1], term[2]
    if second in "kptij":
        return tuple(first + after for after in dict.fromkeys((second, third, *"vdj")))
    return (first + second, first + third)
