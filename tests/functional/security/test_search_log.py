"""What is kept of searches, who may see it, and that nobody can fill a disk or a report with it."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from search import counts, log
from search.index import indexes, rebuild
from search.models import OwnWord, PinnedResult, SearchCount, SearchSynonym
from tests.functional.security.conftest import browser

pytestmark = pytest.mark.usefixtures("counting")
REPORTS = [
    f"/admin/editorial/searches/{name}/{part}"
    for name in ("not-found", "common")
    for part in ("", "results/", "?export=csv", "?export=xlsx")
]
COMMON = REPORTS[4]
WEEK = date(2026, 11, 23)


PERSONAL = [
    *("maija@example.org", "maija @ example.org", "mäijä＠esimerkki.fi", "@maija", "Maija <m@x>"),
    *("maija(at)esimerkki.fi", "maija [ät] esimerkki.fi", "maija{AT}esimerkki.fi"),
    *("131052-308T", "131052A308T", "131052u308t", "131052 A 308T", "1310 52 a 308t"),
    *("131052Y308T", "131052F308T", "13 10 52 - 308 T", "131052\u2212308T", "131052\u200b-308T"),
    *("040 123 4567", "040-1234567", "040_123_4567", "040,123,4567", "040*123*4567"),
    *("040\u200b123\u200b4567", "040\xa0123\xa04567", "040·123·4567", "+358 (40) 123-45 67"),
    *("٠٤٠ ١٢٣ ٤٥٦٧", "０４０１２３４５６７", "0 4 0 1 2 3 4 5 6 7", "FI21 1234 5600 0007 85"),
    *("1.2.1980", "1. 2. 1980", "01/02/1980", "1-2-80", "syntynyt 1.2.80"),
]


@pytest.mark.parametrize("typed", PERSONAL)
def test_nothing_that_tells_of_a_person_is_kept(typed):
    assert log.kept_words(typed) == ""
    assert log.kept_words(f"kotihoito {typed}") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Palvelut 2019-2023", "palvelut 2019 2023"),
        ("2019 2020 2021 tulokset", "2019 2020 2021 tulokset"),
        ("24/7 päivystys", "24 7 päivystys"),
        ("ikä 65+ ja 75-84", "ikä 65 ja 75 84"),
        ("=cmd|'/c calc'!A1", "cmd c calc a1"),
        ("+kotihoito", "kotihoito"),
        ("<script>alert(1)</script>", "script alert 1 script"),
    ],
)
def test_other_words_are_kept_without_signs(typed, kept):
    assert log.kept_words(typed) == kept


@pytest.mark.parametrize("piece", ['"', "-", "a", "1 ", "1-", "\u0301", "👩‍👩‍👧", "\u202e", "\x00"])
def test_whatever_is_typed_keeps_few_letters(piece):
    assert len(log.kept_words(piece * 10_000)) <= 80
    assert len(log.kept_words((piece * 80)[:80])) <= 80


def test_a_flood_of_different_words_is_bounded(db, monkeypatch):
    monkeypatch.setattr(counts, "MAX_WEEK", 30)
    counts.add({(WEEK, "fi", "kotihoito"): (1, 0)})
    for round_ in range(4):
        flood = {(WEEK, "fi", f"sana {round_} {number}"): (1, 1) for number in range(20)}
        counts.add(flood | {(WEEK, "fi", "kotihoito"): (1, 0)})
    assert SearchCount.objects.count() == 30
    # What was known goes on being counted, and another week has room of its own.
    assert SearchCount.objects.get(words="kotihoito").times == 5
    counts.add({(date(2026, 11, 30), "fi", "uusi"): (1, 0), (WEEK, "sv", "kotihoito"): (1, 0)})
    assert SearchCount.objects.filter(words="uusi").exists()
    assert not SearchCount.objects.filter(language="sv").exists()


@pytest.mark.parametrize(
    "header", ["/fi/haku/?" + "q=a&" * 21_000, "http://[", "/fi/haku/?q=%ff%00", "x" * 9_000]
)
def test_a_forged_address_of_origin_harms_nothing(db, header):
    for name in ("Referer", "HX-Current-URL"):
        response = browser().get("/fi/haku/", {"q": "kotihoito"}, headers={name: header})
        assert response.status_code == 200


@pytest.fixture
def rows(db):
    for words in ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", '"><img src=x onerror=a>'):
        SearchCount.objects.create(
            week=WEEK, language="fi", words=words, times=9, without_results=9
        )


@pytest.mark.parametrize("address", REPORTS)
def test_only_reviewers_see_reports(rows, as_stranger, address):
    assert browser().get(address).status_code == 302
    response = as_stranger.get(address)
    assert response.status_code in {302, 403}
    assert b"alert(1)" not in b"".join(response)


def test_reports_escape_and_their_tables_hold_no_formula(rows, as_editor):
    for address in REPORTS[:2] + REPORTS[4:6]:
        html = as_editor.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "alert(1)" in html


def test_no_search_becomes_a_formula_in_a_reports_table(db, as_editor):
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    for _ in range(3):
        for typed in ("=cmd|' /C calc'!A0", "+1+cmd", "-2", "@sum(a1)", "\t=a1", "＝a1", "'=a1"):
            browser().get("/fi/haku/", {"q": typed})
    table = b"".join(as_editor.get(f"{COMMON}?export=csv")).decode("utf-8-sig")
    words = [row[0] for row in csv.reader(io.StringIO(table))][1:]
    assert "cmd c calc a0" in words
    assert all(word[0].isalnum() for word in words), words


@pytest.mark.parametrize(
    "query", ["ordering=x;DROP", "period=999", "language=%00", "p=999999", "p=-1", "export=x"]
)
def test_no_filter_of_a_report_fails(rows, as_editor, query):
    as_editor.raise_request_exception = False
    assert as_editor.get(f"{REPORTS[0]}?{query}").status_code < 500


def test_an_author_tells_search_nothing(db, as_stranger, secret):
    synonym = SearchSynonym.objects.create(words="a", other_words="b")
    word = OwnWord.objects.create(word="kohtaamokaveri")
    pin = PinnedResult.objects.create(words="a", page=secret.page_ptr)
    before = [list(model.objects.values()) for model in (SearchSynonym, OwnWord, PinnedResult)]
    for name, thing in (
        ("search_synonyms", synonym),
        ("search_own_words", word),
        ("search_pins", pin),
    ):
        for view, args in (
            *((view, []) for view in ("index", "index_results", "add")),
            *((view, [thing.pk]) for view in ("edit", "delete", "history", "usage")),
        ):
            address = reverse(f"{name}:{view}", args=args)
            for response in (
                browser().get(address),
                as_stranger.get(address),
                as_stranger.post(
                    address, {"words": "x", "other_words": "y", "word": "z", "language": "fi"}
                ),
            ):
                assert response.status_code in {302, 403}, address
                assert "login" in response.url or response.url == "/admin/", address
    assert before == [
        list(model.objects.values()) for model in (SearchSynonym, OwnWord, PinnedResult)
    ]
