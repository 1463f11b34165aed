"""The compact runtime gives what the reference implementation gives, from any process."""

import json
import lzma
import struct
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from search.analysis.finnish import data_path
from search.analysis.transducer import TransducerError, open_transducer

READINGS = json.loads(
    (Path(__file__).parent / "reference_readings.json").read_text(encoding="utf-8")
)
SYMBOLS = ["@_IDENTITY_SYMBOL_@", "@_EPSILON_SYMBOL_@", "a", "b", "+tag"]
IDENTITY, EPSILON, A, B, TAG = range(5)


def write_kfst(path, transitions, finals):
    head = struct.pack("!HHII?", 0, len(SYMBOLS), len(transitions), len(finals), True)
    names = b"".join(symbol.encode() + b"\0" for symbol in SYMBOLS)
    body = b"".join(struct.pack("!IIHHd", *transition) for transition in sorted(transitions))
    body += b"".join(struct.pack("!Id", *final) for final in finals)
    path.write_bytes(b"KFST" + head + names + lzma.compress(body))
    return path


@pytest.fixture
def small(tmp_path):
    """`a` is A+tag for nothing and B for 1.5; `b` is itself; any other character too, for 2."""
    return write_kfst(
        tmp_path / "small.kfst",
        [
            (0, 1, A, A, 0.0),
            (1, 2, EPSILON, TAG, 0.0),
            (0, 2, A, B, 1.5),
            (0, 2, B, B, 0.0),
            (0, 2, IDENTITY, IDENTITY, 2.0),
        ],
        [(2, 0.0)],
    )


def open_in_process(arguments):
    source, folder = arguments
    return open_transducer(source, folder).lookup("a")


def test_finds_the_cheapest_output_only(small, tmp_path):
    assert open_transducer(small, tmp_path / "cache").lookup("a") == [("a+tag", 0.0)]


def test_finds_what_lies_within_the_margin(small, tmp_path):
    transducer = open_transducer(small, tmp_path / "cache")
    assert transducer.lookup("a", 1.0) == [("a+tag", 0.0)]
    assert transducer.lookup("a", 1.5) == [("a+tag", 0.0), ("b", 1.5)]


def test_a_character_without_a_symbol_stands_for_itself(small, tmp_path):
    transducer = open_transducer(small, tmp_path / "cache")
    assert transducer.lookup("ж") == [("ж", 2.0)]
    assert transducer.lookup("aa") == []
    assert transducer.lookup("") == []


def test_is_converted_once(small, tmp_path):
    folder = tmp_path / "cache"
    open_transducer(small, folder)
    (converted,) = folder.iterdir()
    before = converted.stat().st_mtime_ns
    open_transducer(small, folder)
    assert converted.stat().st_mtime_ns == before


def test_processes_may_convert_at_the_same_time(small, tmp_path):
    folder = tmp_path / "cache"
    with get_context("spawn").Pool(4) as pool:
        answers = pool.map(open_in_process, [(small, folder)] * 8)
    assert answers == [[("a+tag", 0.0)]] * 8
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_no_obstacle(small, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    assert open_transducer(small, in_the_way / "cache").lookup("b") == [("b", 0.0)]


def test_a_broken_file_is_told_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    broken = tmp_path / "broken.kfst"
    broken.write_bytes(b"KFST and then nothing of use")
    with pytest.raises(TransducerError, match=r"broken\.kfst"):
        open_transducer(broken, tmp_path / "cache")
    with pytest.raises(TransducerError, match="missing"):
        open_transducer(tmp_path / "missing.kfst")


@pytest.fixture(scope="module")
def finnish():
    return open_transducer(data_path())


@pytest.mark.parametrize("word", READINGS)
def test_gives_the_readings_of_the_reference(finnish, word):
    weight, outputs = READINGS[word]
    assert finnish.lookup(word) == [(output, weight) for output in outputs]


def test_threads_may_share_it(finnish):
    words = list(READINGS) * 20
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(finnish.lookup, words))
    for word, answer in zip(words, answers, strict=True):
        assert {output for output, _ in answer} == set(READINGS[word][1])
