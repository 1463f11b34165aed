"""Both engines rank real texts alike: the dev queries over all the documents, on real servers."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest

from search.documents import Document, Facet, Section
from search.engines.base import SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.tantivy import TantivyEngine
from search.evaluation import Judged, ndcg, read_documents, read_queries
from search.expansion import Thesaurus
from search.parser import parse
from search.queries import build_query

DEPTH = 100
FACETS = ("theme", "region", "phase", "year", "language")
# Some documents stand twice: their scores are the same, so that ties decide.
COPIES = 150
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


class Engines(NamedTuple):
    """Both engines with the same documents."""

    embedded: TantivyEngine
    server: ElasticsearchEngine

    def answers(self, request):
        """Return what each answers."""
        return self.embedded.search(request), self.server.search(request)


def made(number, text, copy=0):
    """Return a text as a document with every kind of field, and facets that follow its number."""
    words = text.split()
    title, description, rest = words[:6], words[6:30], words[30:]
    half = len(rest) // 2
    region = f"kunta-{number % 11}"
    return Document(
        id=number + copy,
        language="fi",
        title=" ".join(title),
        url="",
        description=" ".join(description),
        sections=(
            Section("basic_idea", " ".join(rest[:3]), " ".join(rest[:half]), "", weight="summary"),
            Section("needs", "", " ".join(rest[half:]), ""),
        ),
        attachments=(" ".join(words[-4:]),),
        facts=(words[number % len(words)],) if words else (),
        facets=(
            Facet("theme", f"teema-{number % 7}", ""),
            Facet("theme", f"teema-{number % 5}", ""),
            Facet("region", region, "", parent=f"alue-{number % 3}"),
            Facet("phase", ("idea", "trial", "in_use")[number % 3], ""),
            Facet("year", str(2018 + number % 8), ""),
        ),
        published_at=_FIRST + timedelta(hours=(number * 7919) % 5000),
    )


@pytest.fixture(scope="module")
def texts(retrieval):
    return read_documents(retrieval / "docs.jsonl")


@pytest.fixture(scope="module")
def judged(retrieval) -> list[Judged]:
    return read_queries(retrieval / "queries_dev.jsonl")


@pytest.fixture(scope="module")
def documents(texts):
    plain = [made(number, text) for number, (_, text) in enumerate(texts)]
    return plain + [made(number, texts[number][1], copy=10_000) for number in range(COPIES)]


@pytest.fixture(scope="module")
def engines(documents, elasticsearch_url, tmp_path_factory):
    """Return both engines with the documents, indexed once."""
    server = ElasticsearchEngine(elasticsearch_url, f"agree-{uuid.uuid4().hex[:12]}")
    embedded = TantivyEngine(tmp_path_factory.mktemp("agree"))
    try:
        assert server.rebuild(documents) == embedded.rebuild(documents) == len(documents)
        yield Engines(embedded, server)
    finally:
        server.remove()


@pytest.fixture(scope="module")
def answers(engines, judged):
    """Return what both engines answer to every dev query, in the queries' order."""
    return [
        engines.answers(
            SearchRequest(build_query(query.text("fi"), "fi"), facets=FACETS, limit=DEPTH)
        )
        for query in judged
    ]


def ids(answer, limit=None):
    return [hit.id for hit in answer.hits[:limit]]


def overlap(pairs):
    """Return how much of the first ten both have, on average."""
    shares = [
        len({*ids(one, 10)} & {*ids(other, 10)}) / (max(len(one.hits[:10]), len(other.hits[:10])))
        for one, other in pairs
        if one.hits or other.hits
    ]
    assert shares
    return sum(shares) / len(shares)


def test_the_first_ten_are_the_same(answers):
    assert len(answers) == 301
    assert overlap(answers) >= 0.99
    same_order = sum(ids(one, 10) == ids(other, 10) for one, other in answers)
    assert same_order >= 0.97 * len(answers)


def test_scores_are_the_same(answers):
    """Not only the order: the same documents and lengths are counted."""
    compared = 0
    for one, other in answers:
        theirs = {hit.id: hit.score for hit in other.hits}
        for hit in one.hits[:10]:
            if hit.id in theirs:
                compared += 1
                assert hit.score == pytest.approx(theirs[hit.id], rel=1e-5, abs=0.02)
    assert compared > 2_500


def test_totals_and_counts_of_facets_are_equal(answers):
    assert [one.total for one, _ in answers] == [other.total for _, other in answers]
    assert [one.facets for one, _ in answers] == [other.facets for _, other in answers]
    assert sum(len(one.facets["region"]) for one, _ in answers) > 1_000


def test_ties_are_broken_by_id(answers):
    for engine in (0, 1):
        hits = [pair for answer in answers for pair in pairwise(answer[engine].hits)]
        ties = [(one.id, other.id) for one, other in hits if one.score == other.score]
        assert len(ties) > 100
        assert all(one < other for one, other in ties)


def test_figures_are_the_same(answers, judged, texts):
    figures = []
    for engine in (0, 1):
        gains, recalls = [], []
        for query, answer in zip(judged, answers, strict=True):
            found = [texts[one][0] for one in ids(answer[engine]) if one < 10_000]
            gains.append(ndcg(found, query.relevant))
            recalls.append(len(query.relevant.intersection(found)) / len(query.relevant))
        figures.append((sum(gains) / len(gains), sum(recalls) / len(recalls)))
    assert figures[0] == pytest.approx(figures[1], abs=0.01)
    assert min(figures[0]) > 0.4


def test_chosen_facets_are_counted_alike(engines, judged):
    """Each facet without its own filter, where none, one and several are chosen."""
    chosen = (
        {"theme": ("teema-1", "teema-2")},
        {"theme": ("teema-1",), "region": ("alue-1", "kunta-2")},
        {"theme": ("teema-1",), "region": ("alue-1",), "year": ("2019", "2020"), "phase": ()},
        {"organisation": ("nobody",)},
    )
    for number, query in enumerate(judged[:120]):
        filters = chosen[number % len(chosen)]
        request = SearchRequest(
            build_query(query.text("fi"), "fi"), filters=filters, facets=FACETS, limit=10
        )
        one, other = engines.answers(request)
        assert (one.total, one.facets, ids(one)) == (other.total, other.facets, ids(other))


@pytest.mark.parametrize("sort", ["newest", "title"])
def test_other_orders_are_the_same(engines, judged, sort):
    for query in judged[:60]:
        request = SearchRequest(
            build_query(query.text("fi"), "fi"), sort=sort, offset=5, limit=DEPTH
        )
        one, other = engines.answers(request)
        assert ids(one) == ids(other)


def test_phrases_and_exclusions_are_met_alike(engines, texts):
    """Taken from the texts, so that they stand somewhere."""
    found, pairs = 0, []
    for number in range(0, 3000, 30):
        words = texts[number][1].replace('"', " ").split()[8:11]
        asked = ('"' + " ".join(words[:2]) + '"', f'{words[0]} -"{" ".join(words[1:])}"')
        for text in asked:
            one, other = engines.answers(SearchRequest(build_query(text, "fi"), limit=10))
            assert one.total == other.total, text
            # As far as the last bits of a score tell two documents apart.
            for mine, theirs in zip(one.hits, other.hits, strict=True):
                assert mine.score == pytest.approx(theirs.score, rel=1e-5, abs=0.02), text
            pairs.append((one, other))
            found += one.total
    assert overlap(pairs) >= 0.99
    assert found > 1_000


def test_pages_are_parts_of_one_order(engines, judged):
    """Also beyond the best hits, among which near words count."""
    asked = [build_query(one.text("fi"), "fi") for one in judged if " " in one.text("fi")]
    seen = 0
    for query in asked[:25]:
        for engine in engines:
            whole = ids(engine.search(SearchRequest(query, limit=400)))
            pages = [
                engine.search(SearchRequest(query, offset=n, limit=80)) for n in range(0, 400, 80)
            ]
            assert [one for page in pages for one in ids(page)] == whole
            assert len({page.total for page in pages}) == 1
            seen += len(whole) > 320
    assert seen > 10


def test_names_in_other_languages_are_met_alike(engines, judged):
    thesaurus = Thesaurus()
    for query in judged:
        thesaurus.add({language: query.text(language) for language in query.labels})
    pairs = []
    for query in judged:
        parsed = parse(query.text("sv"))
        expansions = thesaurus.expand(parsed, "sv")
        asked = build_query(parsed, "sv", expansions)
        if asked is not None:
            pairs.append(engines.answers(SearchRequest(asked, limit=10)))
    assert sum(one.total for one, _ in pairs) > 10_000
    assert [one.total for one, _ in pairs] == [other.total for _, other in pairs]
    assert overlap(pairs) >= 0.97


def test_similar_documents_and_frequencies_are_the_same(engines, documents):
    numbers = range(0, 3000, 100)
    alike = [engines.embedded.similar(number) for number in numbers]
    assert alike == [engines.server.similar(number) for number in numbers]
    # Of some there is nothing alike enough to be told.
    assert any(alike)
    assert not all(alike)
    draft = documents[5]
    assert engines.embedded.similar_to(draft) == engines.server.similar_to(draft) != ()
    terms = ["kirja", "kirjasto", "lapsi", "qwxyz", "kirjallisuus", "runo"]
    counted = engines.embedded.frequencies(terms)
    assert counted == engines.server.frequencies(terms)
    assert counted["kirja"] > 100


def test_digests_are_the_same(engines, documents):
    stored = engines.server.digests()
    assert stored == engines.embedded.digests()
    assert len(stored) == len(documents)
