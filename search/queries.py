"""Text to query: the tree (``search.query_tree``) that every engine translates.

Pure: no Django. ``build_query`` is the one builder: pages, the API and ``search_eval`` ask it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from search.analysis import Token, analyse, analyser
from search.analysis.families import families
from search.parser import Clause, ParsedQuery, parse
from search.query_tree import (
    TIE_BREAKER,
    Best,
    Combined,
    Constant,
    Everything,
    Phrase,
    Query,
    Steps,
    Term,
    terms,
)

__all__ = [
    "Best",
    "Combined",
    "Constant",
    "Everything",
    "Phrase",
    "Query",
    "Steps",
    "Term",
    "terms",
]

# The text fields of a document and what a match in each is worth. Each is indexed as three
# fields: the words' forms, lemmas (with positions) and parts. What stands in each, and how often
# it counts there, is ``FOLDED``: a field more is a list more to read for each term of a question.
# The steps are wide because a field that few documents have is short on average, and BM25 then
# holds a match in it for a long text.
FIELD_WEIGHTS: dict[str, float] = {"title": 10.0, "lead": 4.0, "body": 1.0, "names": 0.6}
FOLDED: dict[str, dict[str, int]] = {
    "title": {"title": 1},
    "lead": {"description": 2, "headings": 1},
    "body": {"summary": 2, "other": 1},
    "names": {"facts": 1, "attachments": 1},
}
FORMS, LEMMAS, PARTS = "forms", "lemmas", "parts"
# Every term of a document once, whatever field and kind: says cheaply which documents match.
ANYWHERE = "anywhere"
# The families of all words of a document, and the base forms that its sections begin with.
FAMILIES, OPENINGS = "families", "openings"
WHOLE_FIELDS = (FAMILIES, OPENINGS)
# The base forms that a document uses most.
TYPICAL_FIELD = "typical_terms"
TITLE = "title_exact"
LANGUAGE = "facet_language"

# Measured on the dev queries (see tests/relevance): the weight of each way to match a word.
FORM_WEIGHT = 0.5
LEMMA_WEIGHT = 1.0
COMPOUND_WEIGHT = 0.7
OWN_PART_WEIGHT = 0.5
# In a whole document: its fields weigh nothing here.
FAMILY_WEIGHT = 0.5
OPENING_WEIGHT = 0.67
NEAR_SLOP = 4
# What words that stand near each other, or as a phrase, add to the words' scores (times the
# field's weight). Constants, since engines score phrases each in their own way.
NEAR_BONUS = 1.0
PHRASE_BONUS = 4.0
# Of equally good documents those in the reader's language are first: a word that few documents
# have, since few are in its language, would else count for more than the reader's own. This is
# the difference that a word makes in a title if ten or twenty times fewer documents have it.
LANGUAGE_BONUS = 30.0
# Where words stand in a text is costly to read: only of so many documents, the best without it,
# and of a question's first words.
NEAR_WINDOW = 100
NEAR_WORDS = 10
# Steps that no sum of word scores reaches: a whole title, then all words in a title, then all
# words by their own terms or other names, then some words.
EXACT_TITLE_STEP = 40_000.0
WORDS_STEP = 10_000.0


class _Name(NamedTuple):
    """Another name: documents that have it, and those that have at least a part or its family."""

    itself: Query
    weakly: Query


_Names = dict[int, tuple[_Name, ...]]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Another name, in any language, for the query's words ``start`` to ``end`` (not included).

    Words are counted as ``query_words`` gives them.
    """

    start: int
    end: int
    text: str
    language: str
    weight: float = 0.8


def query_words(parsed: ParsedQuery, language: str) -> tuple[Token, ...]:
    """The words that count: those of phrases apart, without the ones that decide nothing."""
    tokens = analyse(parsed.words, language)
    stop_words = analyser(language).stop_words
    telling = [token for token in tokens if token.form not in stop_words]
    return tuple(telling or tokens)


def build_query(
    text: str | ParsedQuery, language: str, expansions: Sequence[Expansion] = ()
) -> Query | None:
    """The query for a text typed by a reader of ``language``; ``None`` where it asks nothing."""
    parsed = text if isinstance(text, ParsedQuery) else parse(text)
    words = query_words(parsed, language)
    phrases = [tokens for clause in parsed.phrases if (tokens := analyse(clause, language))]
    # A phrase is costly to look for: what must match is also what adds to the score.
    must: list[Query] = [
        bonus
        for tokens in phrases
        for bonus in _bonus(tokens, PHRASE_BONUS) or (Constant(_phrase(tokens), 0.0),)
    ]
    without = [
        excluded
        for clause in parsed.exclusions
        if (excluded := _excluded(clause, language)) is not None
    ]
    if not words and not must:
        return Combined(must=(Everything(),), without=tuple(without)) if without else None
    should: list[Query] = [Constant(Term(TITLE, title_key(parsed.text)), EXACT_TITLE_STEP)]
    for tokens in phrases:
        should += [Best(_own_terms(token)) for token in tokens]
    if words:
        names = _names(words, expansions)
        if names:
            should.append(Constant(Term(LANGUAGE, language), LANGUAGE_BONUS))
        must.append(_steps(words, names))
        should += _scores(words, names, language)
    return Combined(tuple(must), tuple(should), tuple(without), near=_near(words))


def title_key(text: str) -> str:
    """A title as it is compared with a whole query: its letters and digits, small."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _matching(words: Sequence[Token], names: _Names) -> Query:
    """The documents that match at all: with many words, those that have half of them."""
    minimum = max(1, len(words) // 2)
    return Combined(
        should=tuple(_weak(index, word, names) for index, word in enumerate(words)),
        minimum=minimum,
    )


def _scores(words: Sequence[Token], names: _Names, language: str) -> list[Query]:
    """What each word's best match is worth."""
    return [
        Best((*_ways(word, language), *(name.weakly for name in names.get(index, ()))))
        for index, word in enumerate(words)
    ]


def _steps(words: Sequence[Token], names: _Names) -> Query:
    """The documents that match, all words before some."""
    steps = [_matching(words, names)]
    # Parts make no step: who asks for "omaishoitajien tukeminen" wants what has "omaishoitaja"
    # before what has both words by halves, such as "terveydenhoitaja" beside "tuki". Parts count
    # by their scores.
    if len(words) > 1 or words[0].parts or names:
        steps.append(_all([_strong(index, word, names) for index, word in enumerate(words)]))
    if len(words) > 1:
        steps.append(_all([_in_title(word) for word in words]))
    return Steps(tuple(reversed(steps)), WORDS_STEP)


def _all(children: Sequence[Query]) -> Query:
    return children[0] if len(children) == 1 else Combined(must=tuple(children))


def _strong(index: int, word: Token, names: _Names) -> Query:
    """Documents that have the word itself, alone or in a compound, or another name of it."""
    terms = dict.fromkeys((word.form, *word.lemmas))
    others = (name.itself for name in names.get(index, ()))
    return Best((*(Term(ANYWHERE, term) for term in terms), *others))


def _in_title(word: Token) -> Query:
    """Documents whose title has the word, inflected or not."""
    ways = [Term(f"title_{LEMMAS}", lemma) for lemma in word.lemmas]
    return Best((Term(f"title_{FORMS}", word.form), *ways))


def _weak(index: int, word: Token, names: _Names) -> Query:
    """Documents that have the word, one of its parts, or another name of it.

    Not its family: "järjestelmä" begins as "järjestö" does. Families lift what matches otherwise,
    and say what follows the results (``search.feedback``).
    """
    terms = dict.fromkeys((word.form, *word.lemmas, *word.parts))
    ways = [Term(ANYWHERE, term) for term in terms]
    return Best((*ways, *(name.weakly for name in names.get(index, ()))))


def _ways(word: Token, language: str) -> tuple[Query, ...]:
    """Every way to score a word: itself, its parts, its family, and as what a section is about."""
    return (
        *_own_terms(word),
        *_part_terms(word),
        *_family_terms(word, language),
        *_opening_terms(word),
    )


def _family_terms(word: Token, language: str, scale: float = 1.0) -> tuple[Query, ...]:
    """The word's family, wherever it stands."""
    return tuple(
        Term(FAMILIES, family, FAMILY_WEIGHT * scale) for family in families(word.lemmas, language)
    )


def _opening_terms(word: Token, scale: float = 1.0) -> tuple[Query, ...]:
    """The word where a section begins: it says what the section is about."""
    return tuple(Term(OPENINGS, lemma, OPENING_WEIGHT * scale) for lemma in word.lemmas)


def _own_terms(word: Token, scale: float = 1.0) -> tuple[Query, ...]:
    """The word itself: as it was typed, by its lemmas, and as a part of compounds."""
    terms: list[Query] = []
    for field, weight in FIELD_WEIGHTS.items():
        worth = weight * scale
        terms.append(Term(f"{field}_{FORMS}", word.form, worth * FORM_WEIGHT))
        for lemma in word.lemmas:
            terms.append(Term(f"{field}_{LEMMAS}", lemma, worth * LEMMA_WEIGHT))
            terms.append(Term(f"{field}_{PARTS}", lemma, worth * COMPOUND_WEIGHT))
    return tuple(terms)


def _part_terms(word: Token, scale: float = 1.0) -> tuple[Query, ...]:
    """The word's own constituents, alone or in other compounds."""
    return tuple(
        Term(f"{field}_{kind}", part, weight * scale * OWN_PART_WEIGHT)
        for field, weight in FIELD_WEIGHTS.items()
        for part in word.parts
        for kind in (LEMMAS, PARTS)
    )


def _names(words: Sequence[Token], expansions: Sequence[Expansion]) -> _Names:
    """For each word the other names that stand for it (or for a run of words it is in)."""
    names: _Names = {}
    for expansion in expansions:
        tokens = analyse(expansion.text, expansion.language)
        if not tokens or not 0 <= expansion.start < expansion.end <= len(words):
            continue
        if len(tokens) == 1:
            made = _single(tokens[0], expansion.language, expansion.weight)
        else:
            stop_words = analyser(expansion.language).stop_words
            run = _run(tokens, stop_words, expansion.weight)
            made = _Name(run, run)
        # In texts of its language only: the same letters mean something else in another one.
        spoken = Constant(Term(LANGUAGE, expansion.language), 0.0)
        name = _Name(*(Combined(must=(spoken, query)) for query in made))
        # A name for a run of words counts for each of them.
        for index in range(expansion.start, expansion.end):
            names[index] = (*names.get(index, ()), name)
    return names


def _single(token: Token, language: str, scale: float) -> _Name:
    """A name of one word, looked for in every way that a word of the query is."""
    itself = Best(_own_terms(token, scale))
    rest = scale * TIE_BREAKER
    ways = Best((*_own_terms(token, scale), *_part_terms(token, scale)))
    more = (*_family_terms(token, language, rest), *_opening_terms(token, rest))
    weakly = Combined(must=(ways,), should=more)
    return _Name(itself, weakly)


def _run(tokens: Sequence[Token], stop_words: frozenset[str], scale: float) -> Query:
    """A name of several words: its words anywhere, worth more as a phrase.

    An "and" in it is no word of the name: it would be met, and marked, in every text.
    """
    telling = [token for token in tokens if token.form not in stop_words]
    if len(telling) < 2:
        telling = list(tokens)
    # However many words it has, it stands for one name: their scores add up.
    share = scale / len(telling)
    return Combined(
        must=tuple(Best(_own_terms(token, share)) for token in telling),
        should=_bonus(telling, PHRASE_BONUS * scale, slop=len(tokens) - len(telling)),
    )


def _near(words: Sequence[Token]) -> tuple[Query, ...]:
    """Neighbouring words of the query that stand near each other in the text."""
    return tuple(
        bonus
        for pair in pairwise(words[:NEAR_WORDS])
        for bonus in _bonus(pair, NEAR_BONUS, slop=NEAR_SLOP)
    )


def _bonus(tokens: Sequence[Token], size: float, *, slop: int = 0) -> tuple[Query, ...]:
    """What words are worth beside their own scores where they stand as a phrase."""
    if len(tokens) < 2:
        return ()
    positions = tuple(token.lemmas for token in tokens)
    return (
        Best(
            tuple(
                Constant(Phrase(f"{field}_{LEMMAS}", positions, slop), weight * size)
                for field, weight in FIELD_WEIGHTS.items()
            )
        ),
    )


def _phrase(tokens: Sequence[Token]) -> Query:
    """Documents that have the words as a phrase; one word alone as itself or in a compound."""
    if len(tokens) == 1:
        terms = dict.fromkeys((tokens[0].form, *tokens[0].lemmas))
        return Best(tuple(Term(ANYWHERE, term) for term in terms))
    positions = tuple(token.lemmas for token in tokens)
    return Best(tuple(Phrase(f"{field}_{LEMMAS}", positions) for field in FIELD_WEIGHTS))


def _excluded(clause: Clause, language: str) -> Query | None:
    tokens = analyse(clause.text, language)
    if clause.phrase and len(tokens) > 1:
        return _phrase(tokens)
    terms = tuple(
        Term(f"{field}_{LEMMAS}", lemma)
        for token in tokens
        for field in FIELD_WEIGHTS
        for lemma in token.lemmas
    )
    return Best(terms) if terms else None
