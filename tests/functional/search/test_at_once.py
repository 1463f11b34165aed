"""Many at once: publications in several threads, workers that sync, and a rebuild meanwhile."""

from __future__ import annotations

import random
import threading
from time import monotonic

import pytest
from django.db import connection, connections, transaction
from wagtail.models import Page

from search.engines.tantivy import TantivyEngine
from search.index import changes, check, indexes, rebuild, sync, worker
from search.models import IndexChange
from tests.factories_search import model, publish, theme

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_WAIT = 3.0


def test_after_publications_syncs_and_a_rebuild_at_once_index_and_pages_are_equal(
    index, repetitions, synced
):
    term = theme("perheet", "Perheet")
    pages = [model(f"Malli {number}", themes=[term]) for number in range(6)]
    stop = threading.Event()
    errors = []

    def in_thread(work):
        def run():
            try:
                work()
            except Exception as error:  # noqa: BLE001 - asserted to be none
                errors.append(error)
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    def author(number):
        chance = random.Random(number)
        for step in range(repetitions(100)):
            page = Page.objects.get(pk=chance.choice(pages[number::2]).pk)
            if page.live and chance.random() < 0.3:
                page.specific.unpublish()
            else:
                publish(page, title=f"Malli {number} {step}")

    def editor_of_vocabularies():
        for step in range(repetitions(50)):
            term.label_fi = f"Perheet {step}"
            term.save()

    workers = [in_thread(lambda: worker.watch(stop, pause=0.01)) for _ in range(2)]
    writers = [in_thread(lambda number=number: author(number)) for number in range(2)]
    writers += [in_thread(editor_of_vocabularies), in_thread(lambda: rebuild.rebuild(index))]
    for thread in (*workers, *writers):
        thread.start()
    for thread in writers:
        thread.join(timeout=120)
    stop.set()
    for thread in workers:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in (*workers, *writers))
    assert errors == []

    synced()
    assert not IndexChange.objects.exists()
    assert not check.compare(indexes.get(index.name))
    live = set(
        Page.objects.filter(pk__in=[page.pk for page in pages], live=True).values_list(
            "pk", flat=True
        )
    )
    assert set(index.engine.digests()) == live


def test_publishing_does_not_wait_for_another_transaction_that_marks_the_same_page(index):
    page = model("Liikkuva neuvola")
    marked, done = threading.Event(), threading.Event()

    def long_transaction():
        try:
            with transaction.atomic():
                changes.mark([page])
                marked.set()
                done.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=long_transaction)
    thread.start()
    try:
        assert marked.wait(20)
        if connection.vendor == "sqlite":
            done.set()  # SQLite has one writer at a time, whatever they write
        publish(page, title="Kiertävä neuvola")
    finally:
        done.set()
        thread.join(timeout=20)
    sync.apply_waiting(index)
    assert not IndexChange.objects.exists()


def test_nobody_waits_long_for_an_index_whatever_takes_long(index, found, monkeypatch, synced):
    """Where no limit of its own ends it, as a dictionary that is read for the first time.

    Nor several times, where one request changes pages in several transactions.
    """
    page = model("Liikkuva neuvola")
    goes_on, ended = threading.Event(), threading.Event()
    apply = TantivyEngine.apply

    def slow(self, *arguments, **options):
        goes_on.wait(30)
        apply(self, *arguments, **options)
        ended.set()

    with monkeypatch.context() as patch:
        patch.setattr(TantivyEngine, "apply", slow)
        began = monotonic()
        try:
            publish(page, title="Kiertävä neuvola")
            for _again in range(3):
                changes.mark([page])
            waited = monotonic() - began
        finally:
            goes_on.set()
        assert ended.wait(30)
    assert waited < LONGEST_WAIT
    synced()
    assert found("kiertävä") == ["Kiertävä neuvola"]
