"""Making the index anew while pages are published, and comparing it with the pages."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from search.engines.base import EngineUnavailable
from search.index import check, indexes, rebuild, sync, turns, waiting
from search.index import store as documents
from search.models import IndexChange, IndexedDocument, IndexState
from tests.factories_search import content, model, publish

pytestmark = pytest.mark.django_db


def test_a_rebuild_takes_in_everything_that_may_be_found(index, found):
    model("Liikkuva neuvola")
    model("Kotineuvola", live=False)
    IndexChange.objects.all().delete()
    assert found("neuvola") == []

    seen = []
    count = rebuild.rebuild(index, seen.append)

    assert found("neuvola") == ["Liikkuva neuvola"]
    assert count == 1
    assert seen[-1] == 1


def test_changes_made_while_an_index_is_rebuilt_reach_the_new_one(index, found, monkeypatch):
    """Also those that were applied to the old index meanwhile: before, during and after it is read.

    Every page is read before it changes, so the new index is built from what is old.
    """
    changed = model("Vanha neuvola")
    gone = model("Poistuva neuvola")
    hidden = model("Piilotettu neuvola")
    sync.apply_waiting(index)
    write = type(index.engine).rebuild

    def rebuild_slowly(self, upserts, progress=None):
        read = list(upserts)
        publish(changed, title="Uusi neuvola")
        Page.objects.get(pk=gone.pk).specific.delete()
        Page.objects.get(pk=hidden.pk).specific.unpublish()
        model("Tuore neuvola")
        # The worker goes on: readers find the changes in the old index, and the rows stay.
        sync.apply_waiting(index)
        assert sorted(found("neuvola")) == ["Tuore neuvola", "Uusi neuvola"]
        assert sync.apply_waiting(index).pages == 0
        return write(self, read, progress)

    monkeypatch.setattr(type(index.engine), "rebuild", rebuild_slowly)
    rebuild.rebuild(index)

    assert sorted(found("neuvola")) == ["Tuore neuvola", "Uusi neuvola"]
    assert not check.compare(index)
    assert not IndexChange.objects.exists()


def test_a_change_applied_across_the_swap_is_applied_again(index, found):
    page = model("Vanha neuvola")
    batch = waiting.take(index.name, limit=10)
    rebuild.rebuild(index)
    IndexState.objects.get(index=index.name)
    publish(page, title="Uusi neuvola")
    batch = waiting.take(index.name, limit=10)
    rebuild.rebuild(index)  # takes in the new title and empties the rows
    IndexChange.objects.create(index=index.name, page_id=page.pk)
    waiting.settle(batch, batch.rows)
    assert IndexChange.objects.count() == 1
    sync.apply_waiting(index)
    assert found("neuvola") == ["Uusi neuvola"]


def test_a_rebuild_that_fails_leaves_the_old_index(index, found, monkeypatch):
    model("Liikkuva neuvola")
    sync.apply_waiting(index)

    def break_off(chunk=50):
        yield from ()
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(rebuild.pages, "every", break_off)
        with pytest.raises(EngineUnavailable, match="No space"):
            rebuild.rebuild(index)

    assert found("neuvola") == ["Liikkuva neuvola"]
    assert IndexState.objects.get(index=index.name).rebuild is None
    assert rebuild.rebuild(index) == 1


def test_only_one_rebuild_at_a_time(index):
    with turns.turn(f"rebuild-{index.name}", 0.0), pytest.raises(rebuild.RebuildRunning):
        rebuild.rebuild(index)
    rebuild.rebuild(index)


def test_nobody_waits_for_a_rebuild_that_was_killed_on_this_host(index):
    """Its mark is still there, but its process holds the lock no more."""
    rebuild._begin(index.name, alone=True, force=False)
    assert rebuild.rebuild(index) == 0


def test_a_rebuild_of_another_host_is_waited_for_while_it_gives_signs_of_life(index, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rebuild, "_host", lambda: "0" * 12)
        mark = rebuild._begin(index.name, alone=True, force=False)
    with pytest.raises(CommandError, match="under way"):
        call_command("search_rebuild", index=index.name, verbosity=0)

    # It was killed: after a silence nobody waits for it any more.
    long_ago = timezone.now() - waiting.REBUILD_SILENCE - timedelta(seconds=1)
    IndexState.objects.filter(rebuild=mark).update(beat_at=long_ago)
    rebuild.rebuild(index)


def test_a_rebuild_that_was_given_up_does_not_swap(index, found):
    model("Liikkuva neuvola")
    mark = rebuild._begin(index.name, alone=True, force=False)
    upserts = rebuild._documents(index.name, mark)
    rebuild.rebuild(index, force=True)
    with pytest.raises(rebuild.RebuildLost):
        list(upserts)
    assert found("neuvola") == ["Liikkuva neuvola"]


def test_a_rebuild_forgets_documents_of_pages_that_are_gone(index):
    page = model("Liikkuva neuvola")
    sync.apply_waiting(index)
    assert documents.get([page.pk])
    Page.objects.filter(pk=page.pk).update(live=False)

    rebuild.rebuild(index)

    assert not IndexedDocument.objects.exists()


def test_check_names_what_differs_and_repair_mends_it(index, found):
    stale = model("Vanha neuvola")
    surplus = model("Poistuva neuvola")
    sync.apply_waiting(index)
    missing = model("Puuttuva neuvola")
    type(stale).objects.filter(pk=stale.pk).update(title="Muuttunut neuvola")
    Page.objects.filter(pk=surplus.pk).update(live=False)
    IndexChange.objects.all().delete()

    difference = check.compare(index)
    assert (difference.missing, difference.stale, difference.surplus) == (
        [missing.pk],
        [stale.pk],
        [surplus.pk],
    )

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("search_check", stdout=out)
    text = out.getvalue()
    for page, title in (
        (missing, "Puuttuva neuvola"),
        (stale, "Muuttunut neuvola"),
        (surplus, "Poistuva neuvola"),
    ):
        assert f"{page.pk} {title}" in text

    call_command("search_check", repair=True, stdout=StringIO())
    call_command("search_check", stdout=out)
    assert out.getvalue().endswith("index and pages are equal\n")
    assert sorted(found("neuvola")) == ["Muuttunut neuvola", "Puuttuva neuvola"]


def test_check_without_an_index_says_so(portal):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("search_check", stdout=out, stderr=out)
    assert "can't be read" in out.getvalue()


def test_commands_rebuild_and_sync(portal, found):
    page = model("Liikkuva neuvola")
    with pytest.raises(CommandError, match="search_rebuild"):
        call_command("search_sync", stdout=StringIO())

    out = StringIO()
    call_command("search_rebuild", stdout=out)
    assert "1 documents" in out.getvalue()
    assert found("neuvola") == ["Liikkuva neuvola"]

    publish(page, title="Kiertävä neuvola")
    call_command("search_sync", stdout=out)
    assert found("neuvola") == ["Kiertävä neuvola"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_builds_a_missing_index_applies_changes_and_stops(portal, found, watching):
    model("Liikkuva neuvola")
    with watching():
        wait_until(lambda: found("neuvola") == ["Liikkuva neuvola"], available=False)
        waiting.note_failure(indexes.TANTIVY, timezone.now() + timedelta(hours=1))
        page = content("Opas neuvolalle", "Opas.")
        wait_until(lambda: "Opas neuvolalle" in found("neuvola"))
        # As editors do it: the row is left in the transaction that sets the time, so that no round
        # of the worker can pass between the two.
        publish(page, expire_at=timezone.now() + timedelta(seconds=1))
        wait_until(lambda: len(indexes.get(indexes.TANTIVY).engine.digests()) == 1)


def wait_until(condition, *, available=True, seconds=90):
    pause = threading.Event()
    for _attempt in range(seconds * 10):
        try:
            if condition():
                return
        except AssertionError:
            if available:
                raise
        pause.wait(0.1)
    pytest.fail("it did not happen in time")
