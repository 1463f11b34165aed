"""The embedded engine: a Tantivy index in a folder, shared by all processes of one machine.

One process writes at a time, any number read. A writer is opened for each batch; a commit is
whole or not at all, so a killed process leaves the index as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

import tantivy

from search import analysis, queries
from search.analysis.base import Word
from search.documents import Document
from search.engines.base import FACETS, EngineUnavailable, SearchRequest
from search.engines.storage import CurrentVersion, IndexFolder, as_unavailable
from search.engines.terms import (
    FILLER,
    SCHEMA_VERSION,
    entry,
    expected_fingerprint,
    likeness,
    typical,
)
from search.queries import ANYWHERE, FIELD_WEIGHTS, FORMS, LEMMAS, PARTS, TITLE, Query
from search.results import EngineResult, Hit

_Q = tantivy.Query
_MUST, _SHOULD, _WITHOUT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

_WHITESPACE = "spaces"
# Tantivy's least heap for a writer is 15 MB; a batch is small, a rebuild is not.
_BATCH_HEAP = 15_000_000
_REBUILD_HEAP = 64_000_000
_PROGRESS_STEP = 100
# Words at the end of one text and the beginning of the next make no phrase.
_POSITION_GAP = 50
_MAX_PHRASES = 16
_MAX_FACET_VALUES = 10_000
_SLACK = 32
# So many times the words asked for are counted, since the dictionary only says about how many.
_MORE_WORDS = 2
LEMMA_FIELDS = tuple(f"{field}_{LEMMAS}" for field in FIELD_WEIGHTS)


class _Open(NamedTuple):
    """An opened version of the index, as it was last committed."""

    files: tantivy.Index
    searcher: tantivy.Searcher


class TantivyEngine:
    """An index in ``folder``. Safe for use by many threads and processes."""

    name = "tantivy"

    def __init__(self, folder: Path, lock_timeout: float = 5.0) -> None:
        self._folder = IndexFolder(Path(folder))
        self._lock_timeout = lock_timeout
        self._current = CurrentVersion(self._folder, "meta.json", self._open)
        self._schema = _schema()

    # Reading

    def search(self, request: SearchRequest) -> EngineResult:
        """Hits in the order asked for; ties are broken by id, ascending."""
        with as_unavailable():
            searcher = self._current.get().searcher
            query = request.query or queries.Everything()
            ranked = request.sort == "relevance" and request.query is not None
            filtered = self._filtered(self._query(query, scored=ranked), request, None)
            if ranked:
                total, hits = _by_relevance(searcher, filtered, request)
            else:
                total, hits = _by_key(searcher, filtered, request)
            counted = self._facets(searcher, self._query(query, scored=False), request)
            return EngineResult(total, hits, counted)

    def digests(self) -> dict[int, str]:
        """Page id to the digest of what is stored."""
        with as_unavailable():
            searcher = self._current.get().searcher
            if not searcher.num_docs:
                return {}
            found = searcher.search(_Q.all_query(), limit=searcher.num_docs, count=False)
            addresses = [address for _, address in found.hits]
            ids = searcher.fast_field_values("id", addresses)
            values = searcher.fast_field_values("digest", addresses)
            return {
                int(page_id): f"{int(value):016x}"
                for page_id, value in zip(ids, values, strict=True)
                if page_id is not None and value is not None
            }

    def similar(self, page_id: int, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like this one, in its language, best first."""
        with as_unavailable():
            searcher = self._current.get().searcher
            own = self._with_id(page_id)
            found = searcher.search(own, limit=1, count=False).hits
            if not found:
                return ()
            stored = json.loads(bytes(searcher.doc(found[0][1])["typical"][0]))
            return self._alike(searcher, stored["terms"], stored["language"], page_id, limit)

    def similar_to(self, document: Document, limit: int = 5) -> tuple[int, ...]:
        """Ids of the documents most like one that need not be in the index, in its language."""
        with as_unavailable():
            searcher = self._current.get().searcher
            return self._alike(searcher, typical(document), document.language, document.id, limit)

    def _alike(
        self,
        searcher: tantivy.Searcher,
        terms: Mapping[str, int],
        language: str,
        page_id: int,
        limit: int,
    ) -> tuple[int, ...]:
        chosen = likeness(
            terms, searcher.num_docs, lambda term: searcher.doc_freq("typical_terms", term)
        )
        if not chosen:
            return ()
        weighed = [(_SHOULD, self._term("typical_terms", *one)) for one in chosen]
        spoken = self._any_value("language", (language,))
        query = _Q.boolean_query(
            [
                (_MUST, spoken),
                (_MUST, _Q.boolean_query(weighed)),
                (_WITHOUT, self._with_id(page_id)),
            ]
        )
        request = SearchRequest(None, limit=limit)
        return tuple(hit.id for hit in _by_relevance(searcher, query, request)[1])

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """In how many documents each term stands; terms of no document are left out."""
        with as_unavailable():
            searcher = self._current.get().searcher
            counts = {}
            for term in dict.fromkeys(terms):
                # The dictionary still has the words of deleted documents: only a query knows.
                if searcher.doc_freq(ANYWHERE, term):
                    query = _Q.term_query(self._schema, ANYWHERE, term, "basic")
                    count = _count(searcher.search(query, limit=1))
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
                ways = [
                    (_SHOULD, _Q.term_query(self._schema, field, term, "basic"))
                    for field in LEMMA_FIELDS
                ]
                count = _count(searcher.search(_Q.boolean_query(ways), limit=1))
                if count:
                    found[term] = count
                if len(found) == _MORE_WORDS * limit:
                    break
        return tuple(sorted(found, key=lambda term: (-found[term], term))[:limit])

    def fingerprint(self) -> str | None:
        """The stored fingerprint of analysis and schema; ``None`` where there is no index."""
        return self._folder.fingerprint()

    def expected_fingerprint(self) -> str:
        """The fingerprint that an index made by this code has."""
        return expected_fingerprint()

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
            made = [(document.id, self._document(document)) for document in upserts]
            with self._folder.lock("write", patience):
                opened = self._current.get()
                writer = opened.files.writer(_BATCH_HEAP, 1)
                try:
                    for page_id in deletes:
                        writer.delete_documents_by_query(self._with_id(page_id))
                    for page_id, document in made:
                        writer.delete_documents_by_query(self._with_id(page_id))
                        writer.add_document(document)
                    writer.commit()
                finally:
                    writer.wait_merging_threads()
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
        index = tantivy.Index(self._schema, path=str(version))
        _register(index)
        writer = index.writer(_REBUILD_HEAP, 1)
        count = 0
        try:
            written: set[int] = set()
            for document in documents:
                # A page may come twice where it changes while all are read; the last one counts.
                if document.id in written:
                    writer.delete_documents_by_query(self._with_id(document.id))
                written.add(document.id)
                writer.add_document(self._document(document))
                count += 1
                if progress and count % _PROGRESS_STEP == 0:
                    progress(count)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        if progress and count % _PROGRESS_STEP:
            progress(count)
        return count

    def _document(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        held = entry(document)
        made.add_unsigned("id", held.id)
        made.add_unsigned("digest", int(held.digest, 16))
        made.add_text(TITLE, held.title)
        made.add_text("title_key", held.title_key)
        made.add_text("newest_key", held.newest_key)
        for key, value in held.facets:
            made.add_text(f"facet_{key}", value)
        for field, texts in held.fields.items():
            forms = [word.form for words in texts for word in words]
            made.add_text(f"{field}_{FORMS}", " ".join([*forms, FILLER]))
            parts = [part for words in texts for word in words for part in word.parts]
            made.add_text(f"{field}_{PARTS}", " ".join([*parts, FILLER]))
            made.add_pre_tokenized_text(f"{field}_{LEMMAS}", _with_positions(texts))
        made.add_text(ANYWHERE, " ".join(held.anywhere))
        made.add_text("typical_terms", " ".join(held.typical))
        likeness_of = {"language": held.language, "terms": held.typical}
        made.add_bytes("typical", json.dumps(likeness_of, ensure_ascii=False).encode())
        return made

    # The index's files

    def _open(self, version: Path, before: _Open | None) -> _Open:
        if before is not None:
            index = before.files
        else:
            stored = self.fingerprint() or ""
            if stored.partition("-")[0] != str(SCHEMA_VERSION):
                raise EngineUnavailable("the search index is of another version: search_rebuild")
            index = tantivy.Index.open(str(version))
            _register(index)
            index.config_reader("manual")
        index.reload()
        return _Open(index, index.searcher())

    # Queries

    def _with_id(self, page_id: int) -> tantivy.Query:
        # Deletion by term takes a number for a signed one, and finds none in this field.
        return _Q.term_query(self._schema, "id", page_id)

    def _term(self, field: str, text: str, weight: float) -> tantivy.Query:
        return _Q.boost_query(_Q.term_query(self._schema, field, text, "freq"), weight)

    def _any_value(self, key: str, values: tuple[str, ...]) -> tantivy.Query:
        terms = _Q.term_set_query(self._schema, f"facet_{key}", list(values))
        return _Q.const_score_query(terms, 0.0)

    def _query(self, query: Query, *, scored: bool = True) -> tantivy.Query:
        """A query in Tantivy's terms; for counting, without what only adds to scores."""
        match query:
            case queries.Term(field, text, weight):
                if not scored:
                    return _Q.term_query(self._schema, field, text, "basic")
                return self._term(field, text, weight)
            case queries.Phrase():
                return self._phrase(query)
            case queries.Best(children, tie_breaker):
                made = [self._query(child, scored=scored) for child in children]
                if not scored:
                    return _Q.boolean_query([(_SHOULD, child) for child in made])
                return _Q.disjunction_max_query(made, tie_breaker)
            case queries.Constant(child, score):
                return _Q.const_score_query(self._query(child, scored=False), score)
            case queries.Everything():
                return _Q.all_query()
            case queries.Combined():
                clauses = [(_MUST, self._query(child, scored=scored)) for child in query.must]
                if scored or not query.must:
                    clauses += [(_SHOULD, self._query(one, scored=scored)) for one in query.should]
                clauses += [(_WITHOUT, self._query(one, scored=False)) for one in query.without]
                if query.must:
                    return _Q.boolean_query(clauses)
                return _Q.boolean_query(clauses, minimum_number_should_match=query.minimum)

    def _phrase(self, phrase: queries.Phrase) -> tantivy.Query:
        ways = [
            _Q.phrase_query(self._schema, phrase.field, list(words), phrase.slop)
            for words in islice(product(*phrase.positions), _MAX_PHRASES)
        ]
        return _Q.disjunction_max_query(ways, 0.0)

    def _filtered(
        self, asked: tantivy.Query, request: SearchRequest, without: str | None
    ) -> tantivy.Query:
        filters = [
            (_MUST, self._any_value(key, values))
            for key, values in request.filters.items()
            if values and key != without
        ]
        return _Q.boolean_query([(_MUST, asked), *filters]) if filters else asked

    def _facets(
        self, searcher: tantivy.Searcher, asked: tantivy.Query, request: SearchRequest
    ) -> dict[str, dict[str, int]]:
        """Counts of each facet's values, without the facet's own filter."""
        own = [key for key in request.facets if request.filters.get(key)]
        groups: list[tuple[tantivy.Query, tuple[str, ...]]] = [
            (self._filtered(asked, request, key), (key,)) for key in own
        ]
        others = tuple(key for key in request.facets if key not in own)
        if others:
            groups.append((self._filtered(asked, request, None), others))
        counted: dict[str, dict[str, int]] = {}
        for query, keys in groups:
            asked_for = {
                key: {"terms": {"field": f"facet_{key}", "size": _MAX_FACET_VALUES}} for key in keys
            }
            answer = searcher.aggregate(query, asked_for)
            for key in keys:
                buckets = answer[key]["buckets"]
                buckets.sort(key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
                counted[key] = {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
        return {key: counted[key] for key in request.facets}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("digest", fast=True)
    builder.add_text_field(TITLE, tokenizer_name="raw", index_option="basic")
    for key in ("title_key", "newest_key"):
        builder.add_text_field(key, fast=True, tokenizer_name="raw", index_option="basic")
    for key in FACETS:
        builder.add_text_field(
            f"facet_{key}", fast=True, tokenizer_name="raw", index_option="basic"
        )
    for field in FIELD_WEIGHTS:
        builder.add_text_field(f"{field}_{FORMS}", tokenizer_name=_WHITESPACE, index_option="freq")
        builder.add_text_field(
            f"{field}_{LEMMAS}", tokenizer_name=_WHITESPACE, index_option="position"
        )
        builder.add_text_field(f"{field}_{PARTS}", tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_text_field(ANYWHERE, tokenizer_name=_WHITESPACE, index_option="basic")
    builder.add_text_field("typical_terms", tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_bytes_field("typical", stored=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WHITESPACE, analyser)


def _with_positions(texts: list[list[Word]]) -> tantivy.PreTokenizedString:
    """All lemmas of a word stand at the word's position, so that phrases meet any of them."""
    token = tantivy.Token
    tokens: list[tantivy.Token] = []
    position = 0
    for words in texts:
        tokens += [
            token(lemma, place, 0, 0)
            for place, word in enumerate(words, position)
            for lemma in word.lemmas
        ]
        position += len(words) + _POSITION_GAP
    tokens.append(tantivy.Token(FILLER, position, 0, 0))
    return tantivy.PreTokenizedString("", tokens)


def _by_relevance(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest
) -> tuple[int, tuple[Hit, ...]]:
    wanted = request.offset + request.limit
    ask = wanted + _SLACK
    while True:
        found = searcher.search(query, limit=ask)
        hits = found.hits
        # Complete once the group of equal scores that the window cuts has been seen whole.
        if len(hits) < ask or hits[-1][0] != hits[max(wanted, 1) - 1][0]:
            break
        ask *= 4
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    ranked = sorted(
        (-score, int(page_id or 0)) for (score, _), page_id in zip(hits, ids, strict=True)
    )
    window = ranked[request.offset : wanted]
    return _count(found), tuple(Hit(page_id, -score) for score, page_id in window)


def _by_key(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest
) -> tuple[int, tuple[Hit, ...]]:
    field = {"title": "title_key", "newest": "newest_key"}.get(request.sort, "id")
    found = searcher.search(
        query,
        limit=max(1, request.limit),
        offset=request.offset,
        order_by_field=field,
        order=tantivy.Order.Asc,
    )
    hits = found.hits[: request.limit]
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    return _count(found), tuple(Hit(int(page_id or 0)) for page_id in ids)


def _count(found: tantivy.SearchResult) -> int:
    return int(getattr(found, "count", 0) or 0)
