"""What happens to pages reaches the index, in the transaction that does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page, PageViewRestriction

from search.engines.base import EngineUnavailable
from search.index import changes, indexes, sync, waiting
from search.models import IndexChange
from tests.factories_search import content, home, index_page, model, publish, theme

pytestmark = pytest.mark.django_db


def waiting_pages():
    return set(IndexChange.objects.values_list("page_id", flat=True))


def test_a_published_model_is_found_right_after_the_commit(index, committed, found):
    page = model("Liikkuva neuvola", live=False)
    assert found("neuvola") == []

    with committed():
        publish(page)

    assert found("neuvola") == ["Liikkuva neuvola"]
    assert not IndexChange.objects.exists()


def test_a_draft_is_never_marked(index, committed, found):
    with committed():
        page = model("Liikkuva neuvola", live=False)
        page.save_revision()
        page.title = "Kiertävä neuvola"
        page.save_revision()

    assert not IndexChange.objects.exists()
    assert found("neuvola") == []


def test_a_draft_over_a_live_page_does_not_reach_readers(index, committed, found):
    with committed():
        page = model("Liikkuva neuvola")
    with committed():
        page.title = "Salainen luonnos"
        page.save_revision()

    assert not IndexChange.objects.exists()
    assert found("neuvola") == ["Liikkuva neuvola"]
    assert found("luonnos") == []


def test_republishing_brings_the_new_text_and_drops_the_old(index, committed, found):
    with committed():
        page = model("Liikkuva neuvola", short_description="<p>Mukana haitari.</p>")
    assert found("haitari") == ["Liikkuva neuvola"]

    with committed():
        publish(page, short_description="<p>Mukana saksofoni.</p>")

    assert found("saksofoni") == ["Liikkuva neuvola"]
    assert found("haitari") == []


@pytest.mark.parametrize("sync_first", [True, False], ids=["synced", "before the sync"])
@pytest.mark.parametrize(
    "hide",
    [
        lambda page: page.unpublish(),
        lambda page: page.unpublish(set_expired=True),
        lambda page: page.delete(),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda page: PageViewRestriction.objects.create(
            page=page, restriction_type="password", password="sana"
        ),
        lambda page: PageViewRestriction.objects.create(
            page=page.get_parent(), restriction_type="groups"
        ).groups.add(Group.objects.get_or_create(name="Some")[0]),
    ],
    ids=["unpublish", "expire", "delete", "login", "password", "groups above"],
)
def test_what_is_hidden_is_not_found(index, committed, found, synced, hide, sync_first):
    with committed():
        page = model("Liikkuva neuvola")
        other = content("Opas neuvolalle", "Neuvolan opas.")
    assert found("neuvola") == ["Liikkuva neuvola", "Opas neuvolalle"]

    hide(Page.objects.get(pk=page.pk).specific)
    if sync_first:
        synced()
        assert set(index.engine.digests()) == {other.pk}

    assert found("neuvola") == ["Opas neuvolalle"]


def test_what_expired_is_not_found_before_the_scheduler_ran(index, committed, found, synced):
    with committed():
        page = model("Liikkuva neuvola")
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    assert found("neuvola") == []

    changes.mark_expired(timezone.now() - timedelta(hours=1))
    synced()
    assert page.pk not in index.engine.digests()


def test_lifting_a_restriction_brings_the_pages_below_back(index, committed, found, synced):
    with committed():
        above = content("Suojattu", "Ylin.")
        content("Neuvolan opas", "Alla.", parent=above)
        restriction = PageViewRestriction.objects.create(page=above, restriction_type="login")
    synced()
    assert found("neuvola") == []

    with committed():
        restriction.delete()

    assert found("neuvola") == ["Neuvolan opas"]


def test_a_restriction_is_announced_before_it_is_saved(index):
    """Its save is not atomic: if the process dies right after it, the announcement is left."""
    page = model("Liikkuva neuvola")
    IndexChange.objects.all().delete()
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    rows = IndexChange.objects.filter(page_id=page.pk).order_by("due_at")
    assert [row.due_at > timezone.now() for row in rows] == [False, True]
    # The announcement is not used up by a sync that runs before the restriction is there.
    batch = waiting.take(index.name, limit=10, early=True)
    assert rows.last().pk not in batch.rows[page.pk]


def test_a_move_changes_the_addresses_of_everything_below(index, committed, found, synced):
    with committed():
        above = content("Oppaat", "Ylin.")
        below = content("Neuvolan opas", "Alla.", parent=above)
        goal = content("Ohjeet", "Toinen.")
    IndexChange.objects.all().delete()
    assert index.engine.digests().keys() >= {above.pk, below.pk}
    before = index.engine.digests()[below.pk]

    with committed():
        Page.objects.get(pk=above.pk).move(Page.objects.get(pk=goal.pk), pos="last-child")
    synced()

    assert index.engine.digests()[below.pk] != before
    below.refresh_from_db()
    assert "/ohjeet/oppaat/" in below.url
    from search.service import Asked, search

    assert search(Asked(text="neuvola"), "fi").hits[0].url == below.url


def test_a_new_slug_marks_everything_below(index, committed):
    with committed():
        above = content("Oppaat", "Ylin.")
        below = content("Neuvolan opas", "Alla.", parent=above)
    assert not IndexChange.objects.exists()

    publish(above, slug="kasikirjat")

    assert waiting_pages() == {above.pk, below.pk}


def test_a_copy_that_is_live_is_found(index, committed, found):
    with committed():
        page = model("Liikkuva neuvola", themes=[theme("perheet", "Perheet")])
    with committed():
        CopyPageAction(page, to=index_page(), update_attrs={"slug": "kopio"}).execute(
            skip_permission_checks=True
        )

    assert found("neuvola", theme=["perheet"]) == ["Liikkuva neuvola"] * 2


def test_a_rolled_back_publication_leaves_no_row(index):
    page = model("Liikkuva neuvola", live=False)
    IndexChange.objects.all().delete()

    class Changed(Exception):
        pass

    with pytest.raises(Changed), transaction.atomic():
        publish(page)
        assert waiting_pages() == {page.pk}
        raise Changed

    assert waiting_pages() == set()


@pytest.mark.django_db(transaction=True)
def test_each_change_and_its_row_are_one_transaction(index, monkeypatch):
    """A row that can't be written takes the change with it: neither is ever without the other."""
    page = model("Liikkuva neuvola")
    above = content("Oppaat", "Ylin.")

    def refuse(*args, **kwargs):
        raise RuntimeError("no rows today")

    monkeypatch.setattr(waiting, "add", refuse)
    for act in (
        Page.objects.get(pk=page.pk).specific.unpublish,
        Page.objects.get(pk=page.pk).specific.delete,
        lambda: publish(page, short_description="<p>Uusi.</p>"),
        lambda: publish(page, slug="uusi"),
        lambda: Page.objects.get(pk=above.pk).move(
            Page.objects.get(pk=home("sv").pk), pos="last-child"
        ),
    ):
        with pytest.raises(RuntimeError):
            act()

    page = page.specific_class.objects.get(pk=page.pk)
    assert page.live
    assert page.slug == "liikkuva-neuvola"
    assert "Uusi" not in page.short_description
    assert Page.objects.get(pk=above.pk).get_parent().pk == home().pk


def test_a_change_made_while_a_page_is_applied_is_not_lost(index, found, synced, monkeypatch):
    page = model("Liikkuva neuvola")
    apply = index.engine.apply

    def apply_slowly(upserts, deletes):
        apply(upserts, deletes)
        monkeypatch.undo()
        publish(page, title="Kiertävä neuvola")

    monkeypatch.setattr(type(index.engine), "apply", lambda self, *args, **_: apply_slowly(*args))
    batch = waiting.take(index.name, limit=50)
    sync._apply(index, batch)

    assert waiting_pages() == {page.pk}
    synced()
    assert found("neuvola") == ["Kiertävä neuvola"]


def test_two_who_apply_the_same_page_at_once_leave_the_newest(index, found, synced, monkeypatch):
    """The slower of the two writes what it read first; the page is then looked at once more."""
    page = model("Liikkuva neuvola")
    first = waiting.take(index.name, limit=50)
    gathered = sync.pages.gather(first.rows)

    publish(page, title="Kiertävä neuvola")
    second = waiting.take(index.name, limit=50)
    sync._apply(index, second)
    assert not IndexChange.objects.exists()

    monkeypatch.setattr(sync.pages, "gather", lambda ids: gathered)
    sync._apply(index, first)
    monkeypatch.undo()

    assert waiting_pages() == {page.pk}
    synced()
    assert found("neuvola") == ["Kiertävä neuvola"]


class _Down:
    """An engine that isn't there."""

    def __getattr__(self, name):
        def fail(*args, **kwargs):
            raise EngineUnavailable("down for the test")

        return fail


class _Broken:
    """An engine that fails in a way nobody thought of."""

    def __getattr__(self, name):
        def fail(*args, **kwargs):
            raise RuntimeError("broken for the test")

        return fail


@pytest.mark.parametrize("engine", [_Down(), _Broken()], ids=["unavailable", "broken"])
def test_an_engine_that_fails_never_fails_an_author(index, committed, found, monkeypatch, engine):
    with monkeypatch.context() as patch, committed():
        patch.setattr(indexes, "get", lambda name: indexes.Index(name, engine))
        page = model("Liikkuva neuvola", live=False)
        publish(page)
        # The callbacks run when the block ends, while the engine still fails.
    assert Page.objects.get(pk=page.pk).live
    with monkeypatch.context() as patch:
        patch.setattr(indexes, "get", lambda name: indexes.Index(name, engine))
        sync.attempt([page.pk])
        done = sync.apply_waiting(indexes.get(index.name))
        assert done.pages == 0
    assert waiting_pages() == {page.pk}

    sync.apply_waiting(index, early=True)
    assert found("neuvola") == ["Liikkuva neuvola"]
    assert not IndexChange.objects.exists()


def test_after_a_failure_authors_do_not_wait_for_the_engine_again(index, monkeypatch):
    page = model("Liikkuva neuvola")
    asked = []

    class Counting(_Down):
        def __getattr__(self, name):
            asked.append(name)
            return super().__getattr__(name)

    monkeypatch.setattr(indexes, "get", lambda name: indexes.Index(name, Counting()))
    assert not sync.apply_waiting(indexes.get(index.name)).available
    asked.clear()
    sync.attempt([page.pk])
    assert asked == []


def test_the_wait_grows_with_each_failure(index, monkeypatch):
    bad = model("Rikkinäinen neuvola")

    def fail(self):
        raise ValueError("no document")

    monkeypatch.setattr(type(bad), "search_document", fail)
    waits = []
    for _attempt in range(4):
        IndexChange.objects.update(due_at=timezone.now())
        sync.apply_waiting(index)
        waits.append((IndexChange.objects.get().due_at - timezone.now()).total_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]


def test_many_pages_at_once_are_left_to_the_worker(index, committed):
    pages = [model(f"Malli {number}") for number in range(sync.AT_ONCE + 1)]
    IndexChange.objects.all().delete()

    with committed():
        changes.mark(pages)

    assert waiting.count(index.name) == len(pages)


def test_marking_takes_pages_ids_and_querysets(portal):
    page = model("Liikkuva neuvola")
    for pages in ([page], [page.pk], Page.objects.filter(pk=page.pk)):
        IndexChange.objects.all().delete()
        changes.mark(pages)
        assert waiting_pages() == {page.pk}
    IndexChange.objects.all().delete()
    changes.mark([])
    assert waiting_pages() == set()


def test_a_text_that_was_taken_away_is_shown_to_nobody_before_the_index_knows(
    index, committed, client
):
    with committed():
        page = model("Liikkuva neuvola", sections={"basic_idea": "Yhteyshenkilö on Maija."})
    addresses = ("/fi/haku/", "/api/v1/search/", "/fi/haku/csv/", "/fi/haku/syote/")

    def answers():
        for address in addresses:
            response = client.get(address, {"q": "neuvola maija"})
            yield b"".join(response).decode()

    assert sum("<mark>Maija</mark>" in text for text in answers()) >= 1
    # Published, but not yet taken in: nothing is done after the commit.
    publish(
        page,
        short_description="<p>Uusi kuvaus.</p>",
        basic_idea=[{"type": "paragraph", "value": "<p>Yhteys: toimisto.</p>"}],
    )
    for text in answers():
        assert "Liikkuva" in text
        assert "Maija" not in text
        assert "Lyhyt kuvaus." not in text
