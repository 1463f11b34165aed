"""A document as engines store it: the same terms and keys for every engine. Pure: no Django."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter, itemgetter

from search.analysis import analyser, fingerprint
from search.analysis.base import MAX_LEMMAS, Word
from search.analysis.families import of_words
from search.collation import sort_key
from search.documents import Document, digest
from search.engines.base import FACETS
from search.queries import FAMILIES, FOLDED, OPENINGS, title_key

# Part of every index's fingerprint: raise it when engines would store something else.
SCHEMA_VERSION = 8
# Every document has this token once, at the end, in each BM25 field (forms, lemmas and parts of
# every field in ``FIELD_WEIGHTS``, and ``WHOLE_FIELDS``), whether or not it has any words there:
# one engine counts all documents and one those that have the field, and so both count the same
# ones, with the same average lengths. No word of a text or a query is this.
FILLER = "\u00a7"
# No more lemmas than this stand at one position of a text: analysis gives no more.
POSITION_LEMMAS = MAX_LEMMAS
# Of a section's text the first words say what it is about: so many.
OPENING_WORDS = 15
TYPICAL_TERMS = 60
SIMILAR_TERMS = 25
# Documents are alike that share so many of the terms telling what one is about, and of those
# terms' weight this part: of models and of librarians' answers on quite other subjects, which share
# words such as "vuosi" and "käydä", few reach it.
LEAST_SHARED = 3
LEAST_SHARE = 0.25
_SORT_LENGTH = 200
# A moment and a page's number in 63 bits, until the year 2106 and two thousand million pages.
_MAX_SECONDS = 2**32 - 1
_NUMBER_BITS = 31
# What a word is worth to a document's likeness to others, by the field that holds it.
_LIKENESS = {"title": 4, "description": 3, "headings": 2, "summary": 1, "other": 1}
_MIN_TYPICAL = 4
_SECTIONS = ("summary", "other")
# Of a word, without a frame of Python for each of a document's thousand.
_form, _lemmas, _parts = attrgetter("form"), attrgetter("lemmas"), attrgetter("parts")
_first = itemgetter(0)


def expected_fingerprint() -> str:
    """The fingerprint of an index made by this code with this data."""
    return f"{SCHEMA_VERSION}-{fingerprint()}"


def field_texts(document: Document) -> dict[str, list[str]]:
    """The texts of each kind (as ``FOLDED`` names them), in the page's order."""
    return {
        "title": [document.title],
        "description": [document.description],
        "headings": [section.heading for section in document.sections],
        "summary": [s.text for s in document.sections if s.weight == "summary"],
        "other": [s.text for s in document.sections if s.weight != "summary"],
        "facts": list(document.facts),
        "attachments": list(document.attachments),
    }


Fields = dict[str, list[list[Word]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index holds of a document.

    ``fields`` has the words of each text by its kind, ``anywhere`` all their terms once,
    ``typical`` the base forms used most with their counts, ``whole`` the terms of each of
    ``WHOLE_FIELDS``.
    By ``title_key``, a text, and ``newest_key``, a number (engines read pages far down a list by
    it a hundred times faster), documents sort; each key is its document's own, so that there are
    no ties.
    """

    id: int
    language: str
    digest: str
    title: str
    title_key: str
    newest_key: int
    facets: tuple[tuple[str, str], ...]
    fields: Fields
    anywhere: tuple[str, ...]
    typical: dict[str, int]
    whole: dict[str, list[str]]


def folded(fields: Fields, field: str) -> list[tuple[list[Word], int]]:
    """The texts of a text field as words, and how often each counts there."""
    return [(words, times) for kind, times in FOLDED[field].items() for words in fields[kind]]


def entry(document: Document) -> Entry:
    """A document, analysed."""
    spoken = analyser(document.language)
    texts = field_texts(document)
    analysed = iter(spoken.indexed(list(chain.from_iterable(texts.values()))))
    fields = {
        field: [words for words in islice(analysed, len(of_field)) if words]
        for field, of_field in texts.items()
    }
    moment = document.published_at or document.updated_at
    seconds = min(max(0, int(moment.timestamp())), _MAX_SECONDS) if moment else 0
    return Entry(
        id=document.id,
        language=document.language,
        digest=digest(document),
        title=title_key(document.title),
        title_key=f"{sort_key(document.title)[:_SORT_LENGTH]}\t{document.id:012d}",
        newest_key=(_MAX_SECONDS - seconds) << _NUMBER_BITS | document.id,
        facets=tuple(_facet_terms(document)),
        fields=fields,
        anywhere=tuple(_all_terms(fields)),
        typical=_typical_terms(document, fields),
        whole=_whole(fields, document.language),
    )


def common(typicals: Collection[Mapping[str, int]]) -> dict[str, float]:
    """The terms typical of more than one of some documents, by the share of them that they are."""
    shares: dict[str, float] = {}
    holders: Counter[str] = Counter()
    for counts in typicals:
        total = sum(counts.values())
        holders.update(counts.keys())
        for term, count in counts.items():
            shares[term] = shares.get(term, 0.0) + count / total
    least = min(2, len(typicals))
    shared = [(term, share) for term, share in shares.items() if holders[term] >= least]
    return dict(sorted(shared, key=lambda item: (-item[1], item[0]))[:TYPICAL_TERMS])


def likeness(
    typical: Mapping[str, float], documents: int, frequency: Callable[[str], int]
) -> list[tuple[str, float]]:
    """The terms that tell most what a document is about, each with its weight.

    ``frequency`` says in how many of all ``documents`` a term is typical.
    """
    weights = {
        term: count * math.log(1 + documents / (1 + frequency(term)))
        for term, count in typical.items()
    }
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return ranked[:SIMILAR_TERMS]


def is_alike(telling: Sequence[tuple[str, float]], other: Collection[str]) -> bool:
    """Whether a document is alike enough to be told of beside another.

    ``telling`` are the terms that ``likeness`` gives of the one, ``other`` those typical of the
    other. Told by terms and not by an engine's score, so that every engine leaves out the same.
    """
    shared = [weight for term, weight in telling if term in other]
    # Of a draft that has but a title, half of its words are enough.
    least = min(LEAST_SHARED, (len(telling) + 1) // 2)
    whole = sum(weight for _, weight in telling)
    return bool(shared) and len(shared) >= least and sum(shared) >= LEAST_SHARE * whole


def typical(document: Document) -> dict[str, int]:
    """The base forms that a document uses most, with their counts: what likeness is measured by."""
    # Not by way of the table of forms: this may be a draft.
    return _typical_terms(document, analysed_fields(document, analyser(document.language).words))


def analysed_fields(document: Document, words_of: Callable[[str], list[Word]]) -> Fields:
    """The texts of each kind as words, as ``words_of`` gives them."""
    return _analysed(field_texts(document), words_of)


def _analysed(texts: dict[str, list[str]], words_of: Callable[[str], list[Word]]) -> Fields:
    return {
        field: [words for text in of_field if (words := words_of(text))]
        for field, of_field in texts.items()
    }


def _all_terms(fields: Fields) -> set[str]:
    """Every form, lemma and part of a document, once."""
    # To leave out words that come again would cost more than to take their terms again.
    words = list(chain.from_iterable(chain.from_iterable(fields.values())))
    terms = set(map(_form, words))
    terms.update(chain.from_iterable(map(_lemmas, words)))
    terms.update(chain.from_iterable(map(_parts, words)))
    return terms


def _whole(fields: Fields, language: str) -> dict[str, list[str]]:
    """The families of all words of a document, and what its sections begin with."""
    words = chain.from_iterable(chain.from_iterable(fields.values()))
    kin = chain.from_iterable(map(of_words(language), map(_lemmas, words)))
    beginnings = (words[:OPENING_WORDS] for field in _SECTIONS for words in fields[field])
    opening = chain.from_iterable(map(_lemmas, chain.from_iterable(beginnings)))
    return {
        FAMILIES: [*kin, FILLER],
        OPENINGS: [*opening, FILLER],
    }


def _typical_terms(document: Document, fields: Fields) -> dict[str, int]:
    stop_words = analyser(document.language).stop_words
    counts: Counter[str] = Counter()
    for field, worth in _LIKENESS.items():
        used = Counter(map(_first, map(_lemmas, chain.from_iterable(fields[field]))))
        if worth == 1:
            counts.update(used)
        else:
            counts.update({lemma: worth * count for lemma, count in used.items()})
    telling = (
        (lemma, count)
        for lemma, count in counts.most_common()
        if len(lemma) >= _MIN_TYPICAL and lemma not in stop_words and not lemma[0].isdigit()
    )
    return dict(islice(telling, TYPICAL_TERMS))


def _facet_terms(document: Document) -> Iterator[tuple[str, str]]:
    """Every facet value of a document; its language is one by itself."""
    for key in FACETS:
        values = document.facet_values(key)
        if key == "language" and not values:
            values = (document.language,)
        for value in values:
            yield key, value
