"""How the search page answers whatever is asked: parts, odd input, a bounded number of queries."""

from __future__ import annotations

import random
import re
from time import monotonic
from urllib.parse import quote, quote_plus, urlencode

import pytest
from django.core.cache import cache

from search import vocabularies
from search.engines.base import FACETS
from search.index import sync
from search.models import PinnedResult
from search.vocabularies import registry
from tests.factories_search import content, model, region, target_group, theme

pytestmark = pytest.mark.django_db

PATHS = ("/fi/haku/", "/sv/sok/", "/en/search/", "/api/v1/search/", "/api/v1/suggest/")
PART = {"HX-Request": "true"}


@pytest.fixture
def everything(index):
    """Models in two languages with terms of several vocabularies, more than a page of them."""
    old = theme("ikaantyneet", "Ikääntyneet", "Äldre", "Older people", synonyms_fi="seniorit")
    clients = target_group("asiakkaat", "Asiakkaat", "Klienter", "Clients")
    county = region("ita", "Itäinen hyvinvointialue")
    town = region("kunta", "Itäkunta", parent=county, kind="municipality")
    registry.forget()
    pages = [
        model(
            f"Ikääntyneiden malli {number}",
            language="sv" if number % 7 == 0 else "fi",
            themes=[old],
            target_groups=[clients],
            regions=[town, region()],
            phase="trial",
            sections={"tips": "Seniorien aakkosista."},
        )
        for number in range(22)
    ]
    pages.append(content("Ohje", "Aakkosista."))
    sync.apply_waiting(index)
    PinnedResult.objects.create(words="aakkoset seniorit", language="fi", page=pages[3])
    return pages


def body(response):
    return response.content.decode()


# Parts --------------------------------------------------------------------------------------


def test_a_script_gets_only_what_changes(everything, client):
    whole = client.get("/fi/haku/?q=aakkoset")
    part = client.get("/fi/haku/?q=aakkoset", headers=PART)

    assert "<html" in body(whole)
    assert "<html" not in body(part)
    assert "<form" not in body(part)
    assert body(part).lstrip().startswith("<title>")
    hits = [hit.id for hit in whole.context["found"].hits]
    assert [hit.id for hit in part.context["found"].hits] == hits
    # The other languages' addresses follow.
    assert 'hx-swap-oob="true"' in body(part)
    assert 'href="/sv/sok/?q=aakkoset"' in body(part)


def test_no_cache_takes_a_part_for_the_page(everything, client):
    for headers in ({}, PART):
        assert "HX-Request" in client.get("/fi/haku/", headers=headers).headers["Vary"]
    assert "no-store" in client.get("/fi/haku/", headers=PART).headers["Cache-Control"]
    restored = client.get("/fi/haku/", headers=PART | {"HX-History-Restore-Request": "true"})
    assert "<html" in body(restored)


def test_the_page_keeps_its_policy(everything, client):
    page = body(client.get("/fi/haku/?q=aakkoset"))
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


# Anything typed -----------------------------------------------------------------------------

PIECES = [
    *"\"'„”«»-–−+*?:~^()[]{}\\/|&!<>%#@;,.=_",
    *("AND", "OR", "NOT", "TO", "title:", "' OR 1=1 --", "); DROP TABLE search;--", "../../etc"),
    *("\x00", "\x1b[31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud83d", "\udc00", "\U0010ffff"),
    *("👩‍👩‍👧", "ﷺ", "מודל", "نموذج", "模型", "İ", "ß", "e\u0301" * 30, "\u0335" * 40),
    *("ikääntyneet", "seniorien", "aakkoset", "x" * 300, "12,5 %", "<script>alert(1)</script>"),
    *("{{ 7*7 }}", "{% debug %}", "\n", "\t", "\u2028", " " * 20),
]
NAMES = [
    *FACETS,
    "q",
    "page",
    "sort",
    "exact",
    "all",
    "lang",
    "kissa",
    "q[]",
    "",
    "theme.x",
    "__proto__",
]


def odd_query(dice):
    pairs = []
    for _ in range(dice.randint(1, 6)):
        value = "".join(dice.choice(PIECES) for _ in range(dice.randint(0, 12)))
        if dice.random() < 0.1:
            value *= 10_000 // max(1, len(value))
        name = dice.choice(["q", *NAMES])
        raw = value.encode("utf-8", "surrogatepass")
        pairs.append(f"{quote_plus(name)}={quote_plus(raw)}")
    query = "&".join(pairs)
    if dice.random() < 0.2:
        query += dice.choice(
            ["&q=%", "&q=%f", "&q=%ff%fe", "&%00=%00", "&&=&=", "&q=%C3", ";", "#"]
        )
    return query[:60_000]


def test_whatever_is_asked_is_answered(everything, client, repetitions):
    dice = random.Random(20261123)
    for _ in range(repetitions(1000)):
        query = odd_query(dice)
        address = f"{dice.choice(PATHS)}?{query}"
        headers = PART if dice.random() < 0.3 else {}
        response = client.get(address, headers=headers)
        assert response.status_code == 200, address
        assert "<script>alert" not in body(response), address
        if address.startswith("/api/"):
            response.json()


MUCH = [
    "q=" + quote("a" * 10_000),
    "q=" + quote('"' * 10_000),
    "q=" + quote("- " * 5_000),
    "q=" + quote("äö" * 5_000),
    "q=%ED%A0%80",
    "q=%00%01%02",
    "q=ikaantyneet&q=aakkoset&q=%22",
    "q=" + quote(" ".join(f"sana{number}" for number in range(2_000))),
    "q=" + quote(" ".join('"a b"' for _ in range(1_000))),
    "&".join(f"{key}=a&{key}=b" for key in FACETS),
    "sort=relevance&sort=kissa",
    "page=1&page=2&page=x",
]


def test_much_and_odd_input_is_answered(everything, client):
    for path in PATHS:
        for query in MUCH:
            assert client.get(f"{path}?{query}").status_code == 200, (path, query[:80])


def test_other_methods_are_refused_in_the_form_that_was_asked_for(everything, client):
    assert client.post("/fi/haku/").status_code == 405
    refused = client.post("/api/v1/search/")
    assert refused.status_code == 405
    assert refused.json()["error"]
    assert refused.headers["Allow"] == "GET, HEAD"
    assert client.head("/fi/haku/?q=aakkoset").status_code == 200


def test_without_an_index_nothing_that_was_chosen_is_lost(portal, client):
    page = body(client.get("/fi/haku/?q=neuvola&phase=trial&phase=idea&page=3"))
    assert '<input type="hidden" name="phase" value="idea" form="search-page">' in page
    assert 'href="?q=neuvola&amp;phase=trial&amp;phase=idea&amp;page=3"' in page
    answer = client.get("/api/v1/search/?q=neuvola")
    assert answer.status_code == 503
    assert answer.json()["results"] == []
    assert client.get("/api/v1/suggest/?q=neuvola").json() == {"suggestions": []}


# A bounded number of queries ----------------------------------------------------------------

FULL = {
    "q": "aakkoset seniorit",
    "theme": ["ikaantyneet", "ei-ole"],
    "region": ["ita", "kunta"],
    "phase": ["trial", "idea"],
    "target_group": "asiakkaat",
    "language": ["fi", "sv"],
    "sort": "relevance",
}
QUESTIONS = [
    FULL,
    FULL | {"page": 2},
    FULL | {"exact": 1},
    {},
    {"q": "aakosista seniorit"},
    {"q": "olematonsana"},
    {"q": '"seniorit ohje" -aakkoset', "phase": "idea"},
    # Few have this: they are followed by others like them, and a word is corrected.
    {"q": "senioreit ohje", "phase": "trial", "region": "kunta"},
    {"q": "ohje aakosista"},
    # Nothing has this; each of its words is tried alone, with other names of its own.
    {"q": '"ohje asiakkaat kunta malli seniorit" virhesna', "phase": "trial", "page": 3},
    {"q": "äldre", "sort": "title", "page": 99},
]


def test_a_page_costs_at_most_eight_queries(everything, client, django_assert_max_num_queries):
    client.get("/fi/haku/")  # what a process reads once
    for question in QUESTIONS:
        query = urlencode(question, doseq=True)
        for path in ("/fi/haku/", "/api/v1/search/"):
            cache.delete_many(["search.pins.fi", "search.pins.sv"])  # remembered for seconds
            with django_assert_max_num_queries(8):
                assert client.get(f"{path}?{query}").status_code == 200
        with django_assert_max_num_queries(8):
            assert client.get(f"/fi/haku/?{query}", headers=PART).status_code == 200


def test_the_first_page_of_a_process_reads_the_vocabularies_too(
    everything, client, django_assert_max_num_queries
):
    cache.clear()
    registry.forget()
    with django_assert_max_num_queries(16):
        client.get(f"/fi/haku/?{urlencode(FULL, doseq=True)}")


def test_a_process_reads_the_vocabularies_beside_its_requests(
    everything, client, django_assert_max_num_queries, monkeypatch
):
    """As they get older, also after hours in which nobody asked anything."""
    client.get("/fi/haku/")
    now = [monotonic()]
    monkeypatch.setattr(vocabularies, "monotonic", lambda: now[0])

    class Clock:
        rounds = 200

        def wait(self, seconds):
            now[0] += seconds
            self.rounds -= 1
            return self.rounds < 0

    # The connection is the test's own.
    monkeypatch.setattr(vocabularies, "close_old_connections", lambda: None)
    registry.keep(Clock())
    now[0] -= 20
    with django_assert_max_num_queries(8) as captured:
        client.get(f"/fi/haku/?{urlencode(FULL, doseq=True)}")
    assert not [query for query in captured if 'FROM "models_pages_theme"' in query["sql"]]


def test_suggestions_cost_at_most_one_query(everything, client, django_assert_max_num_queries):
    client.get("/api/v1/suggest/?q=ik")
    with django_assert_max_num_queries(1):
        assert client.get("/api/v1/suggest/?q=ikään").json()["suggestions"]
