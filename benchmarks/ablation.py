"""What each step of ranking is worth on the dev queries: one index, queries built ever fuller.

A row adds its step to the rows above it. ``folds`` counts in how many of five folds of the 301
queries nDCG@10 (and Recall@100) is then better: an idea that helps only in some is chance.
A step is taken from the query, not from the index, so the first rows match a little more than an
index of forms alone would.

Measured beside these, and left out, since they cost more than they give (nDCG@10, Recall@100
against the same ranking without):

- near words in all documents instead of the best 100: 0.000, 0.000, for half of the time that a
  question of two words takes at 100,000 documents;
- a section's first words beside a word's other ways instead of among them: 0.000, -0.001;
- summing all ways to meet a word instead of the best and 0.3 of the others: -0.009, -0.004; the
  best alone: -0.021, -0.002;
- terms of the best hits added to the query for ranking too (RM3, 10 hits, 20 terms): +0.002,
  +0.007 for a second query on every search; they only choose what follows where few match;
- families by stripping derivational endings (some 80, by vowel harmony and gradation): +0.003,
  +0.015, where the first five letters give +0.007, +0.024; four letters +0.007, +0.027, but half
  as many documents again match; Snowball's stems of the lemmas +0.000, +0.000;
- families of a compound's parts: +0.001, -0.001; lemmas and parts in one field: -0.009, -0.004;
- a compound's parts summed instead of the best of them: -0.002, +0.001;
- a section's first 30 words instead of 15: -0.003, 0.000; with the parts of compounds: -0.003,
  0.000;
- another k1 of BM25 (2 instead of 1.2: +0.003, +0.003), since engines fix it or cannot share it;
- another name for 0.8 of the word's own worth instead of 0.9: -0.002 in Swedish, -0.011 in
  English; for all of it +0.002 and +0.005, but a name in another language is to stand lower.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from search import evaluation, queries
from search.analysis import Token
from search.engines.tantivy import TantivyEngine
from search.evaluation import Answer, Figures, answers, as_documents, read_documents, read_queries
from search.expansion import Thesaurus
from search.labels import read_labels, spoken

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 5
Row = dict[str, str | int | float]
Words = tuple[Token, ...]


def _forms(words: Words) -> Words:
    return tuple(word._replace(lemmas=(), parts=()) for word in words)


def _lemmas(words: Words) -> Words:
    return tuple(word._replace(parts=()) for word in words)


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _as_they_are(words: Words) -> Words:
    return words


# What the first row leaves out; each later row gives some of it back.
NOTHING: dict[str, Any] = {
    "words": _forms,
    "families": _nothing,
    "related": _nothing,
    "COMPOUND_WEIGHT": 0.0,
    "OPENING_WEIGHT": 0.0,
    "NEAR_BONUS": 0.0,
    "WORDS_STEP": 0.0,
}
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("forms only", {}),
    ("+ lemmas", {"words": _lemmas}),
    ("+ lemmas inside compounds", {"COMPOUND_WEIGHT": queries.COMPOUND_WEIGHT}),
    ("+ the compound's own parts", {"words": _as_they_are}),
    ("+ all words before some", {"WORDS_STEP": queries.WORDS_STEP}),
    ("+ near words", {"NEAR_BONUS": queries.NEAR_BONUS}),
    ("+ families", {"families": queries.families}),
    ("+ openings of sections", {"OPENING_WEIGHT": queries.OPENING_WEIGHT}),
    ("+ related, where few match", {"related": evaluation.related}),
)


def measure() -> list[Row]:
    """Index the documents once and return a row for each step, then for the vocabulary."""
    data = ROOT / os.environ.get("SHARED_DIR", "../shared") / "data"
    if not (data / "retrieval").is_dir():
        raise LookupError("no data/retrieval in SHARED_DIR")
    documents = read_documents(data / "retrieval" / "docs.jsonl")
    asked = read_queries(data / "retrieval" / "queries_dev.jsonl")
    names = [name for name, _ in documents]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="ablation-") as folder:
        engine = TantivyEngine(Path(folder))
        engine.rebuild(as_documents(documents))
        before: list[Answer] | None = None
        setting = dict(NOTHING)
        for step, given in STEPS:
            setting |= given
            with changed(**setting):
                found = answers(engine, names, asked)
            rows.append(row("fi", step, found, before))
            before = found
        vocabulary = data / "yso" / "labels.tsv"
        thesaurus = _thesaurus(vocabulary) if vocabulary.is_file() else None
        for language in ("sv", "en") if thesaurus else ():
            words = answers(engine, names, asked, language)
            rows.append(row(language, "all of it, words alone", words, None))
            named = answers(engine, names, asked, language, thesaurus)
            rows.append(row(language, "+ vocabulary", named, words))
    return rows


@contextmanager
def changed(**values: Any) -> Iterator[None]:
    """Build queries with other weights and steps, as ``NOTHING`` names them."""
    narrow = values.pop("words")
    counted = queries.query_words
    places: list[tuple[Any, str, Any]] = [
        (evaluation if name == "related" else queries, name, value)
        for name, value in values.items()
    ]
    places.append((queries, "query_words", lambda *asked: narrow(counted(*asked))))
    kept = [(module, name, getattr(module, name)) for module, name, _ in places]
    try:
        for module, name, value in places:
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def row(language: str, step: str, found: Sequence[Answer], before: Sequence[Answer] | None) -> Row:
    """Return a step's figures, and in how many folds it is better than the step before it."""
    figures = Figures.of(found, 0.0)
    better = ("", "")
    if before is not None:
        order = Random(FOLDS).sample(range(len(found)), len(found))
        folds = [order[start::FOLDS] for start in range(FOLDS)]
        gain = sum(sum(found[i].gain - before[i].gain for i in fold) > 0 for fold in folds)
        recall = sum(sum(found[i].recall - before[i].recall for i in fold) > 0 for fold in folds)
        better = (f"{gain}/{FOLDS}", f"{recall}/{FOLDS}")
    return {
        "queries": language,
        "step": step,
        "ndcg_at_10": round(figures.ndcg_at_10, 4),
        "folds": better[0],
        "recall_at_100": round(figures.recall_at_100, 4),
        "folds_recall": better[1],
        "p50_ms": round(figures.p50_ms, 2),
    }


def _thesaurus(path: Path) -> Thesaurus:
    # Met as written: the dev queries are written as the labels are.
    made = Thesaurus()
    for concept in read_labels(path):
        made.add(spoken(concept.labels))
    return made
