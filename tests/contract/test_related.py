"""What follows where few documents match: documents like the best that do, on every engine."""

import pytest

from search.documents import Facet
from search.engines.base import SearchRequest
from search.feedback import related
from search.queries import build_query

from .documents import document

THEME = Facet("theme", "hoiva", "Hoiva")


@pytest.fixture
def filled(engine):
    """Return an engine with two documents on one subject by one name, and one by another."""
    engine.apply(
        [
            document(1, "X1", other="Traktori ajaa, puimuri seisoo pellolla"),
            document(2, "X2", other="Pelto kynnetään traktorilla, puimurit odottavat"),
            document(3, "X3", other="Puimuri ja pelto"),
            document(4, "X4", other="Jooga virkistää", facets=(THEME,)),
            document(5, "X5", other="Pelto ja puimurit", facets=(THEME,)),
        ],
        [],
    )
    return engine


def follow(engine, text, **limits):
    request = SearchRequest(build_query(text, "fi"), limit=10, **limits)
    result = engine.search(request)
    return [hit.id for hit in result.hits], related(engine, request, result, 5)


def test_documents_like_the_best_follow_and_no_others(filled):
    found, more = follow(filled, "traktori")
    assert set(found) == {1, 2}
    assert set(more) == {3, 5}


def test_they_pass_the_filters(filled):
    found, more = follow(filled, "traktori", filters={"theme": ("hoiva",)})
    assert (found, more) == ([], ())
    filled.apply([document(6, "X6", other="Traktori, puimuri", facets=(THEME,))], [])
    assert follow(filled, "traktori", filters={"theme": ("hoiva",)}) == ([6], (5,))


def test_the_total_counts_only_what_matches(filled):
    request = SearchRequest(build_query("traktori", "fi"), limit=10, facets=("theme",))
    result = filled.search(request)
    assert related(filled, request, result, 5)
    assert (result.total, result.facets["theme"]) == (2, {})


def test_a_word_of_the_same_family_follows_too(engine):
    engine.apply(
        [
            document(1, "X1", other="Kuntoutujat kokoontuvat iltaisin"),
            document(2, "X2", other="Kuntoutus alkaa aamulla"),
            document(3, "X3", other="Puimuri seisoo pellolla"),
        ],
        [],
    )
    assert follow(engine, "kuntoutuja") == ([1], (2,))


@pytest.mark.parametrize("text", ["qwxyz", '"traktori pelto"'])
def test_nothing_follows_nothing(filled, text):
    assert follow(filled, text) == ([], ())


def test_what_documents_have_in_common(filled):
    terms = dict(filled.telling([1, 2]))
    assert {"traktori", "puimuri", "pelto"} == set(terms)
    assert filled.telling([]) == filled.telling([99]) == []
