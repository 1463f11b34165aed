"""Small documents for the engines' contract, and what a search finds of them."""

from __future__ import annotations

from search.documents import Document, Facet, Section
from search.engines.base import SearchRequest
from search.queries import build_query


def document(page_id, title="Nimi", *, language="fi", summary="", other="", heading="", **fields):
    """Return a document; ``summary`` and ``other`` are the texts of its two sections."""
    sections = (
        Section("basic_idea", heading, summary, "basic-idea", weight="summary"),
        Section("needs", "", other, "needs", path="kehittamisen-polku/"),
    )
    return Document(
        id=page_id,
        language=language,
        title=title,
        url=f"/malli-{page_id}/",
        sections=tuple(section for section in sections if section.text or section.heading),
        **fields,
    )


def facets(**values):
    """Return facets: ``facets(theme="lapset", region=("espoo", "uusimaa"))`` has a parent."""
    return tuple(
        Facet(key, value, value) if isinstance(value, str) else Facet(key, value[0], "", value[1])
        for key, listed in values.items()
        for value in (listed if isinstance(listed, list) else [listed])
    )


def ask(engine, text, language="fi", *, expansions=(), **request):
    """Return the engine's answer to a typed query."""
    query = build_query(text, language, expansions) if text else None
    return engine.search(SearchRequest(query, **request))


def ids(engine, text, language="fi", **request):
    """Return the ids that a typed query finds, in order."""
    return [hit.id for hit in ask(engine, text, language, **request).hits]
