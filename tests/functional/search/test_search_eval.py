"""The command that measures ranking."""

import json

import pytest
from django.core.management import CommandError, call_command

from search import evaluation, queries, service


@pytest.fixture
def files(tmp_path):
    """Return the options that name a small set of documents and queries."""
    documents = tmp_path / "docs.jsonl"
    documents.write_text(
        "\n".join(
            json.dumps({"id": name, "text": text})
            for name, text in {
                "a": "Hyvinvointialueiden palvelut",
                "b": "Kirjastojen aukioloajat",
                "c": "Kirjaston ikääntyneet asiakkaat",
            }.items()
        )
    )
    judged = tmp_path / "queries.jsonl"
    judged.write_text(
        json.dumps({"uri": "u1", "fi": "kirjasto (laitos)", "sv": "x", "relevant": ["b", "c"]})
        + "\n"
        + json.dumps({"uri": "u2", "fi": "vanhukset", "sv": "äldre", "relevant": ["c"]})
        + "\n"
    )
    return {"docs": documents, "queries": judged}


def run(capsys, **options):
    call_command("search_eval", **options)
    return capsys.readouterr().out


def test_prints_the_figures_as_json(files, capsys):
    figures = json.loads(run(capsys, json=True, **files))
    assert set(figures) == {
        "ndcg_at_10",
        "recall_at_100",
        "p50_ms",
        "p95_ms",
        "indexed_per_s",
    }
    assert (figures["ndcg_at_10"], figures["recall_at_100"]) == (0.5, 0.5)


def test_a_vocabulary_widens_the_queries(files, capsys, tmp_path):
    table = tmp_path / "labels.tsv"
    table.write_text("uri\tfi\tsv\ten\nu2\tikääntyneet\täldre\telderly\n", encoding="utf-8")
    swedish = {**files, "query_language": "sv", "json": True}
    assert json.loads(run(capsys, **swedish))["recall_at_100"] == 0.0
    assert json.loads(run(capsys, vocabulary=table, **swedish))["recall_at_100"] == 0.5


def test_prints_a_table(files, capsys):
    assert "ndcg_at_10" in run(capsys, **files)


@pytest.mark.parametrize("missing", ["docs", "queries", "vocabulary"])
def test_a_missing_file_is_one_line(files, tmp_path, missing):
    with pytest.raises(CommandError, match="nowhere") as caught:
        call_command("search_eval", **{**files, missing: tmp_path / "nowhere"})
    assert "\n" not in str(caught.value)


def test_a_file_of_another_kind_is_one_line(files, tmp_path):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match=r"wrong\.jsonl"):
        call_command("search_eval", **{**files, "docs": wrong})


def test_nothing_to_measure_is_told(files, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    with pytest.raises(CommandError, match="nothing to measure"):
        call_command("search_eval", **{**files, "docs": empty})


def test_asks_through_the_builder_that_the_search_page_uses():
    assert evaluation.build_query is queries.build_query
    assert service.build_query is queries.build_query
