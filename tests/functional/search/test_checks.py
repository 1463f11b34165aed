"""What `manage.py check` says of search."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.checks import run_checks

from models_pages.models import HomePage, OperatingModelPage
from search.checks import (
    index_is_current,
    page_types_are_searchable,
    the_asked_engine_answers,
)

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


def test_a_search_server_that_is_not_used_is_told(portal, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9200"
    (message,) = the_asked_engine_answers()
    assert "ELASTICSEARCH_URL" in message.msg
