"""Counting searches: what is counted, what never, and that no search waits or fails for it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import counts, log
from search.index import sync
from search.models import SearchCount
from tests.factories_search import model

pytestmark = pytest.mark.usefixtures("counting")
ADDRESSES = {"fi": "/fi/haku/", "sv": "/sv/sok/", "en": "/en/search/"}


@pytest.fixture
def models(index):
    page = model("Etsivä nuorisotyö")
    sync.apply_waiting(index)
    return page


@pytest.fixture
def get(client):
    def ask(text, language="fi", headers=None, **parameters):
        response = client.get(ADDRESSES[language], {"q": text, **parameters}, headers=headers)
        assert response.status_code == 200
        return response

    return ask


def counted():
    log.flush()
    rows = SearchCount.objects.order_by("language", "words")
    return list(rows.values_list("language", "words", "times", "without_results"))


@pytest.mark.django_db
def test_searches_are_counted_by_words_and_language_and_those_that_found_nothing(models, get):
    get("Etsivä  nuorisotyö")
    get("etsivä nuorisotyö!")
    get("olematonsana")
    get("olematonsana", "sv")

    assert counted() == [
        ("fi", "etsivä nuorisotyö", 2, 0),
        ("fi", "olematonsana", 1, 1),
        ("sv", "olematonsana", 1, 1),
    ]
    get("olematonsana")
    assert ("fi", "olematonsana", 2, 2) in counted()
    week = SearchCount.objects.first().week
    assert week.weekday() == 0
    assert timedelta() <= timezone.localdate() - week < timedelta(days=7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"page": "2"}, {}),
        ({"sort": "title"}, {}),
        ({"phase": "trial"}, {}),
        ({}, {"DNT": "1"}),
        ({}, {"Sec-GPC": "1"}),
        ({}, {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        ({}, {"Sec-Purpose": "prefetch;prerender"}),
        ({"exact": "1"}, {}),
        ({"all": "theme"}, {}),
        # The same words again: a limit was taken away, or the button pressed twice.
        ({}, {"Referer": "http://testserver/fi/haku/?q=olematonsana&phase=trial"}),
        ({}, {"HX-Request": "true", "HX-Current-URL": "http://a/fi/haku/?q=olematonsana"}),
    ],
)
def test_what_nobody_typed_or_who_minds_is_not_counted(models, get, parameters, headers):
    get("olematonsana", headers=headers, **parameters)
    assert counted() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "before",
    [
        "http://testserver/fi/haku/?q=muuta",
        "http://testserver/fi/",
        "https://elsewhere.example/?q=olematonsana",
        "http://[bad/?q=olematonsana",
    ],
)
def test_other_words_than_before_are_counted(models, get, before):
    get("olematonsana", headers={"Referer": before})
    get("toinensana", headers={"HX-Request": "true", "HX-Current-URL": before})
    assert [row[1] for row in counted()] == ["olematonsana", "toinensana"]


@pytest.mark.django_db
def test_programs_feeds_and_files_are_not_counted(models, client):
    for address in ("/api/v1/search/", "/api/v1/suggest/", "/fi/haku/syote/", "/fi/haku/csv/"):
        response = client.get(address, {"q": "olematonsana"})
        b"".join(response)
    client.head("/fi/haku/", {"q": "olematonsana"})
    assert counted() == []


@pytest.mark.django_db
def test_nothing_personal_is_kept(models, get):
    for typed in ("maija@example.org", "131052-308T", "040 123 4567", "x" * 200, "\x00"):
        get(typed)
    assert counted() == []
    fields = {field.name for field in SearchCount._meta.get_fields()}
    assert fields == {"id", "week", "language", "words", "times", "without_results"}


@pytest.mark.django_db
def test_zero_days_count_nothing_and_keep_nothing(models, get, settings):
    get("olematonsana")
    assert counted()
    settings.SEARCH_LOG_DAYS = 0
    get("toinensana")
    counts.prune()
    assert counted() == []


@pytest.mark.django_db
def test_counts_are_removed_after_their_time(settings):
    settings.SEARCH_LOG_DAYS = 30
    today = timezone.localdate()
    for days in (0, 29, 31, 400):
        SearchCount.objects.create(
            week=today - timedelta(days=days), language="fi", words="sana", times=1
        )
    assert counts.prune() == 2
    assert SearchCount.objects.count() == 2


@pytest.mark.django_db
def test_search_that_is_counted_asks_the_database_no_more(models, get, settings):
    get("olematonsana")
    with CaptureQueriesContext(connection) as captured:
        get("olematonsana")
    assert len(captured) <= 8
    assert not [query for query in captured if "searchcount" in query["sql"]]
    settings.SEARCH_LOG_DAYS = 0
    with CaptureQueriesContext(connection) as without:
        get("olematonsana")
    assert len(captured) == len(without)


@pytest.mark.django_db(transaction=True)
def test_search_neither_waits_nor_fails_while_somebody_holds_the_table(portal, client):
    written = threading.Event()

    def write():
        try:
            log.flush()
            written.set()
        finally:
            connections.close_all()

    with transaction.atomic():
        # Another's transaction that writes the same row: on SQLite nobody else may write at all.
        week = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        SearchCount.objects.create(week=week, language="fi", words="sana", times=1)
        log.note(*_asked("sana"))
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.3)
        assert not written.is_set()
        # What is searched for meanwhile is counted without waiting for the one who writes.
        log.note(*_asked("sana"))
    thread.join(30)
    log.flush()
    assert SearchCount.objects.get().times == 3


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_written_waits_for_the_next_time(portal, client):
    log.note(*_asked("sana"))
    with connection.schema_editor() as editor:
        editor.alter_db_table(SearchCount, "search_searchcount", "search_elsewhere")
    try:
        log.flush()
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(SearchCount, "search_elsewhere", "search_searchcount")
    assert SearchCount.objects.count() == 0
    log.flush()
    assert SearchCount.objects.get().times == 1


def _asked(text):
    from django.test import RequestFactory

    from search.service import Asked, SearchPage

    return RequestFactory().get("/fi/haku/"), Asked(text=text), "fi", SearchPage(total=1)


@pytest.mark.django_db
def test_processes_add_to_the_same_counts(portal):
    for _process in range(3):
        log.note(*_asked("sana"))
        log.flush()
    assert SearchCount.objects.get().times == 3


@pytest.mark.django_db
def test_memory_is_bounded_while_nothing_can_be_written(portal, monkeypatch):
    monkeypatch.setattr(log, "MAX_HELD", 10)
    monkeypatch.setattr(log, "FLUSH_AT", 1000)
    for number in range(30):
        log.note(*_asked(f"sana {number}"))
    log.flush()
    assert SearchCount.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_worker_removes_old_counts(portal, watching):
    SearchCount.objects.create(
        week=timezone.localdate() - timedelta(days=400), language="fi", words="vanha", times=9
    )
    with watching() as stop:
        for _try in range(200):
            if not SearchCount.objects.exists():
                break
            stop.wait(0.05)
    assert not SearchCount.objects.exists()
