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
# A part says something of the word that was asked for where it is its end, or so much of it, and
# where it is so much of the word of the text: "maa" is no hint at "maahanmuuttaja", nor is "hyvä"
# at "hyvinvointialue". In another compound it has the same place, beginning or end: who cares for a
# relative (omaishoitaja) is no authority (viranomainen), though "omainen" is a part of both.
_LEAST_PART = 4
_LEAST_SHARE = 0.3
_LEAST_SHARE_OF_FOUND = 0.4
# The words of a name of several stand so near each other, the name's length times this.
_RUN_SPREAD = 2


# Some of the words that were asked for, counted from 0.
_Asked = frozenset[int]


class Found(NamedTuple):
    """What of the query a word of a text stands for, and how much that says (of 1).

    ``asked`` are the words of the query that it answers, by their numbers.
    """

    term: str
    worth: float
    asked: _Asked


class Match(NamedTuple):
    """A word of a text that is looked for, by its place; else as ``Found``."""

    start: int
    end: int
    term: str
    worth: float
    asked: _Asked


class _Run(NamedTuple):
    """A name of several words, the base forms of each: they say something only together."""

    text: str
    words: tuple[tuple[str, ...], ...]
    worth: float
    asked: _Asked


# Of the words that were asked for: which run, and which of its words.
_Place = tuple[int, int]


_Said = tuple[float, _Asked]
_NOTHING: _Said = (0.0, frozenset())


@dataclass(slots=True)
class _Terms:
    """Terms with what a match of each says: as a word itself, and as a part of another word."""

    forms: dict[str, _Said] = field(default_factory=dict)
    lemmas: dict[str, _Said] = field(default_factory=dict)
    parts: dict[str, _Said] = field(default_factory=dict)
    beginnings: dict[str, _Said] = field(default_factory=dict)
    ends: dict[str, _Said] = field(default_factory=dict)
    runs: list[_Run] = field(default_factory=list)

    def add(self, token: Token, worth: float, asked: _Asked) -> None:
        """A word that was asked for, or another name of it."""
        _raise(self.forms, token.form, worth, asked)
        for lemma in token.lemmas:
            _raise(self.lemmas, lemma, worth, asked)

    def add_parts(self, token: Token, asked: _Asked, language: str) -> None:
        """The constituents of a word that was asked for, where they say something of it."""
        lemmas = token.lemmas or (token.form,)
        length = max(map(len, lemmas))
        ends = [part for part in token.parts if _ends(lemmas, part)]
        least = min(_LEAST_PART, max(map(len, ends), default=_LEAST_PART))
        for part in token.parts:
            if len(part) >= (least if part in ends else max(_LEAST_PART, length * _LEAST_SHARE)):
                _raise(self.parts, part, _OWN_PART, asked)
                if part in ends:
                    _raise(self.ends, part, _OWN_PART, asked)
                if _begins(lemmas, part, language):
                    _raise(self.beginnings, part, _OWN_PART, asked)


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
        for number, token in enumerate(self._own):
            terms.add(token, 1.0, frozenset({number}))
            terms.add_parts(token, frozenset({number}), language)
        stop_words = analyser(language).stop_words
        for name in self._names:
            if name.language != language:
                continue
            tokens = analyse(name.text, language)
            telling = [token for token in tokens if token.form not in stop_words] or tokens
            asked = frozenset(range(name.start, name.end))
            if len(telling) == 1:
                terms.add(telling[0], name.weight, asked)
            elif telling:
                words = tuple((token.form, *token.lemmas) for token in telling)
                terms.runs.append(_Run(name.text, words, name.weight, asked))
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
        self._language = language
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
                        Match(begin, end, f"{run.text} {at}", run.worth, run.asked)
                        for begin, end, at in kept
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
        candidates = [Found(word.form, *terms.forms.get(word.form, _NOTHING))]
        for lemma in word.lemmas:
            candidates.append(Found(lemma, *terms.lemmas.get(lemma, _NOTHING)))
            candidates.append(Found(lemma, *terms.parts.get(lemma, _NOTHING)))
        for part in word.parts:
            worth, asked = terms.lemmas.get(part, _NOTHING)
            candidates.append(Found(part, worth * _IN_COMPOUND, asked))
            if len(part) < length * _LEAST_SHARE_OF_FOUND:
                continue
            if _ends(word.lemmas, part):
                candidates.append(Found(part, *terms.ends.get(part, _NOTHING)))
            if _begins(word.lemmas, part, self._language):
                candidates.append(Found(part, *terms.beginnings.get(part, _NOTHING)))
        # Two forms of one word are the same thing said twice: named by the lemma where it can be.
        best = max(candidates, key=lambda one: (one.worth, one.term in terms.lemmas))
        if not best.worth:
            return None
        least = min(best.worth, STRONG)
        as_good = (one.asked for one in candidates if one.worth >= least)
        return best._replace(asked=best.asked.union(*as_good))


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


def _raise(terms: dict[str, _Said], text: str, worth: float, asked: _Asked) -> None:
    known, before = terms.get(text, _NOTHING)
    terms[text] = max(known, worth), before | asked


def _find(text: str, chunk: str, at: int) -> int:
    """Where a chunk stands between spaces, from ``at`` on; it does."""
    while True:
        at = text.index(chunk, at)
        end = at + len(chunk)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return at
        at += 1


def _ends(lemmas: Iterable[str], part: str) -> bool:
    return any(lemma.endswith(part) for lemma in lemmas)


def _begins(lemmas: Iterable[str], part: str, language: str) -> bool:
    """Whether a word begins with a part, which is inflected there."""
    return any(lemma.startswith(_stems(part, language)) for lemma in lemmas)


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
