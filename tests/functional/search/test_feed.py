"""A saved search as an Atom feed."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import feeds
from search.index import sync
from search.vocabularies import registry
from tests.factories_search import model, publish, region, theme

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = {"fi": "/fi/haku/syote/", "sv": "/sv/sok/flode/", "en": "/en/search/feed/"}


@pytest.fixture
def get(client):
    """Ask the feed; gives the response with the feed's root element as ``root``."""

    def ask(language="fi", headers=None, **parameters):
        query = urlencode(parameters, doseq=True)
        response = client.get(f"{ADDRESSES[language]}?{query}", headers=headers)
        if response.status_code == 200:
            response.root = ET.fromstring(response.content)
        return response

    return ask


@pytest.fixture
def models(index):
    """Three models of the same words, the last the newest, and one of others."""
    now = timezone.now()
    pages = [
        model(
            title,
            slug=slug,
            short_description="<p>Arjen tueksi.</p>",
            first_published_at=now - timedelta(days=days),
            last_published_at=now - timedelta(hours=days),
        )
        for title, slug, days in (
            ("Omaishoitajan vapaapäivä", "vapaa", 9),
            ("Omaishoitajien vertaisryhmä", "ryhma", 5),
            ("Omaishoidon neuvonta", "neuvonta", 1),
            ("Kirjastoauto", "auto", 3),
        )
    ]
    sync.apply_waiting(index)
    return pages


def entries(response):
    return response.root.findall(f"{ATOM}entry")


def text(element, name):
    return element.findtext(f"{ATOM}{name}")


def test_feed_gives_what_the_search_finds_the_newest_first(models, get):
    # The best match is the oldest; a feed is by time, whatever order the page was in.
    response = get(q="omaishoitajan omaishoidon", sort="title", page="7")

    titles = [text(entry, "title") for entry in entries(response)]
    assert titles == [
        "Omaishoidon neuvonta",
        "Omaishoitajien vertaisryhmä",
        "Omaishoitajan vapaapäivä",
    ]
    assert response.headers["Content-Type"].startswith("application/atom+xml")


def test_feed_stands_in_each_language_and_its_page_names_it(index, client):
    for language, address in ADDRESSES.items():
        response = client.get(address)
        assert response.status_code == 200
        root = ET.fromstring(response.content)
        assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
        page = client.get(address.rsplit("/", 2)[0] + "/?q=apu&theme=x").content.decode()
        assert 'type="application/atom+xml"' in page
        assert f'href="{address}?q=apu&amp;theme=x"' in page


def test_entries_carry_addresses_dates_and_language(models, get):
    entry = entries(get(q="neuvonta"))[0]

    page = Page.objects.get(slug="neuvonta")
    assert entry.find(f"{ATOM}link").attrib["href"] == page.full_url
    assert text(entry, "updated")[:16] == page.last_published_at.isoformat()[:16]
    assert text(entry, "published")[:16] == page.first_published_at.isoformat()[:16]
    assert text(entry, "summary") == "Arjen tueksi."
    assert entry.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fi"


def test_text_of_a_page_is_no_markup(index, get):
    model("Nuorisotyö", short_description="<p>Alle &lt;18&gt;-vuotiaille &amp; muille</p>")
    sync.apply_waiting(index)
    summary = entries(get(q="nuorisotyö"))[0].find(f"{ATOM}summary")
    assert summary.attrib["type"] == "html"
    assert html.unescape(summary.text) == "Alle <18>-vuotiaille & muille"


def test_ids_outlive_a_new_name_address_and_order_of_parameters(models, index, get):
    before = get(q="neuvonta", phase=["trial", "idea"])
    publish(models[2], title="Neuvonta omaishoitajille", slug="uusi-osoite")
    sync.apply_waiting(index, early=True)
    after = get(phase=["idea", "trial"], q="neuvonta", sort="relevance")

    assert text(entries(after)[0], "title") == "Neuvonta omaishoitajille"
    assert text(entries(before)[0], "id") == text(entries(after)[0], "id")
    assert text(before.root, "id") == text(after.root, "id")
    assert text(get(q="neuvonta").root, "id") != text(before.root, "id")


def test_translations_are_entries_of_their_own(index, get):
    finnish = model("Yhteinen sana sauna", slug="sauna")
    model("Sauna sauna", slug="sauna", language="sv", translation_key=finnish.translation_key)
    sync.apply_waiting(index)

    ids = [text(entry, "id") for entry in entries(get(q="sauna"))]
    assert len(ids) == len(set(ids)) == 2


def test_title_tells_words_and_limits_in_the_readers_language(index, get):
    theme("ikaantyneet", "Ikääntyneet", "Äldre", "Older people")
    registry.forget()

    titles = {
        language: text(get(language, q="koti", theme="ikaantyneet").root, "title")
        for language in ADDRESSES
    }
    assert "koti" in titles["fi"]
    assert "Ikääntyneet" in titles["fi"]
    assert "Äldre" in titles["sv"]
    assert "Theme: Older people" in titles["en"]


def test_only_public_pages_also_before_the_index_knows(models, get):
    assert len(entries(get(q="omaishoitajan"))) == 3
    Page.objects.filter(slug="vapaa").update(live=False)
    PageViewRestriction.objects.create(page=models[1], restriction_type="login")
    Page.objects.filter(slug="neuvonta").update(expire_at=timezone.now() - timedelta(minutes=1))

    response = get(q="omaishoitajan")
    assert entries(response) == []
    assert "Omaishoi" not in response.content.decode().partition("<updated>")[2]


def test_unchanged_feed_is_not_sent_again(models, index, get):
    first = get(q="omaishoitajan")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]

    assert get(q="omaishoitajan", headers={"If-None-Match": tag}).status_code == 304
    assert get(q="omaishoitajan", headers={"If-Modified-Since": modified}).status_code == 304
    publish(models[0], title="Omaishoitajan vapaapäivä ja yö")
    sync.apply_waiting(index, early=True)
    assert get(q="omaishoitajan", headers={"If-None-Match": tag}).status_code == 200


def test_feed_of_nothing_is_a_feed_that_stays_the_same(index, get):
    first = get(q="eiloydy")
    assert entries(first) == []
    assert get(q="eiloydy", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "typed", ["a\x00b\x0bc", "\ud800", '<&">]]>', "￾￿", "ا" * 3000, "=1+1", "🙂 'or 1=1--"]
)
def test_nothing_typed_breaks_the_feed(index, client, typed):
    raw = quote(typed, errors="surrogatepass")
    response = client.get(f"{ADDRESSES['fi']}?q={raw}&theme={raw}")
    assert response.status_code == 200
    ET.fromstring(response.content)


def test_control_characters_of_a_name_leave_the_feed_whole(models, index, get):
    Page.objects.filter(slug="neuvonta").update(title="Neuvonta\x01 \x0bohje")
    assert text(entries(get(q="neuvonta"))[0], "title") == "Neuvonta ohje"


def test_feed_is_bounded_and_asks_the_database_little(index, get, monkeypatch):
    monkeypatch.setattr(feeds, "LENGTH", 4)
    for number in range(6):
        model(f"Kuntosali {number}", slug=f"sali-{number}", regions=[region()])
    sync.apply_waiting(index)
    get(q="kuntosali")

    with CaptureQueriesContext(connection) as captured:
        response = get(q="kuntosali")
    assert len(entries(response)) == 4
    assert len(captured) <= 8


def test_reader_is_asked_to_come_again_while_no_index_answers(portal, get, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    response = get(q="omaishoitajan")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
