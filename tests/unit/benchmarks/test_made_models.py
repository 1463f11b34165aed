"""The benchmark's models are the same each time, and only the counts of real words are in them."""

import json
import random
from itertools import islice, product

import pytest

from benchmarks._figures import row
from benchmarks._generator import Generator, Sizes
from benchmarks._questions import EACH, KINDS, LIMITED, PHRASE, questions
from benchmarks._timing import measured
from benchmarks._words import count

SYLLABLES = ("ka", "lo", "mi", "ne", "pu", "rä", "si", "to", "vy")


@pytest.fixture(scope="module")
def texts():
    """Sentences of invented words, the first of which are by far the most frequent."""
    chance = random.Random(1)
    words = ["".join(parts) for parts in islice(product(SYLLABLES, repeat=4), 3000)]
    weights = [1 / place for place in range(1, len(words) + 1)]
    drawn = chance.choices(words, weights, k=60_000)
    return [f"{' '.join(drawn[at : at + 12])}." for at in range(0, len(drawn), 12)]


@pytest.fixture(scope="module")
def words(texts, tmp_path_factory):
    file = tmp_path_factory.mktemp("words") / "docs.jsonl"
    lines = [json.dumps({"text": f"{text} http://example.org/sivu"}) for text in texts]
    file.write_text("\n".join(lines), encoding="utf-8")
    return count(file)


def test_words_and_sentences_are_counted_and_addresses_are_not(words, texts):
    assert words.totals[-1] == sum(len(text.split()) for text in texts)
    assert list(words.counts) == sorted(words.counts, reverse=True)
    assert words.lengths == (12,)
    assert "example" not in words.forms


def test_a_model_is_the_same_whichever_others_are_made(words):
    one = list(Generator(words).models(0, 12))
    other = list(Generator(words).models(10, 12))
    assert one[10:] == other
    assert len({model.title for model in one}) == 12


def test_a_model_has_the_summary_s_sections_and_values_within_bounds(words):
    sizes = Sizes(themes=5)
    for model in Generator(words, sizes).models(0, 50):
        assert {"basic_idea", "environment", "target_group"} <= model.sections.keys()
        assert 150 < len(model.text().split()) < 1400
        assert model.themes
        assert all(0 <= theme < sizes.themes for theme in model.themes)


def test_no_sentence_of_the_counted_texts_comes_again(words, texts):
    made = "\n".join(model.text().lower() for model in Generator(words).models(0, 50))
    assert not any(text in made for text in texts)


def test_questions_of_each_kind_are_answered_by_the_models(words):
    models = list(Generator(words).models(0, 60))
    asked = questions(words, models)
    assert list(asked) == list(KINDS)
    assert all(len(of_kind) == EACH for of_kind in asked.values())
    everything = "\n".join(model.text().lower() for model in models)
    assert all(question.phrase in everything for question in asked[PHRASE])
    assert all(question.filters for question in asked[LIMITED])


def test_times_leave_out_the_first_round():
    calls = []
    times = measured(calls.append, ["a", "b"])
    assert times.calls == len(calls) - 2
    assert 0 <= times.p50 <= times.p95


def test_every_row_has_the_same_columns():
    plain = row("index size", "tantivy", 1000, 12.3456, "MB")
    timed = row("a phrase", "tantivy", 1000, 1.2345, "ms", p95=123.4, sql=5)
    assert list(plain) == list(timed)
    assert (plain["value"], timed["value"], timed["p95"]) == (12.3, 1.23, 123.0)
