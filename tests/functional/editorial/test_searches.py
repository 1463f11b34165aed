"""Editors see what was searched for, and answer with a pinned result."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from search.models import PinnedResult, SearchCount
from tests.factories import OperatingModelFactory, UserFactory

NOT_FOUND = "/admin/editorial/searches/not-found/"
COMMON = "/admin/editorial/searches/common/"


@pytest.fixture
def counts(db):
    """Eight weeks of searches."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())

    def count(words, times, missed, language="fi", weeks=0):
        SearchCount.objects.create(
            week=monday - timedelta(weeks=weeks),
            language=language,
            words=words,
            times=times,
            without_results=missed,
        )

    count("kotihoito", 20, 0)
    count("kotihoito", 22, 1, weeks=8)
    count("yksinäisyys", 4, 4)
    count("yksinäisyys", 3, 3, weeks=8)
    count("ensamhet", 9, 9, language="sv")
    count("matti meikäläinen", 2, 2)
    count("vanha haku", 5, 5, weeks=8)


def shown(response):
    assert response.status_code == 200
    return [
        (row["words"], row["searches"], row["missed"]) for row in response.context["object_list"]
    ]


def test_not_found_are_shown_the_most_frequent_first(as_editor, counts):
    assert shown(as_editor.get(NOT_FOUND)) == [
        ("ensamhet", 9, 9),
        ("yksinäisyys", 7, 7),
        ("vanha haku", 5, 5),
        ("kotihoito", 42, 1),
    ]


def test_rows_are_counted_as_what_they_are(as_editor, counts):
    assert "4 search terms" in as_editor.get(NOT_FOUND).content.decode()


def test_common_searches_are_shown(as_editor, counts):
    assert shown(as_editor.get(COMMON))[:2] == [("kotihoito", 42, 1), ("ensamhet", 9, 9)]


def test_rare_words_are_shown_to_nobody(as_editor, counts, settings):
    for address in (NOT_FOUND, COMMON, f"{COMMON}?export=csv", f"{NOT_FOUND}results/"):
        response = as_editor.get(address)
        assert "meikäläinen" not in b"".join(response).decode()
    settings.SEARCH_LOG_SHOWN_FROM = 2
    assert "meikäläinen" in as_editor.get(NOT_FOUND).content.decode()


def test_time_and_language_limit_the_report(as_editor, counts):
    assert shown(as_editor.get(NOT_FOUND, {"language": "sv"})) == [("ensamhet", 9, 9)]
    # What is rare within the time is not shown, whatever it was before.
    assert shown(as_editor.get(NOT_FOUND, {"period": "4"})) == [
        ("ensamhet", 9, 9),
        ("yksinäisyys", 4, 4),
    ]
    assert shown(as_editor.get(COMMON, {"period": "12", "language": "fi"}))[0] == (
        "kotihoito",
        42,
        1,
    )
    assert shown(as_editor.get(COMMON, {"period": "x'", "language": "%"}))


def test_report_is_ordered_as_asked(as_editor, counts):
    words = [row[0] for row in shown(as_editor.get(COMMON, {"ordering": "words"}))]
    assert words == sorted(words)
    assert shown(as_editor.get(COMMON, {"ordering": "week;--"}))


def test_report_leaves_as_a_table(as_editor, counts):
    content = b"".join(as_editor.get(f"{NOT_FOUND}?export=csv")).decode()
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["Words", "Reader's language", "Searches", "Without results"]
    assert rows[1] == ["ensamhet", "sv", "9", "9"]

    book = load_workbook(BytesIO(b"".join(as_editor.get(f"{COMMON}?export=xlsx&language=fi"))))
    assert [cell.value for cell in book.active[2]] == ["kotihoito", "fi", 42, 1]


def test_each_row_leads_to_what_can_be_done(as_editor, counts):
    page = as_editor.get(NOT_FOUND, {"language": "sv"}).content.decode()
    assert "/admin/search/pins/new/?words=ensamhet&amp;language=sv" in page
    assert "/admin/search/synonyms/" in page
    assert "Add a synonym for “ensamhet”" in page
    assert "/sv/sok/?q=ensamhet" in page
    assert "Pin a result to “ensamhet”" in page

    for name in ("search_synonyms", "search_pins"):
        add = reverse(f"{name}:add")
        assert f"{add}?words=ensamhet&amp;language=sv" in page
        asked = as_editor.get(f"{add}?words=ensamhet&language=sv").context["form"]
        assert asked["words"].value() == "ensamhet"
    form = as_editor.get("/admin/search/pins/new/?words=ensamhet&language=sv").context["form"]
    assert form["words"].value() == "ensamhet"
    assert form["language"].value() == "sv"


def test_menu_of_reports_leads_there(as_editor, db):
    menu = as_editor.get("/admin/").content.decode()
    assert NOT_FOUND in menu
    assert COMMON in menu


def test_authors_see_neither_reports_nor_pins(as_author, counts):
    for address in (NOT_FOUND, COMMON, f"{NOT_FOUND}results/", f"{COMMON}?export=csv"):
        response = as_author.get(address)
        assert response.status_code in {302, 403}
        assert "ensamhet" not in b"".join(response).decode()
    for name in ("index", "add"):
        assert as_author.get(reverse(f"search_pins:{name}")).status_code in {302, 403}
    assert NOT_FOUND not in as_author.get("/admin/").content.decode()


def test_administrators_see_the_report(client, counts):
    client.force_login(UserFactory(role="administrator"))
    assert shown(client.get(NOT_FOUND))


def test_strangers_are_asked_to_log_in(client, counts):
    assert client.get(NOT_FOUND).status_code == 302


def test_report_without_counts_says_so(as_editor, db, settings):
    settings.SEARCH_LOG_DAYS = 180
    page = as_editor.get(NOT_FOUND).content.decode()
    assert "No words to show." in page
    assert "They are kept for 180 days." in page
    assert "nothing of who searched" in page
    settings.SEARCH_LOG_DAYS = 0
    assert "Searches are not counted" in as_editor.get(NOT_FOUND).content.decode()


# Pins


def pin_form(page, **changes):
    return {
        "words": "  Kotihoito  ikääntyneille ",
        "language": "fi",
        "page": page.pk,
        "position": "1",
        "until": "",
        **changes,
    }


@pytest.fixture
def live(author):
    return OperatingModelFactory(owner=author, complete=True, state="live", title="Public model")


def test_editor_pins_changes_and_removes(as_editor, live):
    response = as_editor.post(reverse("search_pins:add"), pin_form(live))
    assert response.status_code == 302, response.context["form"].errors
    pin = PinnedResult.objects.get()
    assert pin.words == "Kotihoito ikääntyneille"

    listed = as_editor.get(reverse("search_pins:index")).content.decode()
    assert "Kotihoito ikääntyneille" in listed
    assert "Public model" in listed

    address = reverse("search_pins:edit", args=[pin.pk])
    assert as_editor.post(address, pin_form(live, words="sote")).status_code == 302
    assert PinnedResult.objects.get().words == "sote"
    as_editor.post(reverse("search_pins:delete", args=[pin.pk]))
    assert not PinnedResult.objects.exists()


@pytest.mark.parametrize("words", ["", "   ", "!?", "kotihoito -korona"])
def test_words_that_no_search_has_are_refused(as_editor, live, words):
    response = as_editor.post(reverse("search_pins:add"), pin_form(live, words=words))
    assert response.status_code == 200
    assert "words" in response.context["form"].errors


def test_same_page_is_pinned_to_the_same_words_once(as_editor, live):
    assert as_editor.post(reverse("search_pins:add"), pin_form(live)).status_code == 302
    response = as_editor.post(reverse("search_pins:add"), pin_form(live))
    assert "pinned to these words already" in response.content.decode()
    with pytest.raises(ValidationError):
        PinnedResult(words="-", language="fi", page=live).full_clean()


def test_pin_leaves_with_its_page(live):
    PinnedResult.objects.create(words="x", language="fi", page=live)
    live.delete()
    assert not PinnedResult.objects.exists()
