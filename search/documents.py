"""What the index knows of a page: its search document, and how vocabularies name their terms.

Pure: no Django. A page type is searchable when it has ``search_document()``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which a document can be filtered.

    ``key`` is a facet's name in addresses (``theme``, ``region``, …), ``value`` a slug that does
    not depend on language, ``label`` the text in the document's language, ``parent`` the slug of
    the wider value (a municipality's county).
    """

    key: str
    value: str
    label: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with an address of its own.

    ``kind`` is the section's key, ``anchor`` the element id on the page, ``path`` what follows the
    page's address to the view that shows it (empty for the page itself), ``weight`` one of
    ``"summary"`` (S sections) and ``"other"``.
    """

    kind: str
    heading: str
    text: str
    anchor: str
    path: str = ""
    weight: str = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """A live, public page as the search index sees it. All texts are plain text.

    ``facts`` are the names that its basic information holds: of places, terms, people.
    """

    id: int
    language: str
    title: str
    url: str
    description: str = ""
    sections: tuple[Section, ...] = ()
    attachments: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    type: str = "page"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    confirmed_on: date | None = None

    def facet_values(self, key: str) -> tuple[str, ...]:
        """The document's values of one facet, wider values (``parent``) included, in order."""
        values: dict[str, None] = {}
        for facet in self.facets:
            if facet.key == key:
                values.setdefault(facet.value)
                if facet.parent:
                    values.setdefault(facet.parent)
        return tuple(values)


def digest(document: Document) -> str:
    """Sixteen hexadecimal digits that change with anything that the index holds of a document."""
    content = json.dumps(document, default=_plain, ensure_ascii=False)
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _plain(value: object) -> object:
    # Lazy translations and dates are texts here; ``asdict`` would copy everything first.
    if isinstance(value, Document | Section | Facet):
        return [getattr(value, name) for name in value.__slots__]
    return str(value)


@runtime_checkable
class Searchable(Protocol):
    """A page that can be found: gives its document, made from its live content only."""

    def search_document(self) -> Document:
        """The page's search document."""
        ...


@runtime_checkable
class PreparedTogether(Protocol):
    """A type of searchable pages that reads for many at once what their documents need."""

    @classmethod
    def prepare_search(cls, pages: Sequence[Any]) -> None:
        """Read what the documents of these stored pages need, and keep it with each page."""
        ...


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a vocabulary as query expansion and facets need it.

    ``labels`` maps a language to its preferred label, ``synonyms`` to its other names. ``uri`` is
    its address in a vocabulary that others share. Where there are names in ``asked``, queries meet
    it by these only, and are widened by its labels and synonyms.
    """

    key: str
    value: str
    labels: dict[str, str]
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str | None = None
    uri: str = ""
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Vocabulary(Protocol):
    """What gives concepts; each says by its ``key`` which facet it is a value of."""

    def concepts(self) -> Iterable[Concept]:
        """Every concept, those of a facet in its own order."""
        ...
