"""A document as the terms that engines store: the same for every engine. Pure: no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from search.analysis import Token, analyse, analyser, fingerprint
from search.documents import Document
from search.engines.base import FACETS

# Part of every index's fingerprint: raise it when engines would store something else.
SCHEMA_VERSION = 2
TYPICAL_TERMS = 60
# What a word is worth to a document's likeness to others, by the field that holds it.
_LIKENESS = {"title": 4, "description": 3, "headings": 2, "summary": 1, "other": 1}
_MIN_TYPICAL = 4


def expected_fingerprint() -> str:
    """The fingerprint of an index made by this code with this data."""
    return f"{SCHEMA_VERSION}-{fingerprint()}"


def field_texts(document: Document) -> dict[str, list[str]]:
    """The texts of each text field (the keys of ``FIELD_WEIGHTS``), in the page's order."""
    return {
        "title": [document.title],
        "description": [document.description],
        "headings": [section.heading for section in document.sections],
        "summary": [s.text for s in document.sections if s.weight == "summary"],
        "other": [s.text for s in document.sections if s.weight != "summary"],
        "attachments": list(document.attachments),
    }


def analysed_fields(document: Document) -> dict[str, list[list[Token]]]:
    """The texts of each text field as words."""
    return {
        field: [tokens for text in texts if (tokens := analyse(text, document.language))]
        for field, texts in field_texts(document).items()
    }


def all_terms(fields: dict[str, list[list[Token]]]) -> set[str]:
    """Every form, lemma and part of a document, once."""
    terms: set[str] = set()
    for texts in fields.values():
        for tokens in texts:
            for token in tokens:
                terms.add(token.form)
                terms.update(token.lemmas)
                terms.update(token.parts)
    return terms


def typical_terms(document: Document, fields: dict[str, list[list[Token]]]) -> dict[str, int]:
    """The base forms that a document uses most, with their counts: what likeness is measured by."""
    stop_words = analyser(document.language).stop_words
    counts: Counter[str] = Counter()
    for field, worth in _LIKENESS.items():
        for tokens in fields[field]:
            for token in tokens:
                if token.form not in stop_words and not token.form[0].isdigit():
                    for lemma in token.lemmas[:1]:
                        if len(lemma) >= _MIN_TYPICAL:
                            counts[lemma] += worth
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:TYPICAL_TERMS])


def facet_terms(document: Document) -> Iterator[tuple[str, str]]:
    """Every facet value of a document; its language is one by itself."""
    for key in FACETS:
        values = document.facet_values(key)
        if key == "language" and not values:
            values = (document.language,)
        for value in values:
            yield key, value


def newest_key(document: Document) -> int:
    """The moment by which documents sort as new, in seconds; 0 where there is none."""
    moment = document.published_at or document.updated_at
    return max(0, int(moment.timestamp())) if moment else 0
