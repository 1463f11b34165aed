"""A page that can't be indexed holds up no other."""

from __future__ import annotations

import pytest
from django.utils import timezone

from search.engines.base import DocumentRefused
from search.index import sync, waiting
from search.models import IndexChange
from tests.factories_search import model

pytestmark = pytest.mark.django_db


def test_a_page_that_fails_is_put_off_and_does_not_hold_up_others(
    index, found, synced, monkeypatch
):
    bad = model("Rikkinäinen neuvola")
    model("Liikkuva neuvola")
    original = type(bad).search_document

    def fail(self):
        if self.pk == bad.pk:
            raise ValueError("no document")
        return original(self)

    with monkeypatch.context() as patch:
        patch.setattr(type(bad), "search_document", fail)
        done = sync.apply_waiting(index)

    assert done.failed == 1
    assert found("neuvola") == ["Liikkuva neuvola"]
    row = IndexChange.objects.get()
    assert (row.page_id, row.attempts) == (bad.pk, 1)
    assert "no document" in row.error
    assert row.due_at > timezone.now()
    assert waiting.take(index.name, limit=10) is None

    synced()
    assert sorted(found("neuvola")) == ["Liikkuva neuvola", "Rikkinäinen neuvola"]


def test_a_page_that_the_engine_refuses_does_not_hold_up_others(index, found, monkeypatch):
    """As a search server may refuse a single document, while it takes the others."""
    refused, other = model("Mahdoton neuvola"), model("Liikkuva neuvola")
    apply = index.engine.apply

    def refuse_one(self, upserts, deletes, **options):
        documents = list(upserts)
        if any(document.id == refused.pk for document in documents):
            raise DocumentRefused("too large")
        apply(documents, deletes, **options)

    monkeypatch.setattr(type(index.engine), "apply", refuse_one)
    done = sync.apply_waiting(index)

    assert (done.available, done.pages, done.failed) == (True, 1, 1)
    assert found("neuvola") == [other.title]
    assert "too large" in IndexChange.objects.get(page_id=refused.pk).error
