"""The one interface of search engines. Pure: no Django.

An engine stores analysed documents and ranks analysed queries; it analyses nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document
from search.queries import Query
from search.results import EngineResult

FACETS = (
    "theme",
    "target_group",
    "region",
    "phase",
    "funder",
    "organisation",
    "collection",
    "language",
    "year",
    "evaluated",
    "attachments",
)
SORTS = ("relevance", "newest", "title")


class EngineUnavailable(Exception):
    """The engine can't answer now: no index, a wrong fingerprint, a full disk, no server."""


class DocumentRefused(EngineUnavailable):
    """The engine works, but can't take one of these documents: others are to be tried alone."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with its filters, order and window.

    ``query`` is ``None`` where every document matches. ``filters`` maps a facet's key to the
    values of which a document must have one; ``facets`` names those to be counted. Documents of
    the pages in ``hidden`` are neither hits nor counted anywhere.
    """

    query: Query | None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    hidden: frozenset[int] = frozenset()


class Engine(Protocol):
    """What every engine does.

    All methods raise ``EngineUnavailable`` where the index can't be used.
    """

    name: str

    def search(self, request: SearchRequest) -> EngineResult:
        """Ranked hits; ties are broken by id, ascending."""
        ...

    def apply(
        self,
        upserts: Iterable[Document],
        deletes: Iterable[int],
        *,
        timeout: float | None = None,
    ) -> None:
        """Bring documents up to date in one commit; what is not there is no error to delete.

        Whoever publishes waits no longer than ``timeout`` seconds: it then raises
        ``EngineUnavailable``. Without it the engine takes the time that it needs.
        """
        ...

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Write a new index beside the old one and swap; gives the number of documents.

        ``progress`` is told now and then how many documents are written. Whatever stops the
        rebuild, the old index is then as it was.
        """
        ...

    def digests(self) -> dict[int, str]:
        """Page id to the digest (``search.documents.digest``) of what is stored."""
        ...

    def similar(self, page_id: int, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like this one, in its language, best first.

        Of the first ``limit`` those that are alike enough (``terms.is_alike``): none where no
        document is about the same.
        """
        ...

    def similar_to(self, document: Document, limit: int = 5) -> tuple[int, ...]:
        """As ``similar``, for a document that need not be in the index."""
        ...

    def telling(self, page_ids: Collection[int]) -> list[tuple[str, float]]:
        """The terms that tell most what these documents have in common, each with its weight.

        They are terms of the field ``TYPICAL_FIELD``, the best first.
        """
        ...

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """In how many documents each term stands; terms of no document are left out.

        A document that was deleted a moment ago is not counted: these figures decide which words
        may be suggested.
        """
        ...

    def words(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Indexed words that begin with ``prefix``, the most frequent first."""
        ...

    def fingerprint(self) -> str | None:
        """The stored fingerprint of analysis and schema; ``None`` where there is no index."""
        ...
