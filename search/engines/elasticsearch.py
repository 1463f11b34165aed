"""The engine for many hosts: an Elasticsearch server that all of them ask.

It ranks as the embedded engine does (see docs/decisions). Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any
from zlib import crc32

from search.documents import Document
from search.engines.base import EngineUnavailable, SearchRequest
from search.engines.elasticsearch_client import IndexMissing, Server, TooManyClauses
from search.engines.elasticsearch_index import IndexAlias, Write
from search.engines.elasticsearch_limits import FEW_CLAUSES, MOST_CLAUSES
from search.engines.elasticsearch_queries import (
    WINDOW,
    alike,
    among,
    counted_facets,
    search_body,
    with_facet,
)
from search.engines.elasticsearch_schema import TYPICAL, TYPICAL_TERMS, WORDS
from search.engines.nearness import depth, lifted, near_of
from search.engines.terms import (
    SCHEMA_VERSION,
    common,
    entry,
    expected_fingerprint,
    is_alike,
    likeness,
    typical,
)
from search.queries import ANYWHERE, NEAR_WINDOW
from search.results import EngineResult, Hit

DEFAULT_NAME = "mallisto"
# So long an index is taken to be the one that was looked at: another may come in its place.
_KNOWN_SECONDS = 10.0
_PROGRESS_STEP = 100
_COUNTED_AT_ONCE = 500
# Words are completed from at most so many documents: enough to know the frequent ones.
_SAMPLE = 2_000
_DIGESTS_AT_ONCE = WINDOW
_KEEP = "1m"


class ElasticsearchEngine:
    """The index ``name`` on the server at ``url``. Safe for use by many threads and processes."""

    name = "elasticsearch"

    def __init__(self, url: str, name: str = DEFAULT_NAME) -> None:
        self._server = Server(url)
        self._alias = IndexAlias(self._server, name)
        self._known: tuple[str, float] = ("", 0.0)
        self._most_clauses = MOST_CLAUSES

    # Reading

    def search(self, request: SearchRequest) -> EngineResult:
        """Hits in the order asked for; ties are broken by id, ascending."""
        self._check()
        near = near_of(request.query, request)
        known = min(depth(near, request), WINDOW)
        asked = replace(request, offset=0, limit=known) if near else request
        answer = self._answer(asked)
        found = answer["hits"]["hits"]
        if found and found[0]["_index"] != self._known[0]:
            self._check(anew=True)
        hits = _hits(answer)
        if near and hits:
            bonuses = self._search(among(near, [hit.id for hit in hits[:NEAR_WINDOW]]))
            hits = lifted(hits, _hits(bonuses))[request.offset : request.offset + request.limit]
        return EngineResult(
            int(answer["hits"]["total"]["value"]),
            tuple(hits),
            counted_facets(answer, request.facets),
        )

    def _answer(self, request: SearchRequest) -> dict[str, Any]:
        try:
            return self._search(search_body(request, self._most_clauses))
        except TooManyClauses:
            # Not the server's failure: it would be left alone for what one reader typed.
            self._most_clauses = FEW_CLAUSES
            return self._search(search_body(request, FEW_CLAUSES))

    def digests(self) -> dict[int, str]:
        """Page id to the digest of what is stored."""
        self._check()
        found: dict[int, str] = {}
        opened = self._server.write(
            lambda client: client.open_point_in_time(index=self._alias.name, keep_alive=_KEEP)
        )["id"]
        try:
            after: list[Any] | None = None
            while True:
                hits = self._digest_page(opened, after)
                for hit in hits:
                    found[int(hit["fields"]["id"][0])] = str(hit["fields"]["digest"][0])
                if len(hits) < _DIGESTS_AT_ONCE:
                    return found
                after = hits[-1]["sort"]
        finally:
            self._server.write(lambda client: client.close_point_in_time(id=opened))

    def _digest_page(self, opened: str, after: list[Any] | None) -> list[dict[str, Any]]:
        answer = self._server.write(
            lambda client: client.search(
                pit={"id": opened, "keep_alive": _KEEP},
                size=_DIGESTS_AT_ONCE,
                sort=[{"id": "asc"}],
                search_after=after,
                source=False,
                docvalue_fields=[{"field": "id"}, {"field": "digest"}],
                track_total_hits=False,
            )
        )
        return list(answer["hits"]["hits"])

    def similar(self, page_id: int, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like this one, in its language, best first."""
        self._check()
        answer = self._search({"query": {"term": {"id": page_id}}, "size": 1})
        if not answer["hits"]["hits"]:
            return ()
        held = answer["hits"]["hits"][0]["_source"]
        return self._alike(held.get(TYPICAL) or {}, held["language"], page_id, limit)

    def similar_to(self, document: Document, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like one that need not be in the index, in its language."""
        self._check()
        return self._alike(typical(document), document.language, document.id, limit)

    def telling(self, page_ids: Collection[int]) -> list[tuple[str, float]]:
        """The terms that tell most what these documents have in common, each with its weight."""
        self._check()
        wanted = list(page_ids)
        # In one order, so that every engine adds up alike.
        order = [{"id": "asc"}]
        answer = self._search(
            {"query": {"terms": {"id": wanted}}, "size": len(wanted), "sort": order}
        )
        terms = common([hit["_source"].get(TYPICAL) or {} for hit in answer["hits"]["hits"]])
        if not terms:
            return []
        documents, counts = self._counted(TYPICAL_TERMS, list(terms))
        return likeness(terms, documents, lambda term: counts.get(term, 0))

    def _alike(
        self, terms: Mapping[str, int], language: str, page_id: int, limit: int
    ) -> tuple[int, ...]:
        if not terms or limit < 1:
            return ()
        documents, counts = self._counted(TYPICAL_TERMS, list(terms))
        chosen = likeness(terms, documents, lambda term: counts.get(term, 0))
        answer = self._search(alike(chosen, with_facet("language", language), page_id, limit))
        return tuple(
            int(hit["sort"][-1])
            for hit in answer["hits"]["hits"]
            if is_alike(chosen, hit["_source"].get(TYPICAL) or {})
        )

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """In how many documents each term stands; terms of no document are left out."""
        self._check()
        asked = list(dict.fromkeys(terms))
        found: dict[str, int] = {}
        for start in range(0, len(asked), _COUNTED_AT_ONCE):
            found |= self._counted(ANYWHERE, asked[start : start + _COUNTED_AT_ONCE])[1]
        return found

    def _counted(self, field: str, terms: list[str]) -> tuple[int, dict[str, int]]:
        """How many documents there are, and in how many of them each term stands."""
        filters = {str(number): {"term": {field: term}} for number, term in enumerate(terms)}
        answer = self._search(
            {
                "size": 0,
                "track_total_hits": True,
                "aggs": {"terms": {"filters": {"filters": filters}}},
            }
        )
        buckets = answer["aggregations"]["terms"]["buckets"]
        counts = {term: int(buckets[str(n)]["doc_count"]) for n, term in enumerate(terms)}
        return (
            int(answer["hits"]["total"]["value"]),
            {term: count for term, count in counts.items() if count},
        )

    def words(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Base forms of indexed words that begin with ``prefix``, the most frequent first."""
        prefix = prefix.lower().strip()
        if not prefix or limit < 1:
            return ()
        self._check()
        literal = "".join(f"\\{c}" if not c.isalnum() else c for c in prefix)
        order = [{"_count": "desc"}, {"_key": "asc"}]
        counting = {
            "terms": {"field": WORDS, "include": f"{literal}.*", "size": limit, "order": order}
        }
        answer = self._search(
            {
                "size": 0,
                "query": {"prefix": {ANYWHERE: prefix}},
                "aggs": {"some": {"sampler": {"shard_size": _SAMPLE}, "aggs": {"words": counting}}},
            }
        )
        return tuple(bucket["key"] for bucket in answer["aggregations"]["some"]["words"]["buckets"])

    def fingerprint(self) -> str | None:
        """The stored fingerprint of analysis and schema; ``None`` where there is no index."""
        current = self._alias.current()
        return None if current is None else current.fingerprint

    # Writing

    def apply(
        self,
        upserts: Iterable[Document],
        deletes: Iterable[int],
        *,
        timeout: float | None = None,
    ) -> None:
        """Bring documents up to date; what is not there is no error to delete."""
        began = monotonic()
        self._check()
        writes = [Write(page_id) for page_id in deletes]
        writes += [Write.of(entry(document)) for document in upserts]
        self._alias.apply(writes, None if timeout is None else timeout - (monotonic() - began))

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Write a new index beside the old one and swap; gives the number of documents."""
        count = 0

        def writes() -> Iterator[Write]:
            nonlocal count
            for document in documents:
                yield Write.of(entry(document))
                count += 1
                if progress and count % _PROGRESS_STEP == 0:
                    progress(count)
                self._alias.lock.renew(now=False)

        with self._alias.replacement(expected_fingerprint()) as index:
            self._alias.fill(index, writes())
        if progress and count % _PROGRESS_STEP:
            progress(count)
        return count

    def remove(self) -> None:
        """Remove the index and everything that belongs to it: for measuring and for tests."""
        self._alias.remove()

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        # The pages of one answer come from one copy of the index: copies count deleted documents
        # differently, and so rank a little differently.
        copy = str(crc32(repr(body.get("query")).encode("utf-8", "replace")))
        try:
            answer = self._server.read(
                lambda client: client.search(
                    index=self._alias.name,
                    body=body,
                    preference=copy,
                    allow_partial_search_results=False,
                )
            )
        except IndexMissing:
            self._known = ("", 0.0)
            raise self._alias.missing() from None
        return answer

    def _check(self, *, anew: bool = False) -> None:
        """Whether the index has the fields that this code asks for: others just find nothing."""
        if not anew and monotonic() < self._known[1]:
            return
        current = self._alias.current()
        if current is None:
            raise self._alias.missing()
        if current.fingerprint.partition("-")[0] != str(SCHEMA_VERSION):
            raise EngineUnavailable(
                f"the search index {self._alias.name} is of another version: run search_rebuild"
            )
        self._known = (current.physical, monotonic() + _KNOWN_SECONDS)


def _hits(answer: dict[str, Any]) -> list[Hit]:
    return [
        Hit(int(hit["sort"][-1]), float(hit.get("_score") or 0.0)) for hit in answer["hits"]["hits"]
    ]
