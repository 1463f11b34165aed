"""Processes that publish while a worker syncs, and a worker that is killed: nothing is lost."""

from __future__ import annotations

import random
import re
from io import StringIO
from time import monotonic, sleep

import pytest
from django.core.management import call_command
from wagtail.models import Page

from models_pages.models import OperatingModelPage
from search.index import changes, check, indexes, sync
from search.models import IndexChange
from search.service import Asked, search
from tests.factories_search import content, model, publish, theme
from tests.functional.search import processes

pytestmark = pytest.mark.django_db(transaction=True)
# A publication by itself takes a fifth of a second; waiting for the index has a limit of two.
LONGEST_WAIT = 3.0
SHARED_BY = 14  # pages of a theme: more than are tried at once, so the worker takes them


@pytest.fixture
def portal_of_models(index, own_data):
    term = theme("perheet", "Perheet")
    # So long that a batch takes a while, in which the worker can be killed.
    long = {"basic_idea": " ".join(f"sana{number}" for number in range(1500))}
    pages = [
        model(f"Neuvola {number}", themes=[term], sections=long) for number in range(SHARED_BY)
    ]
    content("Saksofonin huolto", "Kuinka soitinta huolletaan.")
    sync.apply_waiting(index)
    return pages


def reads():
    """A reader finds what nobody changes."""
    answer = search(Asked(text="saksofonien huolto"), "fi")
    assert answer.available
    assert "Saksofonin huolto" in [hit.title for hit in answer.hits]


def drained(seconds=60):
    """Wait until the worker has taken in everything."""
    deadline = monotonic() + seconds
    while IndexChange.objects.exists():
        assert monotonic() < deadline, list(IndexChange.objects.values()[:5])
        sleep(0.1)


def assert_equal():
    call_command("search_check", stdout=StringIO())  # raises where they differ
    for index in indexes.all_indexes():
        difference = check.compare(index)
        assert not difference, (index.name, difference)
        assert difference.waiting == 0
        live = Page.objects.live().type(OperatingModelPage).values_list("pk", flat=True)
        assert set(live) <= set(index.engine.digests())


def test_two_processes_publish_at_once_while_a_worker_syncs(
    portal_of_models, settings, repetitions, record_property
):
    steps = repetitions(100)
    with (
        processes.worker(settings) as worker,
        processes.author(settings, 1, steps, portal_of_models[::2]) as first,
        processes.author(settings, 2, steps, portal_of_models[1::2]) as second,
    ):
        while not all(author.has_ended() for author in (first, second)):
            reads()
            sleep(0.1)
        told = [processes.told(author) for author in (first, second)]
        drained()
        assert worker.stop() == 0
    assert [one["steps"] for one in told] == [steps, steps]
    record_property("longest wait", f"{max(one['longest'] for one in told):.2f} s")
    assert max(one["longest"] for one in told) < LONGEST_WAIT
    assert_equal()


def test_a_worker_killed_at_any_moment_loses_nothing(
    portal_of_models, settings, repetitions, record_property
):
    """Most are killed after they took a batch and before they removed its rows, which is counted:
    the rows that the killed worker had taken are all still there."""
    kills, between = repetitions(50), repetitions(30)
    chance = random.Random(4)
    term = portal_of_models[0].themes.all()[0]
    killed = held = 0
    while killed < kills or held < between:
        assert killed < 4 * kills, f"only {held} of {killed} were killed between"
        killed += 1
        with processes.worker(settings) as worker:
            worker.wait_for_line("Keeping the search index")
            publish(chance.choice(portal_of_models), title=f"Neuvola uusi {killed}")
            before = len(worker.lines)
            term.label_fi = f"Perheet {killed}"
            term.save()
            if killed % 5:
                taken = worker.wait_for_line("taken", since=before)
                sleep(chance.uniform(0, 0.06))
            else:
                taken = None
                sleep(chance.uniform(0, 2))
            worker.kill()
            if taken is not None:
                rows = re.findall(r"\d+", worker.lines[taken].partition("rows")[2])
                left = IndexChange.objects.filter(pk__in=[int(row) for row in rows])
                held += left.count() == len(rows) > 0
        reads()
    record_property("kills", f"{killed}, of them {held} between taking and removing")

    with processes.worker(settings) as worker:
        worker.wait_for_line("Keeping the search index")
        drained()
        assert worker.stop() == 0
    assert_equal()
    shown = search(Asked(text=f"{killed}"), "fi")
    assert [hit.title for hit in shown.hits if hit.title == f"Neuvola uusi {killed}"]


def test_rows_that_a_killed_worker_took_are_anybodys(portal_of_models, settings):
    """No lock outlives a killed process: the next author is not held up."""
    changes.mark(portal_of_models)
    with processes.worker(settings) as worker:
        worker.wait_for_line("taken")
        worker.kill()
    began = monotonic()
    publish(portal_of_models[0], title="Heti perään")
    assert monotonic() - began < LONGEST_WAIT
    sync.apply_waiting(indexes.get(indexes.names()[-1]))
    assert_equal()
