"""Whatever an index still holds, every hit is checked against the database, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.index import changes, waiting
from search.index.visibility import hidden
from search.models import IndexChange
from search.service import PER_PAGE, Asked, search
from search.vocabularies import registry
from tests.factories_search import content, model, theme

pytestmark = pytest.mark.django_db


def unpublished(page):
    Page.objects.filter(pk=page.pk).update(live=False)


def expired(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def restricted(page):
    # Without its signals, as though it were saved this very moment.
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page.above)])


def deleted(page):
    Page.objects.get(pk=page.pk).delete()
    IndexChange.objects.all().delete()


@pytest.fixture
def held(index, synced):
    """A page that the index goes on to hold, whatever becomes of it."""
    above = content("Ohjeet", "Teksti.")
    page = content("Piilotettava saksofoni", "Soittoa.", parent=above)
    page.above = above
    synced()
    return page


@pytest.mark.parametrize("hide", [unpublished, expired, restricted, deleted])
def test_what_was_hidden_a_moment_ago_is_not_shown(hide, held, index, found):
    assert found("saksofoni") == [held.title]
    hide(held)
    assert held.pk in index.engine.digests()
    assert found("saksofoni") == []


DOORS = [
    *("/fi/haku/?q=saksofoni", "/fi/haku/?q=saksofonni", "/fi/haku/", "/fi/haku/?theme=soittimet"),
    *("/fi/haku/syote/?q=saksofoni", "/fi/haku/syote/", "/fi/haku/csv/?q=saksofoni"),
    *("/fi/haku/csv/", "/api/v1/search/?q=saksofoni", "/api/v1/search/?sort=title"),
    *("/api/v1/suggest/?q=piilo", "/api/v1/suggest/?q=huil", "/api/v1/suggest/?q=soitt"),
    # Nothing is found: the newest and the nearest are offered.
    *("/fi/haku/?q=olematon", '/fi/haku/?q="olematon+saksofoni"'),
    *("/fi/", "/fi/toimintamallit/", "/fi/syote/", "/sitemap.xml", "/api/v1/models/"),
]


def told_of(client, page):
    """The doors that tell of a page, by its title, address or what only it is about."""
    # A term's name alone tells of no page: a facet counts until the index knows.
    said = (page.title, page.slug, "huilu", '"text": "Soittimet"')
    answers = {door: b"".join(client.get(door)).decode() for door in DOORS}
    return [door for door, answer in answers.items() if any(one in answer for one in said)]


@pytest.mark.parametrize("hide", [unpublished, expired, restricted, deleted])
def test_no_door_tells_of_what_was_hidden_without_a_signal(hide, index, synced, client):
    """``QuerySet.update`` and the like tell nobody: neither the index nor the worker."""
    model("Näkyvä neuvola")
    page = model(
        "Piilotettava torvi",
        short_description="<p>Saksofonin ja huilun soittoa.</p>",
        sections={"basic_idea": "Saksofonit ja huilu soivat."},
        themes=[theme("soittimet", "Soittimet")],
    )
    page.above = page
    registry.forget()
    synced()
    client.get("/fi/haku/")
    assert set(DOORS) - set(told_of(client, page)) <= {
        "/fi/haku/?q=olematon",
        '/fi/haku/?q="olematon+saksofoni"',
    }
    cache.clear()

    hide(page)

    assert page.pk in index.engine.digests()
    assert told_of(client, page) == []


def page_queries(text):
    with CaptureQueriesContext(connection) as queries:
        hits = search(Asked(text=text), "fi").hits
    reading = [one for one in queries if one["sql"].startswith('SELECT "wagtailcore_page"')]
    return len(hits), len(reading)


def test_all_that_an_answer_tells_of_is_checked_in_one_query(index, synced):
    model("Yksinäinen saksofoni")
    for number in range(PER_PAGE):
        model(f"Neuvola {number}")
    synced()
    search(Asked(text="neuvola"), "fi")  # the names of the vocabularies are read now and then

    alone, for_one = page_queries("saksofoni")
    many, for_many = page_queries("neuvola")

    assert (alone, many) == (1, PER_PAGE)
    # What follows a few hits is checked with them.
    assert for_one == for_many == 1


def totals(found):
    """The total of an answer, and what its facet of languages counts."""
    languages = next(facet for facet in found.facets if facet.key == "language")
    return found.total, sum(value.count for value in languages.every())


def test_what_expired_is_not_counted_before_anybody_noticed(index, synced, monkeypatch):
    """No worker runs, and no scheduler: the time alone has passed."""
    stays = model("Pysyvä neuvola")
    goes = model("Poistuva neuvola", slug="poistuva", expire_at=timezone.now() + timedelta(hours=1))
    later = model("Jatkettu neuvola", slug="jatkettu")
    later.expire_at = timezone.now() + timedelta(hours=1)
    later.save_revision().publish()
    # Put off: the row that was left for the first moment hides nothing.
    later.expire_at = timezone.now() + timedelta(days=9)
    later.save_revision().publish()
    synced()
    assert totals(search(Asked("neuvola"), "fi")) == (3, 3)
    assert waiting.count(index.name) == 0

    after = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: after)
    assert index.engine.digests().keys() == {stays.pk, goes.pk, later.pk}
    found = search(Asked("neuvola"), "fi")
    assert {hit.id for hit in found.hits} == {stays.pk, later.pk}
    assert totals(found) == (2, 2)

    synced()
    assert index.engine.digests().keys() == {stays.pk, later.pk}
    assert totals(search(Asked("neuvola"), "fi")) == (2, 2)


def test_a_page_that_is_to_expire_is_announced_once(index):
    page = model("Poistuva neuvola", expire_at=timezone.now() + timedelta(hours=1))
    page.save_revision().publish()
    rows = IndexChange.objects.filter(page_id=page.pk, due_at=page.expire_at)
    assert rows.count() == 1
    # Also one whose row was never there, once a worker begins.
    rows.delete()
    changes.announce_expiries()
    changes.announce_expiries()
    assert rows.count() == 1


def test_what_must_not_be_counted_is_one_query_and_two_while_changes_wait(index, synced):
    synced()
    for queries, page in ((1, None), (2, "Poistuva neuvola")):
        if page:
            model(page, expire_at=timezone.now() + timedelta(hours=1))
        with CaptureQueriesContext(connection) as captured:
            assert hidden() == frozenset()
        assert len(captured) == queries
