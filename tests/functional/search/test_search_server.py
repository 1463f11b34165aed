"""What only a server does: it fails, hangs, fills up, and is shared with others."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import traceback
import urllib.error
import urllib.request
import uuid
from multiprocessing import get_context

import pytest

from search.engines.base import EngineUnavailable, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_limits import MOST_CLAUSES, clauses
from search.queries import Expansion, build_query
from tests import proxy
from tests.contract.documents import ask, document, ids


@pytest.fixture
def name():
    return f"server-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def engine(elasticsearch_url, name):
    """Return an engine with two documents."""
    made = ElasticsearchEngine(elasticsearch_url, name)
    try:
        made.rebuild([document(1, other="malli"), document(2, other="malli")])
        yield made
    finally:
        made.remove()


@pytest.fixture
def behind(engine, elasticsearch_url, name):
    """Return a proxy before the server, and an engine that asks the same index through it."""
    with proxy.before(elasticsearch_url) as (between, address):
        yield between, ElasticsearchEngine(address, name)


def call(url, method="GET", body=None):
    request = urllib.request.Request(url, method=method, data=body and json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def physical(url, name):
    """Return every index whose name begins so, hidden ones left out."""
    return sorted(one["index"] for one in call(f"{url}/_cat/indices/{name}*?format=json"))


CALLS = {
    "search": lambda engine: ask(engine, "malli", facets=("theme",)),
    "apply": lambda engine: engine.apply([document(3)], [1]),
    "rebuild": lambda engine: engine.rebuild([document(3)]),
    "digests": lambda engine: engine.digests(),
    "similar": lambda engine: engine.similar(1),
    "similar_to": lambda engine: engine.similar_to(document(1, other="kotihoito")),
    "telling": lambda engine: engine.telling([1, 2]),
    "words": lambda engine: engine.words("ko"),
    "frequencies": lambda engine: engine.frequencies(["koti"]),
    "fingerprint": lambda engine: engine.fingerprint(),
}
FAILURES = {
    "a proxy's page": (200, "text/html", b"<html>Welcome to nginx!</html>"),
    "a proxy's error": (502, "text/html", b"<html>Bad Gateway</html>"),
    "another program": (200, "application/json", b'{"hello": "world"}'),
    "a list": (200, "application/json", b"[]"),
    "broken JSON": (200, "application/json", b'{"hits": '),
    "not text": (200, "application/json", b"\xff\xfe\x00"),
    "an empty answer": (200, "application/json", b""),
    "refused": (401, "application/json", b'{"error": {"type": "security_exception"}}'),
    "overloaded": (429, "application/json", b'{"error": {"type": "es_rejected_exception"}}'),
    "a cut connection": "cut",
}


@pytest.mark.parametrize("known", [False, True], ids=["at first", "later"])
@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_is_one_that_callers_expect(behind, failure, known):
    between, engine = behind
    if known:
        assert ids(engine, "malli") == [1, 2]
    between.fail = lambda method, path: FAILURES[failure]
    for named, do in CALLS.items():
        with pytest.raises(EngineUnavailable) as caught:
            do(engine)
        assert str(caught.value), named
    between.fail = lambda method, path: None
    assert ids(engine, "malli") == [1, 2]


def test_a_failure_names_the_server_but_not_its_password(name):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
    engine = ElasticsearchEngine(f"http://portal:se-cret@{address}", name)
    with pytest.raises(EngineUnavailable) as caught:
        ask(engine, "malli")
    assert address in str(caught.value)
    assert "se-cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        *(f"http://portal:12{sign}se-cret@127.0.0.1:1" for sign in "/#?@:"),
        "http://portal:se-cret@127.0.0.1:99999",
        "http://portal:se-cret@[::1",
        "http://portal:se-cret@host",
    ],
)
def test_no_failure_repeats_a_password_of_whatever_signs(address, name, caplog):
    caplog.set_level("DEBUG")
    for do in CALLS.values():
        with pytest.raises(EngineUnavailable) as caught:
            do(ElasticsearchEngine(address, name))
        told = "".join(traceback.format_exception(caught.value))
        assert "se-cret" not in told
    assert "se-cret" not in caplog.text


@pytest.mark.parametrize("address", ["nonsense", "http://", "http://[::1", "http://h:99999", ""])
def test_a_wrong_address_is_told(address, name):
    with pytest.raises(EngineUnavailable):
        ask(ElasticsearchEngine(address, name), "malli")


def test_nobody_waits_long_for_a_frozen_server(name):
    """It accepts connections and never answers, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as frozen:
        address = f"http://127.0.0.1:{frozen.getsockname()[1]}"
        engine = ElasticsearchEngine(address, name)
        for do in (
            CALLS["search"],
            CALLS["words"],
            lambda one: one.apply([document(1)], [], timeout=0.5),
        ):
            began = time.monotonic()
            with pytest.raises(EngineUnavailable, match="in time"):
                do(engine)
            assert time.monotonic() - began < 4


def test_nothing_is_made_by_writing_to_a_name_that_is_not_there(elasticsearch_url, name):
    engine = ElasticsearchEngine(elasticsearch_url, name)
    for do in (CALLS["search"], CALLS["apply"], CALLS["digests"]):
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            do(engine)
    assert physical(elasticsearch_url, name) == []


def test_an_index_that_goes_while_it_is_used_is_not_made_by_writing(
    engine, elasticsearch_url, name
):
    """The name was seen a moment ago: the server itself must refuse."""
    assert ids(engine, "malli") == [1, 2]
    (index,) = (one for one in physical(elasticsearch_url, name) if one != f"{name}-rebuild")
    call(f"{elasticsearch_url}/{index}", "DELETE")
    with pytest.raises(EngineUnavailable, match="search_rebuild"):
        engine.apply([document(3)], [])
    assert index not in physical(elasticsearch_url, name)
    assert name not in physical(elasticsearch_url, name)


def whole(engine, elasticsearch_url, name):
    """Whether the old index answers as before, and nothing else is there."""
    indexes = [one for one in physical(elasticsearch_url, name) if not one.endswith("-rebuild")]
    return (ids(engine, "malli"), len(indexes)) == ([1, 2], 1)


MANY = [document(n, other="malli " + "paljon sanoja " * 400) for n in range(1, 1_000)]


@pytest.mark.parametrize("failure", ["cut", (503, "text/html", b"no"), (413, "text/html", b"no")])
def test_a_rebuild_that_fails_in_the_middle_leaves_the_old_index(
    behind, elasticsearch_url, name, failure
):
    between, engine = behind
    bulks = iter(range(1_000))
    between.fail = lambda method, path: failure if "_bulk" in path and next(bulks) == 1 else None
    with pytest.raises(EngineUnavailable):
        engine.rebuild(MANY)
    assert next(bulks) >= 2
    assert whole(engine, elasticsearch_url, name)


def test_a_full_disk_leaves_the_old_index(engine, elasticsearch_url, name):
    """As the server does it: it makes the index read-only, in the middle of a rebuild."""

    def documents():
        for number, one in enumerate(MANY):
            if number == 300:
                (new,) = (
                    index
                    for index in physical(elasticsearch_url, f"{name}-2")
                    if not call(f"{elasticsearch_url}/{index}/_alias")[index]["aliases"]
                )
                full = {"index.blocks.read_only_allow_delete": True}
                call(f"{elasticsearch_url}/{new}/_settings", "PUT", full)
            yield one

    with pytest.raises(EngineUnavailable, match="read-only"):
        engine.rebuild(documents())
    assert whole(engine, elasticsearch_url, name)


def test_a_full_disk_refuses_changes_and_goes_on_answering(engine, elasticsearch_url, name):
    full = f"{elasticsearch_url}/{name}/_settings"
    call(full, "PUT", {"index.blocks.read_only_allow_delete": True})
    with pytest.raises(EngineUnavailable, match="read-only"):
        engine.apply([document(3, other="malli")], [])
    assert ids(engine, "malli") == [1, 2]
    call(full, "PUT", {"index.blocks.read_only_allow_delete": None})
    engine.apply([document(3, other="malli")], [])
    assert ids(engine, "malli") == [1, 2, 3]


def test_a_document_that_is_refused_is_named(engine):
    def broken():
        yield document(1)
        yield document(-(2**70))

    with pytest.raises(EngineUnavailable, match=r"document -1180591620717411303424"):
        engine.rebuild(broken())
    assert ids(engine, "malli") == [1, 2]


def test_what_a_frozen_server_takes_in_late_replaces_nothing(behind, engine):
    """Its sender gave up long ago, and somebody wrote a later version meanwhile."""
    between, slow = behind
    assert ids(slow, "malli") == [1, 2]
    between.fail = lambda method, path: "hold" if "_bulk" in path else None
    with pytest.raises(EngineUnavailable, match="in time"):
        slow.apply([document(1, other="vanha")], [2], timeout=0.3)
    engine.apply([document(1, other="tuore"), document(2, other="tuore")], [])
    between.release()
    give_up_at = time.monotonic() + 30
    while not any("_bulk" in path for _, path, _ in between.passed):
        assert time.monotonic() < give_up_at
        time.sleep(0.02)
    assert ids(engine, "tuore") == [1, 2]
    assert ids(engine, "vanha") == []


def rebuild_for_ever(url, name, ready):
    def documents():
        yield from MANY
        ready.set()
        time.sleep(600)

    ElasticsearchEngine(url, name).rebuild(documents())


def test_a_killed_rebuild_can_be_repeated_at_once_and_leaves_nothing(
    engine, elasticsearch_url, name
):
    context = get_context("spawn")
    ready = context.Event()
    process = context.Process(target=rebuild_for_ever, args=(elasticsearch_url, name, ready))
    process.start()
    try:
        assert ready.wait(60)
        with pytest.raises(EngineUnavailable, match="under way"):
            engine.rebuild([document(3)])
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    left = physical(elasticsearch_url, f"{name}-2")
    assert len(left) == 2
    assert ids(engine, "malli") == [1, 2]
    assert engine.rebuild([document(3, other="malli")]) == 1
    assert ids(engine, "malli") == [3]
    assert len(physical(elasticsearch_url, f"{name}-2")) == 1


def test_indexes_of_other_portals_with_like_names_stay(engine, elasticsearch_url, name):
    others = [f"{name}-b", f"{name}-20260101000000"]
    made = [ElasticsearchEngine(elasticsearch_url, other) for other in others]
    try:
        for other in made:
            other.rebuild([document(9, other="malli")])
        engine.rebuild([document(3, other="malli")])
        assert [ids(other, "malli") for other in made] == [[9], [9]]
        engine.remove()
        assert [ids(other, "malli") for other in made] == [[9], [9]]
    finally:
        for other in made:
            other.remove()


def test_an_index_of_another_version_is_not_asked(engine, elasticsearch_url, name):
    """Its fields may have other names, and a server finds nothing in a field it does not have."""
    later = ElasticsearchEngine(elasticsearch_url, name)
    call(f"{elasticsearch_url}/{name}/_mapping", "PUT", {"_meta": {"fingerprint": "1-before"}})
    assert later.fingerprint() == "1-before"
    for do in (CALLS["search"], CALLS["apply"], CALLS["words"]):
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            do(later)
    assert later.rebuild([document(1, other="malli")]) == 1
    assert ids(later, "malli") == [1]


def test_pages_end_where_the_servers_window_ends(engine):
    engine.apply([document(n, other="malli") for n in range(1, 31)], [])
    for offset, limit, given in ((9_990, 20, 0), (10_000, 20, 0), (50_000, 20, 0), (0, 20_000, 30)):
        answer = ask(engine, "malli", offset=offset, limit=limit, facets=("language",))
        assert (answer.total, len(answer.hits)) == (30, given)
        assert answer.facets == {"language": {"fi": 30}}


LONG = {
    "words": " ".join(f"kuusi{n} voi" for n in range(60)),
    "words without spaces": ",".join(["kuusi", "voi", "tuuli", "lasi"] * 30),
    "letters": ",".join("abcdefghijklmnopqrstuvwxyz" * 10),
    "a phrase": '"' + ",".join("kuusi voi tuuli".split() * 30) + '"',
    "phrases": " ".join(['"kuusi voi"'] * 24),
    "exclusions": " ".join(f'-"kuusi voi tuuli {n}"' for n in range(24)),
}


@pytest.mark.parametrize("names", [0, 40])
@pytest.mark.parametrize("kind", LONG)
def test_the_longest_questions_are_answered(engine, kind, names):
    """The server takes a query of so many clauses only; what one types is no failure of it."""
    expansions = [
        Expansion(place, place + 1, f"kuusi tuuli {n}", language)
        for place in range(12)
        for n, language in enumerate(["fi", "sv", "en"] * (names // 36 + 1))
        if names
    ]
    query = build_query(LONG[kind], "fi", expansions)
    if kind == "words" and names:
        assert clauses(query) > MOST_CLAUSES
    answer = engine.search(SearchRequest(query, facets=("theme",), filters={"theme": ("x",)}))
    assert answer.total == 0


def test_a_question_cut_to_size_keeps_its_order(engine):
    """Documents with all words still come before those with some."""
    words = [f"sana{n}" for n in range(24)]
    engine.apply(
        [
            document(10, other=" ".join(words[:14]) + " loppu"),
            document(11, other=" ".join(words)),
        ],
        [],
    )
    expansions = [Expansion(n % 12, n % 12 + 1, f"nimi{n} toinen{n}", "fi") for n in range(140)]
    query = build_query(" ".join(words), "fi", expansions)
    assert clauses(query) > MOST_CLAUSES
    found = engine.search(SearchRequest(query))
    assert [hit.id for hit in found.hits] == [11, 10]
