"""The embedded engine: a Tantivy index in a folder, shared by all processes of one machine.

One process writes at a time, any number read. A writer is opened for each batch; a commit is
whole or not at all, so a killed process leaves the index as it was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import tantivy

from search import analysis, queries
from search.documents import Document
from search.engines.at_once import at_once
from search.engines.base import EngineUnavailable, SearchRequest
from search.engines.storage import CurrentVersion, IndexFolder, as_unavailable
from search.engines.tantivy_answers import best, by_key, by_relevance
from search.engines.tantivy_facets import Counted, FacetCounts, matches
from search.engines.tantivy_parts import Parts
from search.engines.tantivy_queries import (
    MUST,
    WITHOUT,
    Translation,
    any_of,
    any_value,
    has_phrase,
    holding,
    limits,
    weighed,
    with_id,
)
from search.engines.tantivy_schema import (
    DIGEST,
    ID,
    LEMMA_FIELDS,
    SCHEMA,
    TYPICAL,
    TYPICAL_TERMS,
    register,
    stored,
)
from search.engines.terms import (
    FILLER,
    SCHEMA_VERSION,
    common,
    entry,
    expected_fingerprint,
    is_alike,
    likeness,
    typical,
)
from search.queries import ANYWHERE
from search.results import EngineResult, Hit

logger = logging.getLogger("mallisto.search")
_Q = tantivy.Query

# Tantivy's least heap for a writer is 15 MB; a batch is small. A rebuild has more, for fewer and
# larger segments: each costs every question a little.
_BATCH_HEAP = 15_000_000
_REBUILD_HEAP = 128_000_000
_PROGRESS_STEP = 100
# Who has a limit of time waits no longer for merges, which go on.
_MERGE_PATIENCE = 0.1
# So many times the words asked for are counted, since the dictionary only says about how many.
_MORE_WORDS = 2


def _merge(writer: tantivy.IndexWriter, held: ExitStack) -> None:
    """Let a writer end its merges, and then let go what is held for it."""
    with held:
        try:
            writer.wait_merging_threads()
        except (OSError, ValueError, RuntimeError) as error:
            # What was committed is there; a later writer merges it.
            logger.warning("Parts of the search index could not be merged: %s", error)


class _Open(NamedTuple):
    """An opened version of the index, as it was last committed."""

    files: tantivy.Index
    searcher: tantivy.Searcher
    facets: FacetCounts
    parts: Parts


class TantivyEngine:
    """An index in ``folder``. Safe for use by many threads and processes."""

    name = "tantivy"

    def __init__(self, folder: Path, lock_timeout: float = 60.0) -> None:
        self._folder = IndexFolder(Path(folder))
        self._lock_timeout = lock_timeout
        self._current = CurrentVersion(self._folder, "meta.json", self._open)

    # Reading

    def search(self, request: SearchRequest) -> EngineResult:
        """Hits in the order asked for; ties are broken by id, ascending."""
        with as_unavailable():
            opened = self._current.get()
            searcher = opened.searcher
            translation = Translation(searcher)
            query = request.query or queries.Everything()
            counting = _counting(opened.facets, translation, request)
            answer: Callable[[], tuple[int | None, tuple[Hit, ...]]]
            if request.sort == "relevance" and request.query is not None:
                answer = partial(
                    by_relevance, searcher, opened.parts, translation, request.query, request
                )
            else:
                matched = translation.matching(query, limits(request))
                answer = partial(by_key, searcher, matched, request)
            (total, hits), found = at_once(answer, counting)
            counts = {key: values for one in found for key, values in one.facets.items()}
            if total is None:
                total = found[0].total
            return EngineResult(total, hits, {key: counts[key] for key in request.facets})

    def digests(self) -> dict[int, str]:
        """Page id to the digest of what is stored."""
        with as_unavailable():
            searcher = self._current.get().searcher
            if not searcher.num_docs:
                return {}
            found = searcher.search(_Q.all_query(), limit=searcher.num_docs, count=False)
            addresses = [address for _, address in found.hits]
            ids = searcher.fast_field_values(ID, addresses)
            values = searcher.fast_field_values(DIGEST, addresses)
            return {
                int(page_id): f"{int(value):016x}"
                for page_id, value in zip(ids, values, strict=True)
                if page_id is not None and value is not None
            }

    def similar(self, page_id: int, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like this one, in its language, best first."""
        with as_unavailable():
            searcher = self._current.get().searcher
            for held in _typical(searcher, [page_id]):
                return self._alike(searcher, held["terms"], held["language"], page_id, limit)
            return ()

    def similar_to(self, document: Document, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like one that need not be in the index, in its language."""
        with as_unavailable():
            searcher = self._current.get().searcher
            return self._alike(searcher, typical(document), document.language, document.id, limit)

    def telling(self, page_ids: Collection[int]) -> list[tuple[str, float]]:
        """The terms that tell most what these documents have in common, each with its weight."""
        with as_unavailable():
            searcher = self._current.get().searcher
            # In one order, so that every engine adds up alike.
            held = _typical(searcher, sorted(page_ids))
            return likeness(
                common([one["terms"] for one in held]),
                searcher.num_docs,
                lambda term: searcher.doc_freq(TYPICAL_TERMS, term),
            )

    def _alike(
        self,
        searcher: tantivy.Searcher,
        terms: Mapping[str, int],
        language: str,
        page_id: int,
        limit: int,
    ) -> tuple[int, ...]:
        chosen = likeness(
            terms, searcher.num_docs, lambda term: searcher.doc_freq(TYPICAL_TERMS, term)
        )
        if not chosen:
            return ()
        spoken = any_value("language", (language,))
        alike = any_of([weighed(TYPICAL_TERMS, *one) for one in chosen])
        query = _Q.boolean_query(
            [
                (MUST, spoken),
                (MUST, alike),
                (WITHOUT, with_id(page_id)),
            ]
        )
        found = [hit.id for hit in best(searcher, query, limit)[1]]
        held = dict(zip(found, _typical(searcher, found), strict=True))
        return tuple(page_id for page_id in found if is_alike(chosen, held[page_id]["terms"]))

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """In how many documents each term stands; terms of no document are left out."""
        with as_unavailable():
            searcher = self._current.get().searcher
            counts = {}
            for term in dict.fromkeys(terms):
                # The dictionary still has the words of deleted documents: only a query knows.
                if searcher.doc_freq(ANYWHERE, term):
                    count = matches(searcher.search(holding(ANYWHERE, term), limit=1))
                    if count:
                        counts[term] = count
            return counts

    def words(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Base forms of indexed words that begin with ``prefix``, the most frequent first."""
        prefix = prefix.lower().strip()
        if not prefix or limit < 1:
            return ()
        with as_unavailable():
            searcher = self._current.get().searcher
            entries: dict[str, int] = {}
            for field in LEMMA_FIELDS:
                for term, count in searcher.terms_with_prefix(field, prefix):
                    entries[term] = entries.get(term, 0) + count
            entries.pop(FILLER, None)
            found: dict[str, int] = {}
            # The dictionary still has the words of deleted documents: a query counts the others.
            for term in sorted(entries, key=lambda term: (-entries[term], term)):
                ways = any_of([holding(field, term) for field in LEMMA_FIELDS])
                count = matches(searcher.search(ways, limit=1))
                if count:
                    found[term] = count
                if len(found) == _MORE_WORDS * limit:
                    break
        return tuple(sorted(found, key=lambda term: (-found[term], term))[:limit])

    def fingerprint(self) -> str | None:
        """The stored fingerprint of analysis and schema; ``None`` where there is no index."""
        return self._folder.fingerprint()

    # Writing

    def apply(
        self,
        upserts: Iterable[Document],
        deletes: Iterable[int],
        *,
        timeout: float | None = None,
    ) -> None:
        """Bring documents up to date in one commit; what is not there is no error to delete."""
        patience = self._lock_timeout if timeout is None else min(timeout, self._lock_timeout)
        with as_unavailable():
            # Analysis is the slow part, and needs no lock.
            made = [(document.id, stored(entry(document))) for document in upserts]
            with ExitStack() as held:
                held.enter_context(self._folder.lock("write", patience))
                opened = self._current.get()
                writer = opened.files.writer(_BATCH_HEAP, 1)
                try:
                    for page_id in deletes:
                        writer.delete_documents_by_query(with_id(page_id))
                    for page_id, document in made:
                        writer.delete_documents_by_query(with_id(page_id))
                        writer.add_document(document)
                    writer.commit()
                except BaseException:
                    writer.wait_merging_threads()
                    raise
                # Readers have it now. Every eighth commit or so merges segments, in a large index
                # for seconds: not for whoever publishes to wait for.
                merging = Thread(target=_merge, args=(writer, held.pop_all()), name="merging")
                merging.start()
                merging.join(None if timeout is None else _MERGE_PATIENCE)
        analysis.flush()

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Write a new index beside the old one and swap; gives the number of documents."""
        with as_unavailable(), self._folder.lock("rebuild", 0):
            version = self._folder.create()
            try:
                count = self._write_all(version, documents, progress)
                with self._folder.lock("write", self._lock_timeout):
                    self._folder.use(version)
            except BaseException:
                self._folder.discard(version)
                raise
        analysis.flush()
        return count

    def _write_all(
        self,
        version: Path,
        documents: Iterable[Document],
        progress: Callable[[int], None] | None,
    ) -> int:
        self._folder.note_fingerprint(version, expected_fingerprint())
        index = tantivy.Index(SCHEMA, path=str(version))
        register(index)
        writer = index.writer(_REBUILD_HEAP, 1)
        count = 0
        try:
            written: set[int] = set()
            for document in documents:
                # A page may come twice where it changes while all are read; the last one counts.
                if document.id in written:
                    writer.delete_documents_by_query(with_id(document.id))
                written.add(document.id)
                writer.add_document(stored(entry(document)))
                count += 1
                if progress and count % _PROGRESS_STEP == 0:
                    progress(count)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        if progress and count % _PROGRESS_STEP:
            progress(count)
        return count

    # The index's files

    def _open(self, version: Path, before: _Open | None) -> _Open:
        if before is not None:
            index = before.files
        else:
            noted = self._folder.noted(version)
            if noted.partition("-")[0] != str(SCHEMA_VERSION):
                raise EngineUnavailable("the search index is of another version: search_rebuild")
            index = tantivy.Index.open(str(version))
            register(index)
            index.config_reader("manual")
        index.reload()
        searcher = index.searcher()
        return _Open(index, searcher, FacetCounts(searcher), Parts(searcher))


def _typical(searcher: tantivy.Searcher, page_ids: Iterable[int]) -> list[dict[str, Any]]:
    """What is kept of these documents for likeness, their language and terms; in that order."""
    return [
        json.loads(bytes(searcher.doc(address)[TYPICAL][0]))
        for page_id in page_ids
        for _, address in searcher.search(with_id(page_id), limit=1, count=False).hits
    ]


def _counting(
    facets: FacetCounts, translation: Translation, request: SearchRequest
) -> list[Callable[[], Counted]]:
    """The calls that count each facet's values, without the facet's own filter.

    The first one's total is the question's: it counts facets without a filter, if only none.
    """
    own = [key for key in request.facets if request.filters.get(key)]
    others = [key for key in request.facets if key not in own]
    filtered = any(request.filters.values())
    if request.query is None and not filtered and not request.hidden:
        return [partial(facets.everywhere, others)]
    query = request.query or queries.Everything()
    # Only which way of counting is the faster hangs on it.
    matches = None if filtered else translation.at_least(query)
    matched = translation.matching(query, limits(request))
    # On two cores at once; but a phrase costs more than counting, and is looked for once.
    first, *more = [others] if has_phrase(query) else [others[::2], others[1::2]]
    asked = [(matched, share, matches) for share in (first, *filter(None, more))]
    asked += [(translation.matching(query, limits(request, key)), [key], None) for key in own]
    return [partial(facets.of, *one) for one in asked]
