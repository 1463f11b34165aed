"""Neighbouring words of a text, as they tell where a phrase may stand."""

from search.analysis import analyser
from search.engines.tantivy_pairs import pair, pairs

SPOKEN = analyser("fi")


def found(*texts):
    return pairs([SPOKEN.words(text) for text in texts])


def test_each_reading_of_a_word_stands_beside_each_of_the_next():
    # "kuusi" is a spruce or the number six.
    made = found("vihreä kuusi kasvaa")
    readings = SPOKEN.words("kuusi")[0].lemmas
    assert len(readings) > 1
    assert {pair("vihreä", reading) for reading in readings} <= made
    assert {pair(reading, "kasvaa") for reading in readings} <= made


def test_the_order_counts_and_texts_are_apart():
    made = found("järjestön yhteistyö", "malli")
    assert made == {pair("järjestö", "yhteistyö")}
    assert pair("yhteistyö", "järjestö") not in made


def test_a_pair_is_the_same_in_every_process():
    # It stands in indexes: another one finds no phrase in them.
    assert pair("järjestö", "yhteistyö") == "\u4efd\u4e1d"


def test_few_texts_have_a_pair_by_chance():
    words = [f"sana{number}" for number in range(2_000)]
    made = found(" ".join(words))
    others = [pair(words[number], words[number - 7]) for number in range(7, 2_000)]
    assert sum(one in made for one in others) < 150
