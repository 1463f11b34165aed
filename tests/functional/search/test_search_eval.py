"""The command that measures ranking."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.management import CommandError, call_command

from search import evaluation, feedback, nearest, queries, service


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


def indexes_on(server, name):
    url = f"{server}/_cat/indices/{name}*?format=json&expand_wildcards=all"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return [found["index"] for found in json.load(answer)]


def test_measures_on_a_search_server_and_leaves_nothing_there(
    files, capsys, settings, elasticsearch_url
):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"eval-{uuid.uuid4().hex[:12]}"
    figures = json.loads(run(capsys, engine="elasticsearch", json=True, **files))
    assert (figures["ndcg_at_10"], figures["recall_at_100"]) == (0.5, 0.5)
    assert indexes_on(elasticsearch_url, settings.ELASTICSEARCH_INDEX) == []


def test_without_a_search_server_it_says_what_to_set(files, settings):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("search_eval", engine="elasticsearch", **files)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_whoever_interrupts_it_finds_nothing_left(files, elasticsearch_url, sent):
    """In the midst of indexing, and by Ctrl-C as by a service that ends it."""
    name = f"eval-{uuid.uuid4().hex[:12]}"
    with files["docs"].open("a", encoding="utf-8") as documents:
        for number in range(20_000):
            text = " ".join(f"sana{number}x{place}" for place in range(20))
            documents.write("\n" + json.dumps({"id": str(number), "text": text}))
    command = [sys.executable, "manage.py", "search_eval", "--engine", "elasticsearch"]
    process = subprocess.Popen(
        [*command, "--docs", str(files["docs"]), "--queries", str(files["queries"])],
        cwd=Path(portal_settings.BASE_DIR),
        env={
            **os.environ,
            "ELASTICSEARCH_URL": elasticsearch_url,
            "ELASTICSEARCH_INDEX": name,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        give_up_at = time.monotonic() + 60
        while len(indexes_on(elasticsearch_url, name)) < 2 and process.poll() is None:
            assert time.monotonic() < give_up_at
            time.sleep(0.05)
        process.send_signal(sent)
        process.wait(60)
    finally:
        process.kill()
        errors = process.stderr.read().decode()
        process.stderr.close()
    assert process.returncode != 0, errors
    assert indexes_on(elasticsearch_url, name) == []


def test_asks_through_the_builder_that_the_search_page_uses():
    assert evaluation.build_query is queries.build_query
    assert service.build_query is queries.build_query
    assert evaluation.related is nearest.related is feedback.related
