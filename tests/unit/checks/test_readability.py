"""Readability as its sources define it."""

import pytest

from models_pages.checks.lengths import judge
from models_pages.checks.readability import MAX_WORDS, lix, measure, sentences, syllables, wiio


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("talo", 2), ("työ", 1), ("tie", 1), ("suo", 1), ("koulu", 2), ("valtio", 3),
        ("korkea", 3), ("kehittäminen", 5), ("hyvinvointialue", 7), ("maa", 1), ("aie", 2),
        ("yhteistyö", 3), ("järjestö", 3), ("sdp", 0), ("", 0),
    ],
)  # fmt: skip
def test_syllables(word, count):
    assert syllables(word) == count


def test_wiios_grade_is_its_formula():
    assert wiio(["talo"] * 80 + ["kehittäminen"] * 20) == pytest.approx(2.7 + 0.3 * 20)
    assert wiio([]) == pytest.approx(2.7)


def test_lix_is_its_formula():
    words = ["the"] * 15 + ["building"] * 5
    assert lix(words, 2) == pytest.approx(20 / 2 + 25)


def test_finnish_is_judged_by_base_forms():
    """ "Taloissammekin" has five syllables, its base form two."""
    assert measure("Taloissammekin asuttiin. " * 20, "fi").score == pytest.approx(2.7)


def test_a_clear_text_measures_less_than_a_heavy_one():
    clear = "Hoitaja käy kotona joka viikko. Hän kysyy, miten yö meni. " * 5
    heavy = (
        "Palvelujärjestelmän integraatiokehittäminen edellyttää monitoimijaisuuden "
        "johtamisrakenteita. " * 8
    )
    assert measure(clear, "fi").score < 12 < measure(heavy, "fi").score


def test_few_words_have_no_score():
    assert measure("Lyhyt teksti.", "fi").score is None
    assert measure("", "fi").words == 0


def test_sentences_end_where_a_reader_sees_it():
    text = "Mukana oli mm. Järvi Oy. Alku klo 9.30.\nUusi rivi ilman pistettä\nToinen"
    assert list(sentences(text)) == [
        "Mukana oli mm. Järvi Oy.", "Alku klo 9.30.", "Uusi rivi ilman pistettä", "Toinen",
    ]  # fmt: skip


def test_long_sentences_are_named():
    text = "Tämä " + "on pitkä " * 20 + "virke. Tämä ei."
    (beginning,) = measure(text, "fi").long_sentences
    assert text.startswith(beginning)


def test_a_very_long_text_is_sampled():
    assert measure("Sana toisensa perään. " * 100_000, "fi").words <= MAX_WORDS + 3
    assert measure("sana " * 500_000, "sv").words <= 60_000


@pytest.mark.parametrize(
    ("field", "words", "verdict"),
    [
        ("basic_idea", 0, ""), ("basic_idea", 20, "short"), ("basic_idea", 200, ""),
        ("basic_idea", 900, "long"), ("needs", 26, ""), ("short_description", 100, "long"),
    ],
)  # fmt: skip
def test_lengths(field, words, verdict):
    assert judge(field, words) == verdict
