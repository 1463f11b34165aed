"""How well search finds: documents and judged queries through the real analysis and engine.

Pure: no Django. ``search_eval`` is its command; the data's format is that of
``../shared/data/README.md``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from search.documents import Document, Section
from search.engines.base import Engine, SearchRequest
from search.expansion import Thesaurus
from search.feedback import related
from search.labels import LabelsError, name_of, read_labels, spoken
from search.parser import parse
from search.queries import build_query

LANGUAGES = ("fi", "sv", "en")
DEPTH = 100
GAIN_DEPTH = 10


class EvaluationError(Exception):
    """The data is not what was asked for; the message says which file and line."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the documents that answer it."""

    labels: dict[str, str]
    relevant: frozenset[str]

    def text(self, language: str) -> str:
        """The label as a person would type it."""
        return name_of(self.labels.get(language, ""))


class Answer(NamedTuple):
    """How good the answer to one query is: nDCG of its first ten, recall of its first hundred."""

    gain: float
    recall: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, with the names that the command prints."""

    ndcg_at_10: float
    recall_at_100: float
    p50_ms: float
    p95_ms: float
    indexed_per_s: float

    @classmethod
    def of(cls, measured: Sequence[Answer], indexed_per_s: float) -> Figures:
        """The averages of what was measured."""
        times = sorted(answer.milliseconds for answer in measured)
        return cls(
            ndcg_at_10=sum(answer.gain for answer in measured) / len(measured),
            recall_at_100=sum(answer.recall for answer in measured) / len(measured),
            p50_ms=times[len(times) // 2],
            p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
            indexed_per_s=indexed_per_s,
        )

    def as_dict(self) -> dict[str, float]:
        """The figures by name, rounded for reading."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def read_documents(path: Path) -> list[tuple[str, str]]:
    """The documents of a file: id and text."""
    found = []
    for number, item in _json_lines(path):
        text = item.get("text")
        if not isinstance(text, str) or "id" not in item:
            raise EvaluationError(f"{path}, line {number}: a document has an id and a text")
        found.append((str(item["id"]), text))
    return found


def read_queries(path: Path) -> list[Judged]:
    """The judged queries of a file."""
    found = []
    for number, item in _json_lines(path):
        relevant = item.get("relevant")
        if not isinstance(relevant, list) or not relevant:
            raise EvaluationError(f"{path}, line {number}: a query names its relevant documents")
        labels = {key: label for key in LANGUAGES if isinstance(label := item.get(key), str)}
        if not labels:
            raise EvaluationError(f"{path}, line {number}: a query has a label in fi, sv or en")
        found.append(Judged(labels, frozenset(str(one) for one in relevant)))
    return found


def read_vocabulary(path: Path) -> Thesaurus:
    """The concepts of a table of labels: ``uri``, ``fi``, ``sv``, ``en``, with a header line."""
    # By base forms too, as the portal keeps imported names: analysing them takes a while.
    thesaurus = Thesaurus(by_lemma=True)
    try:
        for concept in read_labels(path):
            thesaurus.add(spoken(concept.labels))
    except LabelsError as error:
        raise EvaluationError(str(error)) from None
    return thesaurus


def evaluate(
    engine: Engine,
    documents: Sequence[tuple[str, str]],
    queries: Sequence[Judged],
    language: str = "fi",
    thesaurus: Thesaurus | None = None,
    progress: Callable[[int], None] | None = None,
) -> Figures:
    """Index the documents in ``engine``, ask every query, and measure."""
    if not documents or not queries:
        raise EvaluationError("there is nothing to measure: no documents, or no queries")
    started = perf_counter()
    engine.rebuild(as_documents(documents), progress)
    seconds = perf_counter() - started
    found = answers(engine, [name for name, _ in documents], queries, language, thesaurus)
    return Figures.of(found, indexed_per_s=len(documents) / seconds)


def answers(
    engine: Engine,
    names: Sequence[str],
    queries: Sequence[Judged],
    language: str = "fi",
    thesaurus: Thesaurus | None = None,
) -> list[Answer]:
    """Ask every query of an engine that holds the documents by their place in ``names``."""
    measured = []
    for query in queries:
        started = perf_counter()
        found = ask(engine, query.text(language), language, thesaurus)
        milliseconds = (perf_counter() - started) * 1000
        ids = [names[index] for index in found]
        recall = len(query.relevant.intersection(ids)) / len(query.relevant)
        measured.append(Answer(ndcg(ids, query.relevant), recall, milliseconds))
    return measured


def ask(engine: Engine, text: str, language: str, thesaurus: Thesaurus | None) -> tuple[int, ...]:
    """The ids of the best answers, through the query builder that the pages use."""
    parsed = parse(text)
    expansions = thesaurus.expand(parsed, language) if thesaurus else ()
    query = build_query(parsed, language, expansions)
    if query is None:
        return ()
    request = SearchRequest(query, limit=DEPTH)
    result = engine.search(request)
    found = tuple(hit.id for hit in result.hits)
    return found + related(engine, request, result, DEPTH - len(found))


def ndcg(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gains of one."""
    gain = sum(
        1 / math.log2(place + 2) for place, one in enumerate(ranked[:GAIN_DEPTH]) if one in relevant
    )
    best = sum(1 / math.log2(place + 2) for place in range(min(GAIN_DEPTH, len(relevant))))
    return gain / best


def as_documents(documents: Iterable[tuple[str, str]]) -> Iterator[Document]:
    """Texts as pages without a title, numbered by their place."""
    for index, (_, text) in enumerate(documents):
        yield Document(
            id=index,
            language="fi",
            title="",
            url="",
            sections=(Section(kind="text", heading="", text=text, anchor=""),),
        )


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in _lines(path):
        try:
            item = json.loads(line)
        except ValueError:
            raise EvaluationError(f"{path}, line {number} is not JSON") from None
        if not isinstance(item, dict):
            raise EvaluationError(f"{path}, line {number} is not a JSON object")
        yield number, item


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a text file that hold something, numbered from one."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise EvaluationError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise EvaluationError(f"{path} is not text in UTF-8") from None
