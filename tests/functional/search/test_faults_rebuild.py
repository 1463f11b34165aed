"""A rebuild that goes wrong leaves the old index whole; one that goes well loses no publication."""

from __future__ import annotations

from io import StringIO
from time import sleep

import pytest
from django.core.management import call_command

from search.index import indexes, rebuild, sync
from search.models import IndexChange, IndexState
from search.service import Asked, search
from tests.factories_search import content, model, theme
from tests.functional.search import processes

pytestmark = pytest.mark.django_db(transaction=True)
# Documents are read first; then no file may grow beyond 8 kB.
FULL_WHILE_WRITING = """
import django, resource
django.setup()
from search.engines.base import EngineUnavailable
from search.index import indexes, pages
documents = [document for gathered in pages.every() for document in gathered.documents]
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    indexes.get(indexes.names()[-1]).engine.rebuild(documents)
except EngineUnavailable as error:
    print(error, flush=True)
"""


@pytest.fixture
def models(index, own_data):
    term = theme("perheet", "Perheet")
    text = " ".join(f"sana{number}" for number in range(2000))
    made = [
        model(f"Neuvola {number}", themes=[term], sections={"basic_idea": f"{text} {number}"})
        for number in range(12)
    ]
    sync.apply_waiting(index)
    return made


def found():
    answer = search(Asked(text="neuvola"), "fi")
    assert answer.available
    return answer.total


def rebuilding(settings, **options):
    arguments = ("manage.py", "search_rebuild", "--verbosity=2")
    return processes.Process(settings, *arguments, **options)


def assert_old_index_whole(models, before):
    index = indexes.get(indexes.names()[-1])
    assert index.engine.digests() == before
    assert found() == len(models)


def versions(settings):
    return sorted(path.name for path in settings.SEARCH_INDEX_DIR.glob("index-*"))


def test_a_full_disk(models, settings):
    """SQLite's file lies on the same disk: then the rebuild can't even begin."""
    index = indexes.get(indexes.names()[-1])
    before, files = index.engine.digests(), versions(settings)
    with rebuilding(settings, largest_file=16) as process:
        assert process.ended() != 0
        told = process.lines[-1]
    assert "was not rebuilt, the old one is untouched" in told
    assert_old_index_whole(models, before)
    assert versions(settings) == files
    assert IndexState.objects.get(index=index.name).rebuild is None


def test_a_disk_that_is_full_of_the_index(models, settings):
    """The index's own files can't be written, whatever database."""
    index = indexes.get(indexes.names()[-1])
    before, files = index.engine.digests(), versions(settings)
    with processes.Process(settings, "-c", FULL_WHILE_WRITING) as process:
        assert process.ended() == 0, process.lines
        assert process.lines[-1].startswith("the search index can't be used")
    assert_old_index_whole(models, before)
    assert versions(settings) == files


def test_killed_at_any_moment(models, settings, repetitions):
    """At different moments of reading, writing and swapping; the next one needs no clearing up."""
    index = indexes.get(indexes.names()[-1])
    before = index.engine.digests()
    for number in range(repetitions(30)):
        with rebuilding(settings) as process:
            process.wait_for_line("pages are read")
            sleep(0.02 * (number % 10))
            process.kill()
        assert found() == len(models)
    assert index.engine.digests() == before
    with rebuilding(settings) as process:
        assert process.ended() == 0, process.lines
    assert len(versions(settings)) == 1
    assert index.engine.digests() == before


def test_during_a_stream_of_publications(models, settings, repetitions):
    """Nothing that is published before, while and after pages are read is lost at the swap."""
    steps = repetitions(100)
    content("Saksofonin huolto", "Kuinka soitinta huolletaan.")
    with (
        processes.worker(settings) as worker,
        processes.author(settings, 1, steps, models[::2]) as first,
        processes.author(settings, 2, steps, models[1::2]) as second,
    ):
        first.wait_for_line("step 0")
        rebuilds = 0
        while rebuilds == 0 or not all("longest" in one.lines[-1] for one in (first, second)):
            for index in indexes.all_indexes():
                rebuild.rebuild(index)
            rebuilds += 1
            answer = search(Asked(text="saksofonien huolto"), "fi")
            assert answer.available
            assert "Saksofonin huolto" in [hit.title for hit in answer.hits]
        for author in (first, second):
            processes.told(author)
        assert worker.stop() == 0
    for index in indexes.all_indexes():
        sync.apply_waiting(index, early=True)
    call_command("search_check", stdout=StringIO())  # raises where they differ
    assert not IndexChange.objects.exists()
