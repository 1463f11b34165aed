"""How to go on from what was typed so far: terms, words, pages. One query of the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import Token, analyse
from search.asking import WITNESSES, Asked, ask, indexed_words, visible_pages, witnesses
from search.parser import clean
from search.queries import (
    FORMS,
    LANGUAGE,
    LEMMAS,
    PARTS,
    Best,
    Combined,
    Constant,
    Query,
    Term,
)
from search.vocabularies import Snapshot, registry

_SHORTEST = 2
_LONGEST = 80
_KEYS = ("theme", "target_group", "region")
_MAX_TERMS = 3
_MAX_WORDS = 4
_MAX_TITLES = 3
# Of so many words that begin like the last one, titles are looked for.
_COMPLETIONS = 20
_OWN_LANGUAGE_STEP = 1_000.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on from what was typed: a term's facet, a word to search for, or a page."""

    text: str
    type: str
    key: str = ""
    value: str = ""
    url: str = ""


def suggest(text: str, language: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """What a reader who typed ``text`` so far may mean: terms, indexed words, then titles."""
    text = clean(text).lower()
    if not _SHORTEST <= len(text) <= _LONGEST:
        return ()
    begin, _space, last = text.rpartition(" ")
    completions = indexed_words(last, _COMPLETIONS) if len(last) >= _SHORTEST else ()
    words = [word for word in completions if word != last][:_MAX_WORDS]
    seen_in = witnesses(words)
    titled = _titled(begin, last, completions, language)
    terms = dict(_terms(text, language))
    pages = visible_pages(sorted(frozenset(titled).union(*seen_in.values(), *terms.values())))
    # No term or word is shown that stands only in what was taken away a moment ago.
    found: dict[str, Suggestion] = {
        one.text.lower(): one for one, ids in terms.items() if not ids.isdisjoint(pages)
    }
    for word in words:
        if any(page_id in pages for page_id in seen_in[word]):
            whole = f"{begin} {word}".strip()
            found.setdefault(whole, Suggestion(whole, "word"))
    titles = [
        Suggestion(pages[pk].title, "page", url=url)
        for pk in titled
        if pk in pages and (url := pages[pk].url)
    ]
    return (*list(found.values())[: limit - len(titles)], *titles)


def _terms(text: str, language: str) -> Iterator[tuple[Suggestion, frozenset[int]]]:
    """Terms of which a word begins so, with some pages of each; those that begin so first."""
    labels = _labels(registry.snapshot(), language)
    begins = [one for label, one in labels if label.startswith(text)]
    within = [one for label, one in labels if f" {text}" in label and one not in begins]
    left = _MAX_TERMS
    for one in (*begins, *within)[: 3 * _MAX_TERMS]:
        result = ask(Asked(filters={one.key: (one.value,)}, sort="newest"), None, WITNESSES)
        if result is not None and result.hits:
            yield one, frozenset(hit.id for hit in result.hits)
            left -= 1
            if not left:
                return


@lru_cache(maxsize=6)
def _labels(names: Snapshot, language: str) -> tuple[tuple[str, Suggestion], ...]:
    found = []
    for concept in names.every():
        if concept.key in _KEYS:
            label = names.label(concept.key, concept.value, language) or ""
            found.append(
                (label.lower(), Suggestion(label, concept.key, concept.key, concept.value))
            )
    return tuple(found)


def _titled(begin: str, last: str, completions: Sequence[str], language: str) -> list[int]:
    """Pages whose title has the words, the last of which may be only begun."""
    whole = [_in_title(_terms_of(token)) for token in analyse(begin, language)]
    begun = [term for token in analyse(last, language) for term in _terms_of(token)]
    if not begun:
        return []
    query = Combined(
        must=(*whole, _in_title(dict.fromkeys((*begun, *completions)))),
        should=(Constant(Term(LANGUAGE, language), _OWN_LANGUAGE_STEP),),
    )
    result = ask(Asked(), query, _MAX_TITLES)
    return [hit.id for hit in result.hits] if result else []


def _terms_of(token: Token) -> tuple[str, ...]:
    return (token.form, *token.lemmas)


def _in_title(terms: Sequence[str] | dict[str, None]) -> Query:
    return Best(
        tuple(Term(f"title_{kind}", term) for term in terms for kind in (FORMS, LEMMAS, PARTS))
    )
