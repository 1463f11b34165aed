"""Words like a mistyped one."""

import pytest

from search.spelling import Speller, halves

WORDS = ["kuntoutus", "kuntoutuksen", "kantatus", "etäpalvelut", "ikääntyneille", "työ", "hoito"]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("kuntotus", "kuntoutus"),
        ("kuntuotus", "kuntoutus"),
        ("etapalvelut", "etäpalvelut"),
        ("ikantyneille", "ikääntyneille"),
        ("IKÄÄNTYNEILE".lower(), "ikääntyneille"),
        ("hioto", "hoito"),
        ("ohito", "hoito"),
        ("ghoito", "hoito"),
    ],
)
def test_the_nearest_comes_first(typed, nearest):
    assert Speller(WORDS).near(typed)[0][0] == nearest


@pytest.mark.parametrize("typed", ["", "t", "tyä", "xyzzy", "hoitoa" * 90, "kuntoutus"])
def test_nothing_is_near_to_short_odd_or_known_words(typed):
    assert Speller(WORDS).near(typed) in ([], [("kantatus", 2)])


def test_a_speller_learns():
    speller = Speller()
    assert speller.near("kuntotus") == []
    speller.add(WORDS)
    assert speller.near("kuntotus")[0] == ("kuntoutus", 1)


def test_the_ways_to_write_a_word_as_two():
    assert list(halves("lapsille")) == [("lap", "sille"), ("laps", "ille"), ("lapsi", "lle")]
    assert list(halves("työ")) == []
