"""What the functional tests of search share: the portal's frame and an index that answers."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import connections

from models_pages.provisioning import provision_guidance, provision_structure
from search import analysis
from search.index import indexes, rebuild, sync, worker
from search.service import Asked, search
from search.vocabularies import registry


@pytest.fixture
def portal(db):
    """The trees of the three languages, and nothing else."""
    provision_structure()
    provision_guidance()
    registry.forget()


@pytest.fixture
def index(portal):
    """An index of the pages there are, built anew."""
    index = indexes.get(indexes.names()[0])
    rebuild.rebuild(index)
    return index


@pytest.fixture
def own_data(settings, tmp_path):
    """Data of this test's own for all its processes, but for the dictionaries.

    To convert these takes each of several processes many seconds on a busy machine.
    """
    shared = settings.DATA_DIR / "analysis"
    shared.mkdir(parents=True, exist_ok=True)
    analysis.analyser("fi").words("lämmittely")
    (tmp_path / "analysis").symlink_to(shared.resolve())
    settings.DATA_DIR = tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run a block as a transaction of its own: what it leaves for after the commit is done."""

    def block():
        return django_capture_on_commit_callbacks(execute=True)

    return block


@pytest.fixture
def synced(index):
    """Apply everything that waits."""
    return lambda: sync.apply_waiting(index, early=True)


@pytest.fixture
def watching():
    """Keep a worker at work during a block; gives what tells it to stop."""

    @contextmanager
    def block():
        stop = threading.Event()

        def watch():
            try:
                worker.watch(stop, pause=0.05)
            finally:
                connections.close_all()

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            thread.join(timeout=30)
        assert not thread.is_alive()

    return block


@pytest.fixture
def found():
    """Titles that a search gives, best first."""

    def titles(text="", language="fi", **filters):
        values = {key: tuple(value) for key, value in filters.items()}
        answer = search(Asked(text=text, filters=values), language)
        assert answer.available
        return [hit.title for hit in answer.hits]

    return titles
