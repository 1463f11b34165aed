"""A search server that fails or hangs: the local index answers, and nobody waits."""

from __future__ import annotations

import socket
import threading
from time import monotonic

import pytest
from django.urls import reverse

from search.index import answering, indexes, rebuild
from tests.factories_search import model

pytestmark = pytest.mark.django_db


def _noting(asked):
    connect = socket.socket.connect

    def noting(self, address):
        if self.family == socket.AF_INET:
            asked.append(address)
        return connect(self, address)

    return noting


@pytest.fixture
def frozen_server():
    """An address that accepts calls and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def filled(index, synced):
    model("Liikkuva neuvola")
    synced()


@pytest.fixture
def beside_a_frozen_server(filled, frozen_server, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.ELASTICSEARCH_URL = frozen_server
    assert len(indexes.names()) == 2


def test_readers_have_results_and_only_the_first_waits(
    beside_a_frozen_server, client, caplog, monkeypatch
):
    client.get(reverse("search:search"), {"q": "lämmittely"})
    answering._breaker.cache_clear()
    caplog.clear()
    asked = []
    monkeypatch.setattr(socket.socket, "connect", _noting(asked))
    for _ in range(6):
        page = client.get(reverse("search:search"), {"q": "neuvola"})
        assert page.status_code == 200
        assert "Liikkuva" in page.content.decode()
    # One call hung and failed; a trial may have followed it.
    assert 1 <= len(asked) <= 2
    told = {one.created for one in caplog.records if "left alone" in one.getMessage()}
    assert 1 <= len(told) <= 2


def test_not_every_thread_hangs(beside_a_frozen_server):
    """Once a call has hung for a moment, those that come later go past the frozen server."""
    first = threading.Thread(target=answering.ask, args=(lambda engine: engine.words("ne"),))
    first.start()
    try:
        threading.Event().wait(0.5)
        began = monotonic()
        assert answering.ask(lambda engine: engine.words("ne"))
        assert monotonic() - began < 0.5
    finally:
        first.join(timeout=30)


def test_the_portal_stays_ready_at_once(beside_a_frozen_server, client):
    began = monotonic()
    assert client.get("/health/ready/").status_code == 200
    assert monotonic() - began < 1


def test_without_any_index_that_answers_it_is_not_ready(portal, client):
    assert answering.ask(lambda engine: engine.words("ne")) is None
    assert client.get("/health/ready/").status_code == 503


def test_the_local_index_is_asked_as_soon_as_it_is_there(portal, client):
    """It has no substitute, so it is never left alone."""
    assert answering.ask(lambda engine: engine.words("ne")) is None
    rebuild.rebuild(indexes.get(indexes.names()[-1]))
    assert answering.ask(lambda engine: engine.words("ne")) == ()
