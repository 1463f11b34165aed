"""Whatever an index still holds, every hit is checked against the database, in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.models import IndexChange
from search.service import PER_PAGE, Asked, search
from tests.factories_search import content, model

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


def page_queries(text):
    with CaptureQueriesContext(connection) as queries:
        hits = search(Asked(text=text), "fi").hits
    reading = [one for one in queries if one["sql"].startswith('SELECT "wagtailcore_page"')]
    return len(hits), len(reading)


def test_a_page_of_hits_is_checked_in_at_most_two_queries(index, synced):
    model("Yksinäinen saksofoni")
    for number in range(PER_PAGE):
        model(f"Neuvola {number}")
    synced()
    search(Asked(text="neuvola"), "fi")  # the names of the vocabularies are read now and then

    alone, for_one = page_queries("saksofoni")
    many, for_many = page_queries("neuvola")

    assert (alone, many) == (1, PER_PAGE)
    # What follows a few hits is checked by a query of its own.
    assert for_one == 2
    assert for_many == 1
