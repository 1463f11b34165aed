"""The search page as a reader without JavaScript meets it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from wagtail.models import Page

from search.index import indexes, sync
from search.vocabularies import registry
from tests.factories_search import content, model, region, target_group, theme

pytestmark = pytest.mark.django_db

ADDRESSES = {"fi": "/fi/haku/", "sv": "/sv/sok/", "en": "/en/search/"}


@pytest.fixture
def get(client):
    """Ask the search page; gives the response with its text as ``html``."""

    def ask(language="fi", **parameters):
        address = f"{ADDRESSES[language]}?{urlencode(parameters, doseq=True)}"
        response = client.get(address)
        response.html = response.content.decode()
        return response

    return ask


@pytest.fixture
def models(index):
    """Seven models over two themes, two counties with a municipality, and three phases."""
    old, young = (
        theme("ikaantyneet", "Ikääntyneet", "Äldre", "Older people"),
        theme("nuoret", "Nuoret", "Unga", "Young people"),
    )
    clients = target_group("asiakkaat", "Asiakkaat", "Klienter", "Clients")
    east = region("ita", "Itäinen hyvinvointialue", label_sv="Östra välfärdsområdet")
    west = region("lansi", "Läntinen hyvinvointialue")
    town = region("kunta", "Itäkunta", parent=east, kind="municipality")
    rows = [
        ("Ikääntyneiden ateriapalvelu", [old], [town], "idea"),
        ("Ikääntyneiden liikuntaryhmä", [old], [east], "trial"),
        ("Nuorten etsivä työ", [young], [west], "trial"),
        ("Nuorten työpaja", [young], [west, town], "in_use"),
        ("Sukupolvien yhteinen puutarha", [old, young], [east], "in_use"),
        ("Kotikäynti ikääntyneen luona", [old], [west], "established"),
    ]
    registry.forget()
    pages = [
        model(
            title,
            themes=themes,
            regions=regions,
            phase=phase,
            target_groups=[clients],
            confirmed_on=date(2024, 3, 1),
            first_published_at=timezone.now() - timedelta(days=number),
            sections={
                "basic_idea": f"Perusidea on {title.lower()} naapurustossa.",
                "trial": "Kokeilussa soitettiin haitaria pihalla.",
            },
        )
        for number, (title, themes, regions, phase) in enumerate(rows)
    ]
    sync.apply_waiting(index)
    return pages


def titles(response):
    return [hit.title for hit in response.context["found"].hits]


def facet(response, key):
    shown = {facet.key: facet for facet in response.context["found"].facets}
    return {choice.value: choice.count for choice in shown[key].every()} if key in shown else {}


def test_the_page_stands_at_its_address_in_each_language(index, client):
    for language, address in ADDRESSES.items():
        response = client.get(address)
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.content.decode()
        assert "noindex" in response.headers["X-Robots-Tag"]


def test_words_in_any_form_find_models_with_their_passage_marked(models, get):
    response = get(q="ikääntyneille ateriat")

    assert titles(response)[0] == "Ikääntyneiden ateriapalvelu"
    assert "<title>" in response.html
    assert (
        "ikääntyneille ateriat" in re.search(r"<title>(.*?)</title>", response.html, re.DOTALL)[1]
    )
    assert "<mark>" in response.html
    assert models[0].url in response.html


def test_a_hit_links_to_the_section_that_matched_in_the_view_that_shows_it(models, get):
    response = get(q="haitari", phase="idea")

    (hit,) = response.context["found"].hits
    assert hit.passage.kind == "trial"
    assert "<mark>" in hit.text_html
    assert hit.passage.url == f"{models[0].url}kehittamisen-polku/#trial"

    (hit,) = get(q="perusidea", phase="idea").context["found"].hits
    assert hit.passage.url == f"{models[0].url}#basic-idea"


def test_facets_count_each_without_its_own_limit(models, get):
    response = get(theme="ikaantyneet")

    assert response.context["found"].total == 4
    assert facet(response, "theme") == {"ikaantyneet": 4, "nuoret": 3}
    assert facet(response, "phase") == {"idea": 1, "trial": 1, "in_use": 1, "established": 1}


def test_values_of_a_facet_widen_and_facets_narrow(models, get):
    both = get(theme=["ikaantyneet", "nuoret"])
    assert both.context["found"].total == 6
    narrowed = get(theme=["ikaantyneet", "nuoret"], phase=["trial"])
    assert narrowed.context["found"].total == 2
    assert get(theme="ikaantyneet", phase="in_use", q="puutarha").context["found"].total == 1


def test_a_county_finds_what_its_municipalities_have(models, get):
    response = get(region="ita")

    assert sorted(titles(response)) == [
        "Ikääntyneiden ateriapalvelu",
        "Ikääntyneiden liikuntaryhmä",
        "Nuorten työpaja",
        "Sukupolvien yhteinen puutarha",
    ]
    (county,) = [
        choice
        for shown in response.context["found"].facets
        if shown.key == "region"
        for choice in (*shown.first, *shown.rest)
        if choice.value == "ita"
    ]
    assert [child.value for child in county.children] == ["kunta"]


def test_a_chosen_value_stays_in_sight_without_results(models, get):
    response = get(q="etsivä", phase="idea", region=["ita", "kunta", "lansi"])
    assert response.context["found"].total == 0
    assert facet(response, "phase")["idea"] == 0
    assert facet(response, "region")["ita"] == 0
    assert response.html.count(" checked") == 4
    # What the other facets would give without their own limit is still told.
    assert facet(get(q="etsivä", phase="idea"), "phase") == {"trial": 1, "idea": 0}


def test_a_county_and_a_municipality_widen_each_other(models, get):
    assert get(region="kunta").context["found"].total == 2
    assert get(region=["kunta", "lansi"]).context["found"].total == 4
    assert get(region=["kunta", "ita"]).context["found"].total == 4


def test_of_many_values_the_first_are_shown_until_all_are_asked_for(models, index, get):
    for number in range(40):
        model(
            f"Ikääntyneiden kerho {number}",
            themes=[theme(f"aihe-{number}", f"Aihe {number}"), theme(f"toinen-{number}", "Toinen")],
        )
    registry.forget()
    sync.apply_waiting(index)
    response = get(q="ikääntyneet")
    assert len(facet(response, "theme")) == 82
    assert response.html.count('name="theme"') == 8

    (address,) = re.findall(r'href="(\?[^"]*all=theme)#rest-theme"', response.html)
    assert address == "?q=ik%C3%A4%C3%A4ntyneet&amp;all=theme"
    whole = get(q="ikääntyneet", all="theme")
    assert whole.html.count('name="theme"') == 82
    # A choice keeps them in sight: the form tells.
    assert '<input type="hidden" form="search-page" name="all" value="theme">' in whole.html
    assert "?all=theme#" in get().html
    # What is chosen is in sight anyway.
    chosen = get(q="ikääntyneet", theme="aihe-39", all="nothing")
    assert chosen.html.count('name="theme"') == 9
    assert 'id="theme-aihe-39" checked' in chosen.html


def test_labels_are_in_the_readers_language(models, get):
    response = get("sv", theme="ikaantyneet")
    assert "Äldre" in response.html
    assert "Östra välfärdsområdet" in response.html
    # Where a language has no label, the Finnish one.
    assert "Läntinen hyvinvointialue" in response.html


def test_a_changed_label_reaches_facets_and_documents(models, index, get, committed):
    term = models[0].themes.first()
    with committed():
        term.label_fi = "Seniorit"
        term.save()
    sync.apply_waiting(index)

    assert "Seniorit" in get().html
    documents = sync.store.get([models[0].pk])
    assert "Seniorit" in [facet.label for facet in documents[models[0].pk].facets]


def test_chips_remove_one_limit_each(models, get, client):
    response = get(q="nuorten", theme=["nuoret", "ikaantyneet"], phase="trial")
    chips = {chip.label: chip.url for chip in response.context["chips"]}

    assert set(chips) == {"Nuoret", "Ikääntyneet", response.context["chips"][-1].label}
    address = chips["Nuoret"]
    assert "theme=nuoret" not in address
    assert "theme=ikaantyneet" in address
    assert "phase=trial" in address
    assert "q=nuorten" in address
    assert client.get(f"/fi/haku/{address}").status_code == 200


def test_sorting_by_name_is_finnish(models, index, get):
    for title in ("Öljylamppu", "Äidinkieli", "Åland", "Zorro"):
        content(title, "Aakkosista.")
    sync.apply_waiting(index)

    assert titles(get(q="aakkoset", sort="title")) == ["Zorro", "Åland", "Äidinkieli", "Öljylamppu"]


def test_sorting_by_newest(models, get):
    assert titles(get(theme="nuoret", sort="newest")) == [
        "Nuorten etsivä työ",
        "Nuorten työpaja",
        "Sukupolvien yhteinen puutarha",
    ]


def test_pages_of_results_follow_one_another_without_gaps(index, get):
    for number in range(45):
        content(f"Ohje {number:02}", "Aakkosista.")
    sync.apply_waiting(index)

    seen = []
    for page in (1, 2, 3):
        response = get(q="aakkoset", page=page)
        seen += titles(response)
        assert ('rel="next"' in response.html) == (page < 3)
        assert ('rel="prev"' in response.html) == (page > 1)
        assert 'aria-current="page"' in response.html
    assert sorted(seen) == sorted(f"Ohje {number:02}" for number in range(45))
    assert titles(get(q="aakkoset", page=99)) == titles(get(q="aakkoset", page=3))


def test_nothing_found_helps(models, get):
    response = get(q="xyzzyplugh", theme="nuoret")
    assert response.context["found"].total == 0
    assert "/fi/toimintamallit/" in response.html
    assert "?q=xyzzyplugh" in response.html


HOSTILE = [
    '"',
    '"""',
    "-",
    "- - -",
    "-neuvola",
    "*",
    "?:*",
    "AND OR NOT",
    "title:foo^9 (bar",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\x00\x01",
    "\u202eneuvola",
    "👩‍👩‍👧 neuvola",
    "a" * 10_000,
    "sana " * 3_000,
    '"' + "sana " * 500 + '"',
    "\ud83d",
    "%00",
    "{{ 7*7 }}",
    "ﷺ",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered(models, client, text):
    response = client.get("/fi/haku/", {"q": text.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=kissa",
        "page=99999999999999999999",
        "page=²",
        "sort=kissa",
        "theme=ei-ole",
        "theme=../../etc",
        "theme=" + "a" * 5000,
        "&".join(f"theme=t{number}" for number in range(300)),
        "q=a&q=b",
        "page[]=1",
        "%ff=%fe",
    ],
)
def test_whatever_stands_in_the_address_is_answered(models, client, query):
    assert client.get(f"/fi/haku/?{query}").status_code == 200


def test_without_an_index_a_kind_page(portal, client):
    response = client.get("/fi/haku/?q=neuvola")
    assert response.status_code == 200
    assert not response.context["found"].available
    assert "<h1" in response.content.decode()


def test_a_damaged_index_is_not_an_error(models, client, settings):
    folder = settings.SEARCH_INDEX_DIR
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x00")
    indexes._tantivy.cache_clear()
    assert client.get("/fi/haku/?q=neuvola").status_code == 200


def test_every_hit_is_checked_against_the_database(models, get):
    Page.objects.filter(pk=models[0].pk).update(live=False)
    response = get(q="ikääntyneiden ateriapalvelu")
    assert models[0].title not in titles(response)
    assert models[0].url not in response.html


def test_the_number_of_queries_does_not_grow_with_the_hits(
    index, client, django_assert_max_num_queries
):
    parameters = {"q": "aakkoset"}
    for number in range(20):
        model(f"Malli {number}", sections={"tips": "Aakkosista."})
    sync.apply_waiting(index)
    client.get("/fi/haku/", parameters)  # reads the vocabularies
    with django_assert_max_num_queries(6):
        response = client.get("/fi/haku/", parameters)
    assert len(titles(response)) == 20


def test_the_same_search_as_json(models, client):
    answer = client.get("/api/v1/search/", {"q": "haitari", "lang": "sv", "phase": "idea"}).json()

    assert answer["total"] == 1
    (result,) = answer["results"]
    assert result["title"] == "Ikääntyneiden ateriapalvelu"
    assert result["url"] == models[0].url
    assert result["language"] == "fi"
    assert result["section"]["kind"] == "trial"
    assert "<mark>" in result["section"]["html"]
    assert answer["facets"]["theme"] == [{"value": "ikaantyneet", "label": "Äldre", "count": 1}]
    assert answer["did_you_mean"] is None


def test_the_language_of_json_is_never_a_filter(models, client):
    totals = {
        client.get("/api/v1/search/", {"q": "haitari", "lang": language}).json()["total"]
        for language in ("fi", "sv", "en", "", "xx")
    }
    assert totals == {6}


def test_suggestions_are_terms_words_and_pages(models, client):
    answer = client.get("/api/v1/suggest/", {"q": "nuor", "lang": "fi"}).json()["suggestions"]
    assert {"text": "Nuoret", "type": "theme", "url": "/fi/haku/?theme=nuoret"} in answer
    assert len({one["text"].lower() for one in answer}) == len(answer)

    whole = client.get("/api/v1/suggest/", {"q": "nuorten työpaja", "lang": "fi"}).json()
    assert whole["suggestions"][0] == {
        "text": "Nuorten työpaja",
        "type": "page",
        "url": models[3].url,
    }
    for text in ("", "n", "\x00", '"' * 400, "a" * 9000):
        assert client.get("/api/v1/suggest/", {"q": text}).status_code == 200
