"""Paging while pages vanish and appear: what a reader who turns the pages may count on.

What is gone is never shown. Until the index has taken that in, it leaves a gap and moves nothing,
so everything else is shown once. A page number past the end shows the last page.
"""

from __future__ import annotations

import pytest
from wagtail.models import Page

from search.index import sync
from search.service import Asked, search
from tests.factories_search import model

pytestmark = pytest.mark.django_db
PER_PAGE = 4


@pytest.fixture
def models(index):
    made = [model(f"Neuvola {number:02}") for number in range(12)]
    sync.apply_waiting(index)
    return made


def titles(page, sort="title"):
    answer = search(Asked(text="neuvola", page=page, sort=sort), "fi", per_page=PER_PAGE)
    assert answer.available
    return [hit.title for hit in answer.hits]


@pytest.mark.parametrize("sort", ["title", "relevance", "newest"])
def test_what_vanishes_moves_nothing_before_the_index_knows(models, sort):
    first = titles(1, sort)
    gone = next(one for one in models if one.title in first)
    coming = next(one for one in models if one.title not in first)
    Page.objects.filter(pk__in=[gone.pk, coming.pk]).update(live=False)

    rest = [*titles(2, sort), *titles(3, sort)]

    expected = {one.title for one in models} - set(first) - {coming.title}
    assert sorted(rest) == sorted(expected)
    assert gone.title not in titles(1, sort)


def test_a_page_past_the_end_shows_the_last(models, index):
    for one in models[5:]:
        Page.objects.get(pk=one.pk).specific.unpublish()
    sync.apply_waiting(index)
    assert titles(3) == titles(2) == ["Neuvola 04"]


def test_json_says_which_page_it_gives(models, client):
    def asked(page):
        answer = client.get("/api/v1/search/", {"q": "neuvola", "page": page}).json()
        return answer["page"], answer["pages"], len(answer["results"])

    assert asked(1) == (1, 1, 12)
    # A page past the last: whoever turns pages sees that there are no more.
    assert asked(7) == (1, 1, 12)
    nothing = client.get("/api/v1/search/", {"q": "olematon", "page": 3}).json()
    assert nothing["pages"] == 0
