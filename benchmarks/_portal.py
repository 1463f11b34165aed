"""A process of the benchmark: a portal that grows, asked at each size beside its peer.

Run by ``benchmarks.search`` with a data folder and a database of its own. Writes each figure as a
line of JSON to a file as soon as it is known.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, sleep

from django.conf import settings

from benchmarks import _asking, _peers, _rebuild, _server
from benchmarks._database import Writer, prepare
from benchmarks._figures import (
    DOCUMENTS_PER_CORE_SECOND,
    ENGINE_P95_MS,
    MEMORY_GROWTH,
    PAGE_P95_MS,
    PAGE_QUERIES,
    TIMES_FASTER,
    Emit,
    Row,
    aim,
    row,
)
from benchmarks._generator import Generator
from benchmarks._questions import KINDS, Question, questions
from benchmarks._timing import Times, measured
from benchmarks._words import count
from models_pages.models import OperatingModelPage
from portal.warm_up import settle
from search.engines.base import Engine, SearchRequest
from search.engines.tantivy import TantivyEngine
from search.index import indexes, sync
from search.parser import parse
from search.queries import build_query
from search.vocabularies import registry

_SAMPLED = 300
_STORED = 3_000
_PUBLICATIONS = 20
_WAIT_SECONDS = 10.0
Questions = dict[str, list[Question]]
Ask = Callable[[Question], int]


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=Path, required=True, help="to count words in")
    parser.add_argument("--sizes", required=True, help="numbers of models, ascending")
    parser.add_argument("--peer-at", type=int, default=0, help="the size to ask the peer at")
    parser.add_argument("--keep-index", type=Path, help="where to keep the index of that size")
    parser.add_argument("--given-index", type=Path, help="ask the peer only, beside this index")
    parser.add_argument("--results", type=Path, required=True)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    words = count(options.documents)
    generator = Generator(words)
    asked = questions(words, generator.models(0, min(_SAMPLED, sizes[0])))
    with options.results.open("w", encoding="utf-8") as file:

        def emit(figure: Row) -> None:
            file.write(json.dumps(figure, ensure_ascii=False) + "\n")
            file.flush()
            _tell(f"  {figure['measured']}, {figure['through']}: {figure['value']}")

        _tell("preparing a database …")
        prepare(generator)
        if options.given_index:
            engine = TantivyEngine(options.given_index)
            _beside_peer(generator, asked, options.peer_at, engine, None, emit)
            return
        _grow(generator, asked, sizes, options.peer_at, options.keep_index, emit)


def _grow(
    generator: Generator,
    asked: Questions,
    sizes: Sequence[int],
    peer_at: int,
    keep_index: Path | None,
    emit: Emit,
) -> None:
    writer = Writer()
    page = _asking.of_page()
    before = 0
    for size in sizes:
        _tell(f"{size} models: writing …")
        writer.write(generator.models(before, size))
        before = size
        registry.forget()
        _tell(f"{size} models: indexing …")
        _indexing(size, emit)
        engine = indexes.get(indexes.TANTIVY).engine
        # As every process of the portal does when it starts.
        settle()
        if size == peer_at:
            if keep_index:
                shutil.copytree(settings.SEARCH_INDEX_DIR, keep_index)
            _beside_peer(generator, asked, size, engine, page, emit)
        else:
            for kind in KINDS:
                _ours(kind, asked[kind], size, engine, page, emit)
        _publishing(size, engine, writer, emit)
        if size <= peer_at:
            _on_server(asked, size, page, emit)


def _on_server(asked: Questions, size: int, page: Ask, emit: Emit) -> None:
    """The same through Elasticsearch, up to the peer's size: its own indexing takes long."""
    started = perf_counter()
    with _server.engine() as engine:
        if engine is None:
            _tell("left out, Elasticsearch: no TEST_ELASTICSEARCH_URL; see `make services`")
            return
        speed = size / (perf_counter() - started)
        emit(row("engine alone, known words, a second", engine.name, size, speed, "documents"))
        for kind in KINDS:
            _ours(kind, asked[kind], size, engine, page, emit)


def _beside_peer(
    generator: Generator,
    asked: Questions,
    size: int,
    engine: Engine,
    page: Ask | None,
    emit: Emit,
) -> None:
    _tell(f"{size} models: indexing with {_peers.described()} …")
    seconds = _peers.index(generator.models(0, size))
    name = _peers.name()
    emit(row("indexing, a second a core", name, size, size / seconds, "documents"))
    for kind in KINDS:
        ours, whole = _ours(kind, asked[kind], size, engine, page, emit)
        if not any(_peers.ask(question) for question in asked[kind]):
            raise RuntimeError(f"{name} finds nothing for: {kind}")
        stock = measured(_peers.ask, asked[kind])
        sql = max(_asking.queries(_peers.ask, question) for question in asked[kind][:1])
        times = stock.p50 / ours.p50
        least = TIMES_FASTER[name]
        emit(
            row(
                kind, name, size, stock.p50, "ms", p95=stock.p95, sql=sql, to_engine=times,
                to_page=stock.p50 / whole.p50 if whole else "",
                **aim(f"≥ {least} x engine", reached=times >= least),
            )
        )  # fmt: skip


def _ours(
    kind: str,
    asked: Sequence[Question],
    size: int,
    engine: Engine,
    page: Ask | None,
    emit: Emit,
) -> tuple[Times, Times | None]:
    """The engine's times, and the page's."""
    ask = _asking.of_engine(engine)
    if not all(ask(question) for question in asked):
        raise RuntimeError(f"the index finds nothing for: {kind}")
    alone = measured(ask, asked)
    reached = aim(f"p95 < {ENGINE_P95_MS}", reached=alone.p95 < ENGINE_P95_MS)
    emit(row(kind, engine.name, size, alone.p50, "ms", p95=alone.p95, **reached))
    if page is None:
        return alone, None
    whole = measured(page, asked)
    sql = max(_asking.queries(page, question) for question in asked)
    reached = aim(
        f"p95 < {PAGE_P95_MS}, sql ≤ {PAGE_QUERIES}",
        reached=whole.p95 < PAGE_P95_MS and sql <= PAGE_QUERIES,
    )
    through = f"search page, {engine.name}"
    emit(row(kind, through, size, whole.p50, "ms", p95=whole.p95, sql=sql, **reached))
    return alone, whole


def _indexing(size: int, emit: Emit) -> None:
    """The rebuild from the pages, with words that are new and with words that are known."""
    for what in ("rebuild, new words", "rebuild, known words"):
        done = _rebuild.run()
        speed = done.per_core_second
        reached = aim(f"≥ {DOCUMENTS_PER_CORE_SECOND}", reached=speed >= DOCUMENTS_PER_CORE_SECOND)
        emit(row(f"{what}, a second a core", "pages", size, speed, "documents", **reached))
        emit(row(f"{what}, a second", "pages", size, done.per_second, "documents"))
        flat = done.memory[-1] <= done.memory[1] * MEMORY_GROWTH
        shown = " ".join(str(one) for one in done.memory)
        emit(
            row(
                f"{what}, memory", "start 25 50 75 100 %", size, shown, "MB",
                **aim("flat after 25 %", reached=flat),
            )
        )  # fmt: skip
    megabytes = sum(
        file.stat().st_size for file in Path(settings.SEARCH_INDEX_DIR).rglob("*") if file.is_file()
    )
    emit(row("index size", indexes.TANTIVY, size, megabytes / 1e6, "MB"))
    with tempfile.TemporaryDirectory(prefix="bench-words-") as folder:
        for what in ("new words", "known words"):
            done = _rebuild.run("--stored", str(min(size, _STORED)), "--words", folder)
            speed = done.per_core_second
            emit(
                row(f"engine alone, {what}, a second a core", "documents", done.documents, speed,
                    "documents")
            )  # fmt: skip


def _publishing(size: int, engine: Engine, writer: Writer, emit: Emit) -> None:
    """From the call that publishes to the first answer that has the page, in milliseconds."""
    found: list[float] = []
    published: list[float] = []
    for number in range(_PUBLICATIONS):
        word = f"zyx{'abcdefghijklmnopqrst'[number]}{size}"
        page = OperatingModelPage.objects.get(pk=writer.page_id(number))
        page.title = f"{word} {page.title}"[:200]
        revision = page.save_revision()
        begin = perf_counter()
        revision.publish()
        published.append((perf_counter() - begin) * 1000)
        request = SearchRequest(build_query(parse(word), "fi"), limit=1)
        while not engine.search(request).total:
            if perf_counter() - begin > _WAIT_SECONDS:
                raise RuntimeError("a published model was not found")
            # A publication that took long leaves the next to the worker, which this stands for.
            sync.apply_waiting(indexes.get(indexes.names()[0]))
            sleep(0.001)
        found.append((perf_counter() - begin) * 1000)
    for what, taken in (("publishing", published), ("publishing until found", found)):
        taken.sort()
        emit(row(what, "pages", size, taken[len(taken) // 2], "ms", p95=taken[-2]))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
