"""A search as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zlib
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from search import export
from search.index import store, sync
from search.models import IndexedDocument
from search.vocabularies import registry
from tests.factories_search import model, region, target_group, theme

pytestmark = pytest.mark.django_db

ADDRESSES = {"fi": "/fi/haku/csv/", "sv": "/sv/sok/csv/", "en": "/en/search/csv/"}


@pytest.fixture
def get(client):
    def ask(language="fi", **parameters):
        return client.get(f"{ADDRESSES[language]}?{urlencode(parameters, doseq=True)}")

    return ask


def rows(response):
    """The file's rows, the heading among them."""
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def many(index):
    """Seven models of one word."""
    pages = [model(f"Kuntosali {number}", slug=f"sali-{number}") for number in range(7)]
    sync.apply_waiting(index)
    return pages


def test_columns_are_told_in_the_readers_language(index, get):
    old = theme("ikaantyneet", "Ikääntyneet", "Äldre", "Older people")
    also = theme("koti", "Koti", "Hem", "Home")
    group = target_group("asiakkaat", "Asiakkaat", "Klienter", "Clients")
    east = region("ita", "Itäinen alue", label_en="Eastern county")
    page = model(
        "Ateriapalvelu",
        themes=[old, also],
        target_groups=[group],
        regions=[east],
        confirmed_on=date(2024, 3, 1),
        first_published_at=timezone.now() - timedelta(days=1),
        short_description="<p>Lämmin <b>ateria</b>; joka päivä.</p>",
    )
    registry.forget()
    sync.apply_waiting(index)

    head, row = rows(get("en", q="ateriapalvelu"))
    told = dict(zip(head, row, strict=True))
    assert told["Name"] == "Ateriapalvelu"
    assert told["Address"] == page.full_url
    assert told["Themes"] == "Older people | Home"
    assert told["Target groups"] == "Clients"
    assert told["Regions"] == "Eastern county"
    assert told["Language"] == "Suomi"
    assert told["Phase of development"] == "Trial"
    assert told["Last confirmed valid"] == "2024-03-01"
    assert told["Short description"] == "Lämmin ateria; joka päivä."
    assert "Äldre" in str(rows(get("sv", q="ateriapalvelu")))


def test_file_is_named_and_said_to_be_a_table(index, get):
    for language, name in (("fi", "haku"), ("sv", "sok"), ("en", "search")):
        response = get(language)
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        day = timezone.localdate().isoformat()
        assert f'filename="mallisto-{name}-{day}.csv"' in response.headers["Content-Disposition"]
        assert len(rows(response)[0]) == len(export.COLUMNS)


def test_every_hit_is_there_once_in_the_order_of_the_page(many, get, client, monkeypatch):
    monkeypatch.setattr(export, "CHUNK", 3)

    names = [row[0] for row in rows(get(q="kuntosali", sort="title"))[1:]]
    assert names == [f"Kuntosali {number}" for number in range(7)]
    page = client.get("/fi/haku/?q=kuntosali")
    shown = [hit.title for hit in page.context["found"].hits]
    assert [row[0] for row in rows(get(q="kuntosali"))[1:]] == shown


def test_each_chunk_asks_the_database_twice(many, get, monkeypatch):
    monkeypatch.setattr(export, "CHUNK", 2)
    rows(get(q="kuntosali"))

    with CaptureQueriesContext(connection) as captured:
        assert len(rows(get(q="kuntosali"))) == 8
    # Seven hits in chunks of two: four chunks.
    assert len(captured) <= 2 * 4


def test_cells_are_no_formulas(index, get):
    for number, title in enumerate(
        ["=1+1 laskuri", "+laskuri", "-laskuri", "@laskuri", " =laskuri"]
    ):
        model(title, slug=f"laskuri-{number}", short_description=f"<p>{title}</p>")
    sync.apply_waiting(index)

    found = rows(get(q="laskuri"))[1:]
    assert len(found) == 5
    for row in found:
        assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        assert row[0].startswith("'")


def test_only_public_pages(many, get):
    Page.objects.filter(slug="sali-3").update(live=False)
    assert "Kuntosali 3" not in str(rows(get(q="kuntosali")))


def test_a_long_list_ends_with_a_line_that_says_so(many, get, monkeypatch):
    monkeypatch.setattr(export, "CHUNK", 2)
    monkeypatch.setattr(export, "MAX_ROWS", 4)

    found = rows(get("en", q="kuntosali"))
    assert len(found) == 1 + 4 + 1
    assert found[-1] == [
        "The list ends here, after 4 results of 7. Limit the search to get them all."
    ]


def test_index_that_goes_on_the_way_changes_nothing(many, get, monkeypatch):
    """It was asked for all rows at once; what they are is read of the database."""
    monkeypatch.setattr(export, "CHUNK", 2)
    response = get("en", q="kuntosali")
    chunks = response.streaming_content
    got = [next(chunks)]
    shutil.rmtree(configured.SEARCH_INDEX_DIR)
    # Whoever has the index open may go on reading it: asked by another name, it is gone.
    configured.SEARCH_INDEX_DIR = configured.SEARCH_INDEX_DIR.with_name("gone")
    got += list(chunks)
    assert len(b"".join(got).splitlines()) == 1 + 7


@pytest.mark.django_db(transaction=True)
def test_database_that_fails_on_the_way_is_told_in_the_file(many, get, monkeypatch):
    monkeypatch.setattr(export, "CHUNK", 2)
    table = IndexedDocument._meta.db_table
    chunks = get("en", q="kuntosali").streaming_content
    # The heading, and the first rows.
    got = [next(chunks), next(chunks)]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
        try:
            got += list(chunks)
        finally:
            cursor.execute(f"ALTER TABLE elsewhere RENAME TO {table}")

    lines = b"".join(got).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 + 1
    assert lines[-1].startswith("The list is not whole")


def test_documents_that_an_older_version_kept_are_read(many, get):
    """In one part, as they were before their heads were packed apart."""
    before = rows(get(q="kuntosali"))
    for kept in IndexedDocument.objects.all():
        parts = store._parts(kept.content)
        assert len(parts) == 2
        kept.content = zlib.compress(json.dumps(parts[0] | parts[1]).encode())
        kept.save()
    ids = [page.pk for page in many]
    assert set(store.get(ids)) == set(store.heads(ids)) == set(ids)
    assert all(document.sections for document in store.get(ids).values())
    assert rows(get(q="kuntosali")) == before


def test_no_file_where_no_index_answers(portal, get, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    response = get(q="kuntosali")
    assert response.status_code == 503
    assert "text/plain" in response.headers["Content-Type"]


def test_language_of_the_file_is_its_own_not_of_who_streams_it(many, get):
    response = get("en", q="kuntosali")
    get("sv")
    assert rows(response)[0][0] == "Name"
    # The person who asked next still has their own language.
    assert rows(get("fi", q="kuntosali"))[0][0] == "Nimi"
