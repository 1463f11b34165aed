"""What tells the hosts' embedded indexes apart: an id in a file, made once."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from search.index import indexes


def made(folder):
    indexes.host_id.cache_clear()
    return indexes.host_id(folder)


def test_it_is_made_once_and_kept(tmp_path):
    first = made(tmp_path / "data")
    assert first.isalnum()
    assert made(tmp_path / "data") == first
    assert made(tmp_path / "other") != first
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["host-id"]


@pytest.mark.parametrize("before", [None, b"", b"?"])
def test_processes_that_make_it_at_once_have_the_same(tmp_path, before):
    folders = [tmp_path / str(number) for number in range(50)]
    for folder in folders:
        folder.mkdir()
        if before is not None:
            (folder / "host-id").write_bytes(before)
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as processes:
        for folder in folders:
            assert len(set(processes.map(made, [folder] * 8))) == 1
            assert [file.name for file in folder.iterdir()] == ["host-id"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a/b\n", b"x" * 100])
def test_a_file_of_no_use_is_made_anew(tmp_path, content):
    (tmp_path / "host-id").write_bytes(content)
    first = made(tmp_path)
    assert first.isalnum()
    assert made(tmp_path) == first


def test_the_local_index_has_it_in_its_name_where_others_may_have_theirs(settings, tmp_path):
    settings.ELASTICSEARCH_URL = ""
    assert indexes.names() == ("tantivy",)
    settings.DATA_DIR = tmp_path
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9200"
    assert indexes.names() == ("elasticsearch", f"tantivy-{made(tmp_path)}")
    assert len(indexes.local_name()) <= 64
