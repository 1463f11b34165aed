"""The files of the Tantivy index under a full disk, and under readers while they are replaced."""

import resource
import signal
from multiprocessing import get_context
from threading import Event, Thread

import pytest

from search.engines.base import EngineUnavailable
from search.engines.storage import IndexFolder
from search.engines.tantivy import TantivyEngine

from .documents import document, ids

TEXT = "Aivan tavallista tekstiä, jota on melko paljon: malli. " * 20


@pytest.fixture
def folder(tmp_path):
    TantivyEngine(tmp_path).rebuild([document(n, other="malli") for n in (1, 2, 3)])
    return tmp_path


def on_a_full_disk(act, room):
    """Whether ``act`` was told that the index can't be used, where files may have ``room`` bytes.

    In a process of its own: the limit stays for good.
    """

    def child():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            act()
        except EngineUnavailable:
            raise SystemExit(3) from None

    process = get_context("fork").Process(target=child)
    process.start()
    process.join(60)
    return process.exitcode == 3


@pytest.mark.parametrize("room", [0, 200, 2_000])
def test_a_full_disk_in_a_rebuild_leaves_the_old_index(folder, room):
    def act():
        TantivyEngine(folder).rebuild(document(n, other=TEXT) for n in range(10, 400))

    assert on_a_full_disk(act, room)
    assert ids(TantivyEngine(folder), "malli") == [1, 2, 3]
    assert len(list(folder.glob("index-*"))) == 1
    assert TantivyEngine(folder).rebuild([document(4, other="malli")]) == 1


@pytest.mark.parametrize("room", [0, 200, 2_000])
def test_a_full_disk_in_a_change_leaves_the_old_index(folder, room):
    def act():
        TantivyEngine(folder).apply([document(n, other=TEXT) for n in range(10, 60)], [1])

    assert on_a_full_disk(act, room)
    engine = TantivyEngine(folder)
    assert ids(engine, "malli") == [1, 2, 3]
    engine.apply([document(4, other="malli")], [1])
    assert ids(engine, "malli") == [2, 3, 4]


def test_readers_have_whole_answers_while_indexes_are_swapped(folder):
    engine = TantivyEngine(folder)
    wrong = []
    done = Event()

    def read():
        reader = TantivyEngine(folder)
        while not done.is_set():
            found = ids(reader, "malli", facets=("phase",), filters={"language": ("fi",)})
            if found not in ([1, 2, 3], [4, 5, 6, 7]):
                wrong.append(found)

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(8):
        numbers = (1, 2, 3) if turn % 2 else (4, 5, 6, 7)
        engine.rebuild([document(n, other="malli") for n in numbers])
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_whoever_has_a_limit_of_time_is_not_kept_by_another_writer_and_others_wait(folder):
    """An author's page is left to the worker; the worker waits until the other has written."""
    engine = TantivyEngine(folder)
    waits = Thread(target=engine.apply, args=([document(4, other="malli")], []))
    with IndexFolder(folder).lock("write", 60):
        with pytest.raises(EngineUnavailable, match="being written"):
            engine.apply([document(5, other="malli")], [], timeout=0.1)
        waits.start()
        # Longer than anybody with a limit has.
        waits.join(1.5)
        assert waits.is_alive()
        assert ids(engine, "malli") == [1, 2, 3]
    waits.join(60)
    assert ids(engine, "malli") == [1, 2, 3, 4]
