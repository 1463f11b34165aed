"""Several hosts, each with an index of its own: they come, leave and come back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from search.index import changes, check, hosts, indexes, rebuild, waiting, worker
from search.index.renewal import Renewal
from search.models import IndexChange, IndexState
from tests.factories_search import model, publish

pytestmark = pytest.mark.django_db
ELSEWHERE = "tantivy-elsewhere"


def rows_of(name):
    return set(IndexChange.objects.filter(index=name).values_list("page_id", flat=True))


@pytest.fixture
def another_host(index):
    """A host whose worker gives signs of life."""
    hosts.attend(ELSEWHERE)
    return ELSEWHERE


def one_round(index):
    """What a worker does for the index in a round."""
    assert worker._work(index.name, threading.Event(), Renewal()) is None


def last_seen(name, days):
    moment = timezone.now() - timedelta(days=days)
    assert IndexState.objects.filter(index=name).update(seen_at=moment) == 1


def test_a_change_waits_for_every_host_and_each_takes_its_own(another_host, committed):
    with committed():
        page = model("Liikkuva neuvola")
    assert rows_of(indexes.names()[-1]) == set()
    assert rows_of(another_host) == {page.pk}


def test_marking_takes_few_queries_however_many_pages(another_host, django_assert_max_num_queries):
    # Whose indexes there are, who names the pages, and the rows within a savepoint.
    with django_assert_max_num_queries(5):
        changes.mark(range(1000, 1200))
    assert len(rows_of(another_host)) == 200


def test_a_sign_of_life_is_renewed(another_host):
    last_seen(another_host, 3)
    hosts.attend(another_host)
    assert IndexState.objects.get(index=another_host).seen_at > timezone.now() - timedelta(hours=1)


def test_a_host_that_left_leaves_nothing_that_grows(another_host, caplog, monkeypatch):
    monkeypatch.setattr(hosts.logger.parent, "propagate", True)
    page = model("Liikkuva neuvola")
    last_seen(another_host, hosts.UNSEEN.days - 1)
    assert hosts.forget_unseen(indexes.names()) == ()
    assert rows_of(another_host)

    last_seen(another_host, hosts.UNSEEN.days + 1)
    assert hosts.forget_unseen(indexes.names()) == (another_host,)
    assert rows_of(another_host) == set()
    assert another_host in caplog.text
    publish(page, title="Kiertävä neuvola")
    assert rows_of(another_host) == set()


def test_a_hosts_own_indexes_are_never_forgotten(index):
    last_seen(index.name, 1000)
    assert hosts.forget_unseen(indexes.names()) == ()
    assert IndexState.objects.filter(index=index.name).exists()


def test_a_host_that_comes_back_compares_its_index_and_forgets_what_is_stale(index, found, synced):
    """Nobody kept its rows meanwhile: what changed is found by comparing with all pages."""
    changed = model("Vanha neuvola")
    gone = model("Poistuva neuvola")
    synced()
    last_seen(index.name, 1000)
    hosts.forget_unseen(["tantivy-elsewhere"])
    publish(changed, title="Uusi neuvola")
    Page.objects.get(pk=gone.pk).specific.delete()
    IndexChange.objects.all().delete()
    assert not IndexState.objects.exists()

    one_round(index)

    assert not check.compare(index)
    assert found("neuvola") == ["Uusi neuvola"]


def test_a_new_index_is_compared_once_more_when_older_transactions_have_ended(index, found):
    """A transaction that began before the index was known leaves no row for it."""
    page = model("Vanha neuvola")
    IndexState.objects.filter(index=index.name).delete()
    rebuild.rebuild(index)
    again = IndexState.objects.get(index=index.name).compare_at
    assert again is not None
    type(page).objects.filter(pk=page.pk).update(title="Uusi neuvola")

    one_round(index)
    assert check.compare(index).stale == [page.pk]

    earlier = timezone.now() - hosts.JOINING
    IndexState.objects.filter(index=index.name).update(joined_at=earlier, compare_at=earlier)
    one_round(index)
    assert not check.compare(index)
    assert IndexState.objects.get(index=index.name).compare_at is None


def test_what_is_repaired_here_waits_for_no_other_host(index, another_host, synced):
    page = model("Liikkuva neuvola")
    synced()
    IndexChange.objects.all().delete()
    type(page).objects.filter(pk=page.pk).update(title="Uusi neuvola")

    check.repair(index, check.compare(index))

    assert not check.compare(index)
    assert not IndexChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_index_that_hangs_holds_up_no_other(portal, watching, monkeypatch):
    """Each index has a thread of its own."""
    hangs, hold = threading.Event(), threading.Event()
    names = (*indexes.names(), "hanging")
    monkeypatch.setattr(worker.indexes, "names", lambda: names)
    work = worker._work

    def slow(name, *rest):
        if name == "hanging":
            hangs.set()
            hold.wait(60)
            return None
        return work(name, *rest)

    monkeypatch.setattr(worker, "_work", slow)

    with watching():
        try:
            assert hangs.wait(20)
            page = model("Liikkuva neuvola")
            local = indexes.names()[0]
            for _attempt in range(200):
                if waiting.count(local) == 0 and indexes.get(local).engine.fingerprint():
                    break
                threading.Event().wait(0.1)
            assert set(indexes.get(local).engine.digests()) == {page.pk}
        finally:
            hold.set()
