"""Reading judged queries, and the figures made of them."""

import pytest

from search.evaluation import (
    EvaluationError,
    Judged,
    ndcg,
    read_documents,
    read_queries,
    read_vocabulary,
)
from search.parser import parse


def test_ndcg():
    assert ndcg(["a", "b"], frozenset("ab")) == 1.0
    assert ndcg(["x", "a"], frozenset("a")) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["x"] * 10 + ["a"], frozenset("a")) == 0.0


def test_a_label_is_asked_without_what_stands_in_parentheses():
    query = Judged({"fi": "artikkelit (julkaisut)", "en": "articles"}, frozenset("a"))
    assert query.text("fi") == "artikkelit"
    assert query.text("sv") == ""


@pytest.mark.parametrize("read", [read_documents, read_queries, read_vocabulary])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"not json\n", b"[1]\n", b'{"id": 3}\n'])
def test_a_wrong_file_is_told_in_one_line(tmp_path, read, content):
    path = tmp_path / "wrong.data"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"wrong\.data") as caught:
        read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("read", [read_documents, read_queries, read_vocabulary])
def test_a_missing_file_is_told_in_one_line(tmp_path, read):
    with pytest.raises(EvaluationError, match="missing"):
        read(tmp_path / "missing")
    with pytest.raises(EvaluationError):
        read(tmp_path)


def test_a_vocabulary_gives_names_without_parentheses(tmp_path):
    path = tmp_path / "labels.tsv"
    path.write_text("uri\tfi\tsv\ten\nu1\tkuusi (puu)\tgran\t\n", encoding="utf-8")
    (name,) = read_vocabulary(path).expand(parse("gran"), "sv")
    assert (name.text, name.language) == ("kuusi", "fi")
