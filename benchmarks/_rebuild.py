"""A rebuild in a process of its own: how fast, at how many processor seconds, in what memory.

``benchmarks._start _rebuild`` rebuilds from the database's pages, as ``search_rebuild`` does.
With ``--stored N`` only the engine's part is measured: N documents as they are kept beside the
index, read before the clock starts, written to an index that is then removed. Prints one line of
JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

from search import analysis
from search.engines.tantivy import TantivyEngine
from search.index import indexes, pages, rebuild, store
from search.models import IndexedDocument

_CHUNK = 200


@dataclass(slots=True)
class Rebuilt:
    """Documents written, seconds of the clock and of all cores, and megabytes at each quarter."""

    documents: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Documents a second of the clock."""
        return self.documents / self.seconds

    @property
    def per_core_second(self) -> float:
        """Documents a second of one core."""
        return self.documents / self.cpu_seconds


def run(*arguments: str) -> Rebuilt:
    """Rebuild in another process with this one's environment; gives what it measured."""
    command = [sys.executable, "-m", "benchmarks._start", "_rebuild", *arguments]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Rebuilt(**json.loads(finished.stdout.splitlines()[-1]))


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--words", type=Path, help="a folder for analysed words of its own")
    options = parser.parse_args()
    if options.words:
        analysis.configure(cache_dir=options.words)
    # The dictionaries are opened, and made where they are not yet, before the clock starts.
    analysis.analyse("toimintamalli", "fi")
    measured = _stored(options.stored) if options.stored else _pages()
    print(json.dumps(asdict(measured)))


def _pages() -> Rebuilt:
    index = indexes.get(indexes.TANTIVY)
    return _measured(lambda progress: rebuild.rebuild(index, progress, force=True), pages.total())


def _stored(limit: int) -> Rebuilt:
    ids = list(IndexedDocument.objects.order_by("pk").values_list("pk", flat=True)[:limit])
    documents = [
        document
        for start in range(0, len(ids), _CHUNK)
        for document in store.get(ids[start : start + _CHUNK]).values()
    ]
    with tempfile.TemporaryDirectory(prefix="bench-index-") as folder:
        engine = TantivyEngine(Path(folder))
        return _measured(lambda progress: engine.rebuild(documents, progress), len(documents))


def _measured(work: Callable[[Callable[[int], None]], int], total: int) -> Rebuilt:
    memory = [_memory()]

    def progress(done: int) -> None:
        if done * 4 >= total * len(memory):
            memory.append(_memory())

    cpu, begin = _cpu(), perf_counter()
    documents = work(progress)
    if len(memory) < 5:
        memory.append(_memory())
    return Rebuilt(documents, perf_counter() - begin, _cpu() - cpu, memory)


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _memory() -> int:
    """Megabytes in use by this process and those that it started."""
    tasks = Path("/proc/self/task")
    children = {
        child for task in tasks.iterdir() for child in (task / "children").read_text().split()
    }
    return sum(_resident(process) for process in ("self", *children))


def _resident(process: str) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) // 1024 for line in status.splitlines() if "VmRSS" in line), 0
    )
