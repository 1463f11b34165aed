"""What `manage.py check` says of search."""

from __future__ import annotations

import json
import socket
import uuid

import pytest
from django.apps import apps
from django.core.checks import run_checks

from models_pages.models import HomePage, OperatingModelPage
from search import checks
from search.checks import index_is_current, page_types_are_searchable, search_server_answers
from search.index import indexes

pytestmark = pytest.mark.django_db


def test_the_portal_passes(index):
    assert [message for message in run_checks() if message.id.startswith("search.")] == []
    assert apps.is_installed("search")


def test_a_page_type_without_a_document_is_told(portal, monkeypatch):
    monkeypatch.delattr(OperatingModelPage, "search_document")
    (message,) = page_types_are_searchable()
    assert message.obj is OperatingModelPage
    assert "search_document" in message.msg


def test_a_page_type_may_say_that_it_is_not_to_be_found(portal, monkeypatch):
    monkeypatch.setattr(HomePage, "searchable", True)
    assert [message.obj for message in page_types_are_searchable()] == [HomePage]


def test_an_index_of_another_version_is_told_with_the_command_that_mends_it(index, settings):
    (file,) = settings.SEARCH_INDEX_DIR.rglob("mallisto.json")
    stored = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**stored, "fingerprint": "1-before"}), encoding="utf-8")

    (message,) = index_is_current()
    assert "search_rebuild" in message.hint


def test_without_an_index_there_is_nothing_to_tell(portal):
    assert index_is_current() == []


def test_a_search_server_that_does_not_answer_is_told_before_a_deployment(portal, settings):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.ELASTICSEARCH_URL = f"http://user:secret@127.0.0.1:{nobody.getsockname()[1]}"
    (message,) = search_server_answers()
    assert message.id == "search.W003"
    assert "127.0.0.1" in message.msg
    assert "secret" not in message.msg


def test_a_start_does_not_wait_for_a_search_server(index, settings):
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{frozen.getsockname()[1]}"
        run_checks()
        frozen.settimeout(0.1)
        with pytest.raises(TimeoutError):
            frozen.accept()


def test_an_index_on_a_search_server_is_told_when_it_is_of_another_version(
    portal, settings, elasticsearch_url, monkeypatch
):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"checks-{uuid.uuid4().hex[:12]}"
    engine = indexes.get(indexes.ELASTICSEARCH).engine
    try:
        assert search_server_answers() == []
        engine.rebuild([])
        assert search_server_answers() == []
        monkeypatch.setattr(checks, "expected_fingerprint", lambda: "4-another")
        (message,) = search_server_answers()
    finally:
        engine.remove()
    assert message.id == "search.W002"
    assert "search_rebuild" in message.hint
