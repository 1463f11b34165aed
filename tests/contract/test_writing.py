"""What is written stays, whatever happens meanwhile, on every engine."""

import os
import signal
import time
from dataclasses import replace
from multiprocessing import get_context
from threading import Thread

import pytest

from search.documents import digest
from search.engines.base import EngineUnavailable
from search.engines.terms import expected_fingerprint

from .documents import ask, document, ids


def test_without_an_index_nothing_can_be_asked(open_engine):
    engine = open_engine()
    assert engine.fingerprint() is None
    with pytest.raises(EngineUnavailable):
        ask(engine, "malli")
    with pytest.raises(EngineUnavailable):
        engine.apply([document(1)], [])
    with pytest.raises(EngineUnavailable):
        engine.digests()


def test_a_document_is_replaced(engine):
    engine.apply([document(1, other="vanha sisältö")], [])
    engine.apply([document(1, other="tuore teksti")], [])
    assert ids(engine, "vanha") == []
    assert ids(engine, "tuore") == [1]
    assert ask(engine, "").total == 1


def test_a_document_is_deleted(engine):
    engine.apply([document(1), document(2)], [])
    engine.apply([], [1, 99])
    assert ids(engine, "") == [2]
    assert set(engine.digests()) == {2}


def test_deletes_and_upserts_come_in_one_commit(engine):
    engine.apply([document(1)], [])
    engine.apply([document(2)], [1])
    assert ids(engine, "") == [2]


def test_digests_tell_what_is_stored(engine):
    first, second = document(1, "Yksi"), document(2, "Kaksi")
    engine.apply([first, second], [])
    assert engine.digests() == {1: digest(first), 2: digest(second)}
    changed = replace(second, description="muuttui")
    engine.apply([changed], [])
    assert engine.digests() == {1: digest(first), 2: digest(changed)}


def test_an_empty_index_answers(engine):
    answer = ask(engine, "malli", facets=("theme",), sort="title")
    assert (answer.total, answer.hits) == (0, ())
    assert engine.digests() == {}
    assert engine.words("m") == ()


def test_a_rebuild_takes_the_place_of_what_was(engine):
    engine.apply([document(1, other="malli")], [])
    told = []
    count = engine.rebuild((document(n, other="malli") for n in range(2, 252)), told.append)
    assert count == 250
    assert told[-1] == 250
    assert told == sorted(told)
    assert ids(engine, "malli", limit=500) == list(range(2, 252))


def test_a_page_met_twice_in_a_rebuild_is_there_once(engine):
    engine.rebuild([document(1, other="vanha"), document(2), document(1, other="tuore")])
    assert ids(engine, "") == [1, 2]
    assert ids(engine, "tuore") == [1]
    assert ids(engine, "vanha") == []


def test_a_failed_rebuild_leaves_the_old_index(open_engine):
    class Stop(Exception):
        pass

    def breaking():
        yield document(2, other="malli")
        raise Stop

    engine = open_engine()
    engine.rebuild([document(1, other="malli")])
    with pytest.raises(Stop):
        engine.rebuild(breaking())
    assert ids(engine, "malli") == [1]
    assert ids(open_engine(), "malli") == [1]
    engine.apply([document(3, other="malli")], [])
    assert ids(engine, "malli") == [1, 3]


def test_a_first_rebuild_that_fails_leaves_no_index(open_engine):
    def breaking():
        yield document(2)
        raise KeyboardInterrupt

    engine = open_engine()
    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(breaking())
    assert engine.fingerprint() is None
    assert engine.rebuild([document(1)]) == 1


def test_another_reader_sees_what_was_written(open_engine, engine):
    reader = open_engine()
    engine.apply([document(1, other="malli")], [])
    assert ids(reader, "malli") == [1]
    engine.apply([document(2, other="malli")], [1])
    assert ids(reader, "malli") == [2]
    engine.rebuild([document(3, other="malli")])
    assert ids(reader, "malli") == [3]


def test_two_rebuilds_do_not_mix(open_engine, engine):
    def nested():
        yield document(1)
        with pytest.raises(EngineUnavailable):
            open_engine().rebuild([document(2)])

    engine.rebuild(nested())
    assert ids(engine, "") == [1]


def test_readers_have_answers_during_a_rebuild(open_engine, engine):
    engine.apply([document(n, other="malli") for n in range(1, 6)], [])
    reader = open_engine()

    def watched():
        for n in range(1, 21):
            if n % 5 == 0:
                assert ids(reader, "malli") == [1, 2, 3, 4, 5]
            yield document(n, other="malli")

    engine.rebuild(watched())
    assert len(ids(reader, "malli", limit=50)) == 20


def test_the_fingerprint_is_stored(open_engine, engine):
    stored = engine.fingerprint()
    assert stored
    assert stored == expected_fingerprint()
    assert open_engine().fingerprint() == stored


def test_threads_may_share_an_engine(engine):
    engine.apply([document(n, other="malli") for n in range(1, 11)], [])
    failures = []

    def read():
        for _ in range(30):
            found = ids(engine, "malli", limit=100)
            if found[:10] != list(range(1, 11)):
                failures.append(found)

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(11, 16):
        engine.apply([document(n, other="malli")], [])
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(ids(engine, "malli", limit=100)) == 15


def write(open_engine, first, count):
    engine = open_engine()
    for n in range(first, first + count):
        engine.apply([document(n, other="malli")], [])


def test_two_processes_write_at_once(open_engine, engine):
    context = get_context("fork")
    writers = [
        context.Process(target=write, args=(open_engine, first, 10)) for first in (100, 200, 300)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(180)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(ids(engine, "malli", limit=100)) == 30


def write_for_ever(open_engine):
    engine = open_engine()
    while True:
        engine.apply([document(1, other="malli"), document(2, other="malli")], [])


def test_a_killed_writer_leaves_the_index_whole(open_engine, engine, repetitions):
    engine.apply([document(1, other="malli"), document(2, other="malli")], [])
    for attempt in range(repetitions(50)):
        writer = get_context("fork").Process(target=write_for_ever, args=(open_engine,))
        writer.start()
        time.sleep(0.05 + 0.013 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        # Both or neither of a batch's documents are replaced, and the next may write at once.
        assert ids(open_engine(), "malli") == [1, 2]
        engine.apply([document(3 + attempt, other="muuta")], [])
    assert ask(engine, "muuta").total == repetitions(50)
