"""A change of the field's own words makes the index anew by itself, without downtime."""

import pytest
from django.core.checks import run_checks

from search import analysis
from search.engines.terms import expected_fingerprint
from search.index import indexes, rebuild, renewal
from search.models import OwnWord
from search.vocabularies import registry
from tests.factories_search import model

# No dictionary has it, and no guess for the first form is the base form.
BASE, INFLECTED, OTHER = "vamos", "vamoksissa", "vamoksen"


@pytest.fixture(autouse=True)
def _leave_no_words():
    yield
    registry.forget()
    analysis.use_own_words(())


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(renewal, "QUIET_SECONDS", 0.0)


@pytest.mark.django_db
class TestWhenItIsDue:
    def test_after_a_change_of_the_list_once(self, index, at_once):
        rounds = renewal.Renewal()
        assert not rounds.is_due(index)
        OwnWord.objects.create(word=BASE)
        assert rounds.is_due(index)
        rebuild.rebuild(index)
        assert not rounds.is_due(index)

    def test_not_again_for_a_while(self, index, at_once):
        rounds = renewal.Renewal()
        OwnWord.objects.create(word=BASE)
        assert rounds.is_due(index)
        rebuild.rebuild(index)
        OwnWord.objects.create(word="toinensana")
        assert not rounds.is_due(index)

    def test_not_before_editors_are_done(self, index):
        rounds = renewal.Renewal()
        OwnWord.objects.create(word=BASE)
        assert not rounds.is_due(index)

    def test_not_for_another_version_of_the_analysis(self, index, at_once, monkeypatch):
        monkeypatch.setattr("search.engines.terms.SCHEMA_VERSION", 10_000)
        OwnWord.objects.create(word=BASE)
        assert not renewal.Renewal().is_due(index)

    def test_another_version_is_told_once_in_the_log(self, index, at_once, monkeypatch, caplog):
        monkeypatch.setattr(renewal.logger, "handlers", [caplog.handler])
        monkeypatch.setattr(renewal.logger, "propagate", False)
        monkeypatch.setattr("search.engines.terms.SCHEMA_VERSION", 10_000)
        rounds = renewal.Renewal()
        for _ in range(3):
            assert not rounds.is_due(index)
        told = [line for line in caplog.messages if "search_rebuild" in line]
        assert len(told) == 1
        assert index.name in told[0]

    def test_no_check_tells_an_operator(self, index):
        OwnWord.objects.create(word=BASE)
        registry.snapshot()
        assert index.engine.fingerprint() != expected_fingerprint()
        assert [m for m in run_checks() if m.id == "search.W002"] == []


@pytest.mark.django_db
def test_readers_have_results_before_and_after(index, committed, found, at_once):
    with committed():
        page = model(f"{INFLECTED.capitalize()} koulutus")
    with committed():
        OwnWord.objects.create(word=BASE)
    assert found("koulutus") == [page.title]
    assert found(OTHER) == []
    rebuild.rebuild(index)
    assert index.engine.fingerprint() == expected_fingerprint()
    assert found("koulutus") == [page.title]
    assert found(OTHER) == [page.title]


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it(at_once, watching):
    index = indexes.get(indexes.names()[0])
    rebuild.rebuild(index)
    OwnWord.objects.create(word=BASE)
    before = index.engine.fingerprint()
    with watching() as stop:
        for _ in range(1800):
            if index.engine.fingerprint() != before:
                break
            stop.wait(0.05)
    assert index.engine.fingerprint() == expected_fingerprint() != before
