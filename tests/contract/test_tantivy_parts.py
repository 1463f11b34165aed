"""The embedded engine reads a large index in parts, and answers as if it were one."""

import pytest
import tantivy

from search.engines import tantivy_parts
from search.engines.storage import IndexFolder
from search.engines.tantivy import TantivyEngine

from .documents import ask, document, facets

# A common word, all words, some words, words that stand near each other, a phrase, without a word.
QUERIES = ["malli", "yhteinen malli", "uusi malli kotona", '"yhteinen malli"', "malli -uusi", ""]


@pytest.fixture
def engine(tmp_path):
    made = TantivyEngine(tmp_path / "index")
    made.rebuild(one(number) for number in range(1, 61))
    # Files of their own, whose pages are of both halves; and pages that are gone.
    made.apply([one(number, "uusi") for number in (5, 55, 61)], [7, 30])
    made.apply([one(number, "kotona") for number in (31, 2, 62)], [59])
    return made


def one(number, more=""):
    place = "Yhteinen malli" if number % 3 else "Malli on kaikille yhteinen"
    return document(
        number,
        f"Malli {number % 7}",
        other=f"{place} {more} " * (number % 4),
        facets=facets(theme=f"t{number % 5}", phase="trial" if number % 2 else "in_use"),
    )


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("filters", [{}, {"theme": ("t1", "t2")}])
@pytest.mark.parametrize("counted", [("theme", "phase"), ("theme",), ()])
def test_an_index_in_parts_answers_as_a_whole_one(engine, monkeypatch, text, filters, counted):
    asked = [{"limit": 5}, {"limit": 5, "offset": 5}, {"limit": 100}, {"hidden": frozenset({1})}]
    asked = [one | {"filters": filters, "facets": counted} for one in asked]
    whole = [ask(engine, text, **one) for one in asked]
    monkeypatch.setattr(tantivy_parts, "WORTH_PARTING", 2)
    assert [ask(engine, text, **one) for one in asked] == whole
    assert text == "" or any(answer.total for answer in whole)


def test_every_document_is_in_one_of_two_like_parts(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(tantivy_parts, "WORTH_PARTING", 2)
    index = tantivy.Index.open(str(IndexFolder(tmp_path / "index").current()))
    searcher = index.searcher()
    parts = [part for (part,) in tantivy_parts.Parts(searcher).limits()]
    held = [
        searcher.fast_field_values("id", [one for _, one in searcher.search(part, limit=99).hits])
        for part in parts
    ]
    assert sorted(held[0] + held[1]) == [n for n in range(1, 63) if n not in (7, 30, 59)]
    assert abs(len(held[0]) - len(held[1])) <= 1
