"""Pages that editors pin to words come first for readers, and only where they may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import service
from search.index import sync
from search.models import PinnedResult
from tests.factories_search import content, model

pytestmark = pytest.mark.django_db

MARK = "Editors' pick"


@pytest.fixture
def pages(index):
    """Three models of the same word, and a page that has none of it."""
    found = [model(f"Kotihoito {number}", slug=f"kotihoito-{number}") for number in range(3)]
    guide = content("Opas omaisille", "Mistä apua saa.")
    sync.apply_waiting(index)
    return [*found, guide]


@pytest.fixture
def get(client):
    def ask(text, language="en", **parameters):
        address = {"fi": "/fi/haku/", "en": "/en/search/"}[language]
        return client.get(address, {"q": text, **parameters})

    return ask


def pin(page, words="kotihoito", **values):
    return PinnedResult.objects.create(words=words, page=page, **{"language": "en", **values})


def hits(response):
    return response.context["found"].hits


def titles(response):
    return [hit.title for hit in hits(response)]


def test_pinned_page_comes_first_is_marked_and_not_repeated(pages, get):
    before = titles(get("kotihoito"))
    assert len(before) == 3
    last = next(page for page in pages if page.title == before[-1])
    pin(last)

    response = get("kotihoito")
    assert titles(response) == [before[-1], *before[:-1]]
    assert [hit.pinned for hit in hits(response)] == [True, False, False]
    assert response.content.decode().count(MARK) == 1
    assert response.context["found"].total == 3


def test_page_without_the_words_is_found_by_its_pin(pages, get):
    assert titles(get("hätäensiapu")) == []
    pin(pages[3], "hätäensiapu")

    response = get("hätäensiapu")
    assert titles(response) == ["Opas omaisille"]
    assert response.context["found"].total == 1
    assert "Opas omaisille" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "meets"),
    [
        ("ikääntyneiden kotihoito", True),
        ("Kotihoitoa ikääntyneille", True),
        ("kotihoito ikääntyneet!", True),
        ('"ikääntynyt kotihoito"', True),
        ("kotihoito", False),
        ("ikääntyneiden kotihoito yöllä", False),
        ("ikääntyneet -kotihoito", False),
    ],
)
def test_words_meet_in_any_form_and_order_and_no_others(pages, get, typed, meets):
    pin(pages[3], "ikääntyneiden kotihoito", language="fi")
    assert ("Opas omaisille" in titles(get(typed, "fi"))) is meets


def test_pin_is_for_readers_of_its_language(pages, get):
    pin(pages[3], language="en")
    assert titles(get("kotihoito", "en"))[0] == "Opas omaisille"
    assert "Opas omaisille" not in titles(get("kotihoito", "fi"))


def test_several_pins_stand_in_the_editors_order(pages, get):
    pin(pages[0], position=2)
    pin(pages[3], position=1)
    assert titles(get("kotihoito"))[:2] == ["Opas omaisille", "Kotihoito 0"]


@pytest.mark.parametrize("how", ["unpublished", "expired", "restricted"])
def test_pinned_page_that_is_not_public_is_not_shown(pages, get, how):
    pin(pages[3])
    assert "Opas omaisille" in titles(get("kotihoito"))
    if how == "unpublished":
        Page.objects.filter(pk=pages[3].pk).update(live=False)
    elif how == "expired":
        past = timezone.now() - timedelta(minutes=1)
        Page.objects.filter(pk=pages[3].pk).update(expire_at=past)
    else:
        PageViewRestriction.objects.create(page=pages[3], restriction_type="login")

    response = get("kotihoito")
    assert "Opas omaisille" not in response.content.decode()
    assert response.context["found"].total == 3


def test_draft_is_never_shown_by_a_pin(pages, get):
    pin(model("Salainen luonnos", live=False), "salainen")
    assert "Salainen" not in get("salainen").content.decode().replace("salainen", "")


def test_pin_ends_with_its_last_day(pages, get):
    pinned = pin(pages[3], until=timezone.localdate())
    assert titles(get("kotihoito"))[0] == "Opas omaisille"
    pinned.until = timezone.localdate() - timedelta(days=1)
    pinned.save()
    assert "Opas omaisille" not in titles(get("kotihoito"))


def test_change_and_removal_are_seen_at_once(pages, get):
    pinned = pin(pages[3], "muuta")
    assert "Opas omaisille" not in titles(get("kotihoito"))
    pinned.words = "kotihoidossa"
    pinned.language = "fi"
    pinned.save()
    assert titles(get("kotihoito", "fi"))[0] == "Opas omaisille"
    pinned.delete()
    assert "Opas omaisille" not in titles(get("kotihoito", "fi"))


def test_pin_comes_first_only_by_relevance_and_on_the_first_page(pages, get, monkeypatch):
    pin(pages[3])
    assert "Opas omaisille" not in titles(get("kotihoito", sort="title"))
    assert "Opas omaisille" not in titles(get("kotihoito", sort="newest"))

    asked = service.Asked(text="kotihoito")
    first = service.search(asked, "en", per_page=2)
    assert [hit.pinned for hit in first.hits] == [True, False, False]
    second = service.search(service.Asked(text="kotihoito", page=2), "en", per_page=2)
    assert [hit.pinned for hit in second.hits] == [False]
    assert first.total == second.total == 3


def test_pin_yields_to_limits_that_it_does_not_meet(pages, get):
    pin(pages[3])
    pin(pages[1], position=2)
    response = get("kotihoito", phase="trial")
    assert titles(response)[0] == "Kotihoito 1"
    assert "Opas omaisille" not in titles(response)


def test_pin_stands_in_the_json_too(pages, client):
    pin(pages[1])
    answer = client.get("/api/v1/search/", {"q": "kotihoito", "lang": "en"}).json()
    assert [one.get("pinned", False) for one in answer["results"]] == [True, False, False]


def test_pins_cost_no_query_once_read(pages, get):
    pin(pages[3])
    get("kotihoito")
    with CaptureQueriesContext(connection) as captured:
        assert get("kotihoito").status_code == 200
    assert not [query for query in captured if "pinnedresult" in query["sql"]]


@pytest.mark.parametrize("words", ["", '"', "- -", "\u200b", "ja", "🙂", "a" * 120])
def test_odd_words_of_a_pin_harm_nobody(pages, get, words):
    pin(pages[3], words)
    assert get("kotihoito").status_code == 200
    assert "Opas omaisille" not in titles(get("kotihoito"))
