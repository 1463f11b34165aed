"""Where little is found, pages like what was found follow, and are no part of the answer."""

from __future__ import annotations

import re

import pytest

from search import service
from search.index import sync
from tests.factories_search import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(index):
    """Two pages that say "traktori", two on the same subject that do not, one on another."""
    texts = {
        "Ensimmäinen": "Traktori ajaa, puimuri seisoo pellolla",
        "Toinen": "Pelto kynnetään traktorilla, puimurit odottavat",
        "Kolmas": "Puimuri ja pelto",
        "Neljäs": "Pellot ja puimurit",
        "Viides": "Jooga virkistää",
    }
    pages = {title: content(title, text) for title, text in texts.items()}
    sync.apply_waiting(index)
    return pages


def related_titles(text, **limits):
    return {page.title for page in service.search(service.Asked(text, **limits), "fi").related}


def test_pages_like_those_found_follow_uncounted(fields, client):
    html = client.get("/fi/haku/?q=traktori").content.decode()
    after = html.partition('id="search-related"')[2]
    assert set(re.findall(r"<span>(\w+)</span>", after.partition("</section>")[0])) == {
        "Kolmas",
        "Neljäs",
    }
    answer = service.search(service.Asked("traktori"), "fi")
    assert (answer.total, len(answer.hits)) == (2, 2)
    assert client.get("/api/v1/search/?q=traktori").json()["total"] == 2


def test_a_page_that_is_no_longer_public_does_not_follow(fields):
    fields["Kolmas"].unpublish()
    assert related_titles("traktori") == {"Neljäs"}


@pytest.mark.parametrize("limits", [{"sort": "title"}, {"sort": "newest"}])
def test_nothing_follows_in_another_order(fields, limits):
    assert related_titles("traktori", **limits) == set()


def test_nothing_follows_where_nothing_is_found_or_asked(fields):
    assert related_titles("qwxyz") == related_titles("") == set()
