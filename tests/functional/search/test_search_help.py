"""What the search page offers beside results: what was meant, other names, the nearest."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.utils import timezone
from wagtail.models import Page

from search.index import sync
from search.vocabularies import registry
from tests.factories_search import content, home, model, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client):
    """Ask the search page in Finnish; gives the response with its text as ``html``."""

    def ask(**parameters):
        response = client.get(f"/fi/haku/?{urlencode(parameters, doseq=True)}")
        assert response.status_code == 200
        response.html = response.content.decode()
        return response

    return ask


@pytest.fixture
def pages(index):
    """Three pages and a theme that goes by another name."""
    senior = theme("ikaantyneet", "Ikääntyneet", "Äldre", "Older people", synonyms_fi="seniorit")
    registry.forget()
    made = [
        model("Kotikuntoutus maalla", themes=[senior], sections={"tips": "Haitaria soitettiin."}),
        model("Etäpalvelut saaristossa", sections={"tips": "Yhteys pätki."}),
        content("Pihatyöt", "Lapio ja kottikärryt riittävät."),
    ]
    sync.apply_waiting(index)
    return made


def meant(response):
    return response.context["found"].did_you_mean


def titles(response):
    return [hit.title for hit in response.context["found"].hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kotikuntotus", "kotikuntoutus"),
        ("kotikuntoutsu", "kotikuntoutus"),
        ("kottikarryt", "kottikärryt"),
        ("haitaria kottikarryt", "haitaria kottikärryt"),
        ("etä palvelut", "etäpalvelut"),
        ('"kottikarryt" -haitari', '"kottikärryt" -haitari'),
        # Words that are known, excluded, short or like nothing are left as they are.
        ("kotikuntoutuksesta", ""),
        ("haitari -kottikarryt", ""),
        ("xyzzyplugh", ""),
        ("12345", ""),
    ],
)
def test_a_word_like_the_typed_one_is_offered(pages, get, typed, expected):
    response = get(q=typed)
    assert meant(response) == expected
    if expected:
        assert f'href="?{urlencode({"q": expected})}"' in response.html.replace("&amp;", "&")
        assert get(q=expected).context["found"].total


def test_a_compound_that_stands_nowhere_is_offered_as_two_words(pages, get):
    assert meant(get(q="lapiohaitari")) == "lapio haitari"


def test_no_word_is_offered_that_only_a_hidden_page_has(pages, get, client):
    # The index does not know yet: as between a change and its arrival.
    Page.objects.filter(pk=pages[2].pk).update(live=False)
    assert meant(get(q="kottikarryt")) == ""
    assert client.get("/api/v1/suggest/", {"q": "kottik"}).json() == {"suggestions": []}

    Page.objects.filter(pk=pages[2].pk).update(live=True, expire_at=timezone.now())
    assert meant(get(q="kottikarryt")) == ""
    assert client.get("/api/v1/suggest/", {"q": "kottik"}).json() == {"suggestions": []}


def test_json_says_what_was_meant(pages, client):
    answer = client.get("/api/v1/search/", {"q": "kotikuntotus"}).json()
    assert answer["did_you_mean"] == "kotikuntoutus"


def test_other_names_are_told_and_can_be_left_out(pages, get):
    widened = get(q="seniorit")
    assert titles(widened) == ["Kotikuntoutus maalla"]
    assert [name.text for name in widened.context["also"]] == ["ikääntyneet"]
    assert '<span lang="fi">ikääntyneet</span>' in widened.html
    assert "?q=seniorit&amp;exact=1" in widened.html

    exact = get(q="seniorit", exact="1")
    assert titles(exact) == []
    assert exact.context["also"] == ()
    assert 'href="?q=seniorit"' in exact.html


def test_only_names_that_stand_somewhere_are_told(pages, get):
    names = {name.text for name in get(q="seniorit").context["also"]}
    assert names == {"ikääntyneet"}


def test_names_are_told_as_one_says_them_each_once(index, get):
    county = theme(
        "hva",
        "Hyvinvointialue",
        "Välfärdsområde",
        "Wellbeing services county",
        synonyms_fi="aluehallinto",
        synonyms_en="County",
    )
    fund = theme("eu", "EU-rahasto", "EU-fonden", "European Fund", synonyms_fi="elpymisraha")
    registry.forget()
    model("Malli", themes=[county, fund], sections={"tips": "Aluehallinto ja elpymisraha."})
    content("Wellbeing services counties and a county", "European Fund.", parent=home("en"))
    content("Välfärdsområden", "EU-fonden.", parent=home("sv"))
    sync.apply_waiting(index)

    def told(**asked):
        return [(name.text, name.language) for name in get(**asked).context["also"]]

    # The reader's language first; nothing that is within another name; labels lose their capital.
    assert told(q="hyvinvointialueet") == [
        ("aluehallinto", "fi"),
        ("välfärdsområde", "sv"),
        ("wellbeing services county", "en"),
    ]
    # What is one of a kind keeps it.
    assert told(q="elpymisraha") == [
        ("EU-rahasto", "fi"),
        ("EU-fonden", "sv"),
        ("European Fund", "en"),
    ]
    # Only what something was found by, within the limits.
    assert told(q="hyvinvointialueet", language="sv") == [("välfärdsområde", "sv")]


def test_left_out_names_stay_left_out(pages, get):
    response = get(q="kotikuntoutus", exact="1", theme="ikaantyneet", sort="title")
    assert '<input type="hidden" name="exact" value="1"' in response.html
    assert '<input type="hidden" name="sort" value="title"' in response.html
    (chip,) = response.context["chips"]
    assert "exact=1" in chip.url
    assert all("exact=1" in sort["url"] for sort in response.context["sorts"])


def test_nothing_with_these_limits_offers_the_search_without(pages, get):
    response = get(q="haitari", phase="idea")
    (way,) = response.context["nearest"]
    assert way == {"text": "haitari", "total": 1, "unlimited": True, "url": "?q=haitari"}


def test_nothing_with_these_words_offers_each_that_has_results(pages, get):
    response = get(q='"haitari lapio"')
    assert [(way["text"], way["total"]) for way in response.context["nearest"]] == [
        ("haitari lapio", 2),
        ("haitari", 1),
        ("lapio", 1),
    ]
    assert "?q=haitari+lapio" in response.html


def test_nothing_at_all_offers_what_is_new_and_public(pages, get):
    Page.objects.filter(pk=pages[0].pk).update(live=False)
    response = get(q="xyzzyplugh")
    # Nothing stands beside it, so it isn't put into the narrow column of what does.
    assert "with-side" not in response.html
    assert response.context["found"].nearest == ()
    assert pages[1].url in response.html
    assert pages[0].url not in response.html


def test_numbers_of_pages_lead_to_the_first_the_neighbours_and_the_last(index, get):
    for number in range(130):
        content(f"Ohje {number:03}", "Aakkosista.")
    sync.apply_waiting(index)

    response = get(q="aakkoset", page=4, sort="title")
    numbers = [link.number for link in response.context["page_links"]]
    assert numbers == [1, 2, 3, 4, 5, None, 7] or numbers == [1, 2, 3, 4, 5, 6, 7]
    assert "?q=aakkoset&amp;sort=title&amp;page=7" in response.html
    assert "?q=aakkoset&amp;sort=title&amp;page=3" in response.html

    # Items go while one reads: their places close up, the count is right, the end is the end.
    gone = Page.objects.filter(title__in=[f"Ohje {number:03}" for number in range(60, 65)])
    gone.update(live=False)
    assert response.context["found"].total == 130
    again = get(q="aakkoset", page=4, sort="title")
    assert again.context["found"].total == 125
    assert titles(again) == [f"Ohje {number:03}" for number in range(65, 80)]
    assert titles(get(q="aakkoset", page=500)) == titles(get(q="aakkoset", page=7))


def test_the_last_page_that_is_offered_says_that_there_is_more(index, get, monkeypatch):
    for number in range(61):
        content(f"Ohje {number:03}", "Aakkosista.")
    sync.apply_waiting(index)
    assert "search-cut" not in get(q="aakkoset", page=4).html

    monkeypatch.setattr("search.paging.MAX_PAGE", 2)
    monkeypatch.setattr("search.forms.MAX_PAGE", 2)
    assert "search-cut" not in get(q="aakkoset").html
    last = get(q="aakkoset", page=3)
    assert "search-cut" in last.html
    assert last.context["next_url"] == ""
    assert [link.number for link in last.context["page_links"]] == [1, 2]
