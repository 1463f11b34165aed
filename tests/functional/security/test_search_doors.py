"""What is typed, sent or stored breaks no door of search, leads nowhere else and costs little."""

from __future__ import annotations

import csv
import io
import random
import stat
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import reverse

from models_pages.sections import SUMMARY_KINDS
from search.analysis.forms import FormTable, Kept
from search.engines.base import FACETS
from search.engines.storage import IndexFolder
from search.index import indexes, rebuild
from search.models import PinnedResult, SearchSynonym
from search.vocabularies import registry
from tests.factories import CollectionFactory, OperatingModelFactory, ThemeFactory
from tests.functional.security.conftest import SECRET, browser

DOORS = [
    *("/fi/haku/", "/sv/sok/", "/en/search/", "/fi/haku/syote/", "/fi/haku/csv/"),
    *("/api/v1/search/", "/api/v1/suggest/"),
]
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def models(db):
    """Pages, one named as a formula, with what editors wrote for search, all of it hostile."""
    registry.forget()
    theme = ThemeFactory(slug="paha", label_fi=f"Teema {XSS}", synonyms_fi=f"paha {XSS}")
    programme = CollectionFactory(state="live", title=f"Ohjelma {XSS}", slug="ohjelma")
    page = OperatingModelFactory(
        complete=True,
        state="live",
        title='=HYPERLINK("http://evil.example";"kotihoito")',
        slug="kaava",
        short_description="<p>+cmd kotihoito</p>",
        themes=[theme],
        sections={kind.key: "Teksti." for kind in SUMMARY_KINDS}
        | {"basic_idea": "kotihoito &lt;script&gt;alert(1)&lt;/script&gt; päihde"},
    )
    page.collections = [programme]
    page.save()
    page.save_revision().publish()
    OperatingModelFactory(complete=True, state="live", title=f"Kotihoito {XSS}"[:250])
    SearchSynonym.objects.create(words="hoiva", other_words=f"kotihoito\n{XSS[:60]}", language="fi")
    PinnedResult.objects.create(words="hoiva kotona", page=page.page_ptr)
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    registry.forget()
    return page


def body(response):
    return b"".join(response).decode()


def test_nothing_stored_is_markup(models):
    client = browser()
    for question in (
        "kotihoito",
        "hoiva",
        "hoiva kotona",
        "paha",
        "kotihoitoo",
        "script alert",
        "",
    ):
        for door in ("/fi/haku/", "/sv/sok/", "/fi/haku/?theme=paha&collection=ohjelma"):
            for headers in ({}, {"HX-Request": "true"}):
                mark = "&" if "?" in door else "?"
                found = body(client.get(f"{door}{mark}q={question}", headers=headers))
                assert "<script>alert" not in found
                assert "<img src=x" not in found
        answer = client.get("/api/v1/search/", {"q": question})
        assert answer.headers["Content-Type"].startswith("application/json")
        for one in answer.json()["results"]:
            assert "<script" not in (one["section"] or {}).get("html", "")


def test_a_table_holds_no_formula_and_a_feed_no_markup(models):
    table = body(browser().get("/fi/haku/csv/?q=kotihoito")).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(rows) == 4
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    feed = ET.fromstring(body(browser().get("/fi/haku/syote/?q=kotihoito")))
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 3
    for one in feed.iter():
        assert one.tag.startswith("{http://www.w3.org/2005/Atom}"), one.tag
        assert one.attrib.get("type") in {None, "html"}


PIECES = [
    *(
        '"',
        "-",
        "a",
        "a\u0301",
        "👩‍👩‍👧",
        "\u202e\u2067",
        "\x00",
        "\ufeff",
        "(",
        "\\",
        "*",
        "?",
        "~",
    ),
    *("kotihoito ", '"kotihoito ', "-hoito ", "AND OR ", "title:[* TO *] ", "työ", "ﷺ", "İ", "ß-"),
    *("1 ", "a:b ", "a.b.", "\t\n ", "%00", "'--;", "{{7*7}}", "\u0335", "x'", "ä-", "hoito-ja-"),
]


@pytest.mark.parametrize("door", DOORS)
def test_ten_thousand_characters_of_anything_are_answered_soon(models, door):
    client = browser()
    client.get(door, {"q": "kotihoito"})
    for piece in PIECES:
        typed = (piece * 10_000)[:10_000]
        begin = time.process_time()
        response = client.get(door, {"q": typed})
        assert response.status_code == 200, piece
        b"".join(response)
        # Of one's own processor, whatever else the machine does.
        assert time.process_time() - begin < 2, piece
    for raw in ("%ed%a0%80", "%ff%fe", "%f0%9f", "%c0%80", "%"):
        assert client.get(f"{door}?q={raw * 500}").status_code == 200


FORGED = {
    "HX-Request": ["true", "TRUE", "1", "\u00e4", "x" * 5_000],
    "HX-Target": ["found", "<script>", "x" * 5_000, "../../etc/passwd"],
    "HX-History-Restore-Request": ["true", "no"],
    "HX-Current-URL": ["https://evil.example/fi/haku/?q=a", "http://[", "javascript:alert(1)"],
    "HX-Boosted": ["true"],
    "HX-Prompt": ["<script>alert(1)</script>"],
    "Referer": ["https://evil.example/?q=%ff", "http://["],
    "If-None-Match": ['"x"', "*", "\u00e4"],
    "If-Modified-Since": ["x", "Thu, 01 Jan 2099 00:00:00 GMT", "9" * 40],
    "Accept-Language": ["x" * 2_000, "fi;q=\u00e4", "*"],
    "X-Forwarded-Host": ["evil.example"],
    "User-Agent": ["", "bot" * 2_000],
    "Purpose": ["prefetch"],
}
NAMES = [*FACETS, "q", "page", "sort", "exact", "lang", "next", "format", "callback", "q[]", ""]


def test_no_request_is_an_error_or_leads_elsewhere(models, repetitions):
    dice = random.Random(4)
    client = browser()
    for _ in range(repetitions(600)):
        query = "&".join(
            f"{quote(dice.choice(NAMES))}="
            + quote(
                "".join(dice.choice(PIECES) for _ in range(dice.randint(0, 6)))
                * dice.choice([1, 1, 50])
            )
            for _ in range(dice.randint(0, 8))
        )
        query += dice.choice(["", "", "&next=//evil.example", "&page=1000000000", "&q=%0d%0aX:1"])
        headers = {
            name: dice.choice(FORGED[name])
            for name in dice.sample(sorted(FORGED), dice.randint(0, 4))
        }
        door = dice.choice(DOORS)
        method = dice.choice([client.get] * 8 + [client.head, client.options, client.post])
        response = method(f"{door}?{query}", headers=headers)
        shown = (door, query, headers)
        assert response.status_code in {200, 304, 405}, shown
        assert "evil.example" not in str(response.headers), shown
        assert "X" not in response.headers, shown
        content = b"".join(response)
        if not response.headers.get("Content-Type", "").startswith(
            ("application/json", "text/csv")
        ):
            assert b"<script>alert" not in content, shown
        assert b'"//evil.example' not in content, shown
        if method == client.get and response.status_code == 200:
            policy = response.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, shown
            assert response.headers["X-Content-Type-Options"] == "nosniff", shown


def test_much_of_everything_costs_little(models):
    client = browser()
    values = "&".join(f"{key}={key}-{number}" for key in FACETS for number in range(40))
    words = "+".join(f"sana{number}" for number in range(60))
    for door in DOORS:
        client.get(door)
        begin = time.process_time()
        response = client.get(f"{door}?q={words}&{values}&page=1000000000")
        assert response.status_code == 200
        assert len(b"".join(response)) < 1_000_000
        assert time.process_time() - begin < 3, door


def test_more_fields_than_are_taken_is_no_error_of_ours(models, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    for door in DOORS:
        response = browser().get(f"{door}?{'q=a&' * 60}")
        # A page says kindly that it is too much at once.
        assert response.status_code == (400 if door.startswith("/api/") else 413), door
    assert browser().get("/api/v1/search/?" + "q=a&" * 60).json()["error"]


def test_a_value_is_data_to_an_engine(models):
    client = browser()
    whole = client.get("/api/v1/search/", {"q": "kotihoito"}).json()["total"]
    assert whole == 3
    for value in (
        "*",
        "paha OR *",
        "[* TO *]",
        "paha\tx",
        '"}}]}',
        "paha*",
        "PAHA",
        "pah?",
        "/.*/",
    ):
        for key in ("theme", "language", "year", "evaluated"):
            answer = client.get("/api/v1/search/", {"q": "kotihoito", key: value}).json()
            # What can be no value is left out; what could be one has nothing.
            assert answer["total"] in {0, whole}, (key, value)
    assert client.get("/api/v1/search/", {"q": "kotihoito", "theme": "paha"}).json()["total"] == 1


@pytest.mark.parametrize("door", ["/fi/haku/", "/sv/sok/"])
def test_no_cache_gives_a_part_for_a_page(models, door):
    client = browser()
    part = client.get(door, {"q": "kotihoito"}, headers={"HX-Request": "true"})
    whole = client.get(door, {"q": "kotihoito"}, headers={"HX-Target": "found"})
    restored = client.get(
        door,
        {"q": "kotihoito"},
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )
    assert "<html" not in part.content.decode()
    assert part.headers["Cache-Control"] == "private, no-store"
    for response in (whole, restored):
        assert "<html" in response.content.decode()
    for response in (part, whole, restored):
        assert {"HX-Request", "HX-History-Restore-Request"} <= {
            name.strip() for name in response.headers["Vary"].split(",")
        }


def test_a_tables_name_takes_nothing_from_the_address(models):
    response = browser().get('/fi/haku/csv/?q="%0d%0aSet-Cookie:x=1&lang=x";filename=evil.exe')
    name = response.headers["Content-Disposition"].removeprefix('attachment; filename="')
    assert name.startswith("mallisto-haku-20")
    assert name.endswith('.csv"')
    assert not response.cookies


def test_the_panel_answers_only_who_may_edit_and_changes_nothing(models, author, stranger, secret):
    address = reverse("editorial:similar", args=[secret.pk])
    assert browser().get(address).status_code == 302
    refused = browser(stranger).get(address)
    assert refused.status_code in {302, 403}
    assert SECRET not in body(refused)
    assert browser(author).post(address).status_code == 405
    own = browser(author)
    own.raise_request_exception = False
    for number in ("0", "9" * 40):
        assert own.get(f"/admin/editorial/similar/{number}/").status_code == 404


@pytest.mark.parametrize("text", ["sana " * 100_000, "hyvinvointi" * 50_000, "a-" * 200_000, ""])
def test_the_panel_reads_a_draft_of_any_size(models, author, text):
    draft = OperatingModelFactory(owner=author, title="x", sections={"basic_idea": text})
    client = browser(author)
    address = reverse("editorial:similar", args=[draft.pk])
    begin = time.process_time()
    assert client.get(address).status_code == 200
    assert time.process_time() - begin < 5


def test_drafts_and_questions_teach_search_no_words(models, author, tmp_path):
    """No word that is typed, or that stands in a draft only, comes to be kept or offered."""
    from search import analysis

    word = "zyxkuiskaustuokio"
    client = browser(author)
    draft = OperatingModelFactory(owner=author, title=f"Kotihoito {word}")
    for _ in range(3):
        client.get(reverse("editorial:similar", args=[draft.pk]))
        for door in DOORS:
            b"".join(client.get(door, {"q": f"{word} kotihoito"}))
    analysis.flush()
    assert word not in analysis.known_forms("fi")
    folder = Path(settings.DATA_DIR) / "analysis"
    for file in folder.glob("forms-*"):
        assert word.encode() not in file.read_bytes(), file.name


def test_other_accounts_keep_out_of_the_files(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    version = folder.create()
    for path in (folder.path, version):
        assert not stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO, path
    # A link in the folder's place of a version is never followed to what it points at.
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    (folder.path / "index-link").symlink_to(kept)
    folder.use(version)
    assert (kept / "file").exists()

    table = FormTable(tmp_path / "forms.sqlite3")
    table.note("sana", Kept("sana", ("sana",), ()))
    table.flush()
    assert table.known() == ("sana",)
    for path in tmp_path.glob("forms*"):
        assert not stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO, path
