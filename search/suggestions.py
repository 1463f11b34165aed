"""How to go on from what was typed so far: terms, words, pages."""

from __future__ import annotations

from dataclasses import dataclass

from search.asking import Asked, ask, indexed_words, understand, visible_pages
from search.parser import clean
from search.vocabularies import registry

_SHORTEST = 2
_KEYS = ("theme", "target_group", "region")


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
    if len(text) < _SHORTEST:
        return ()
    names = registry.snapshot()
    found: dict[str, Suggestion] = {}
    for concept in names.every():
        label = names.label(concept.key, concept.value, language) or ""
        if concept.key in _KEYS and label.lower().startswith(text):
            found[label.lower()] = Suggestion(label, concept.key, concept.key, concept.value)
    begin, _space, last = text.rpartition(" ")
    for word in indexed_words(last, limit) if len(last) >= _SHORTEST else ():
        whole = f"{begin} {word}".strip()
        if whole != text:
            found.setdefault(whole, Suggestion(whole, "word"))
    result = ask(Asked(text=text), understand(text, language).query, 3)
    ids = [hit.id for hit in result.hits] if result else []
    pages = visible_pages(ids)
    titles = [
        Suggestion(pages[pk].title, "page", url=pages[pk].url or "") for pk in ids if pk in pages
    ]
    return (*list(found.values())[: limit - len(titles)], *titles)
