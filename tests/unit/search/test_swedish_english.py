"""What Swedish and English words are found by."""

import pytest

from search.analysis import analyse, analyser


@pytest.mark.parametrize(
    ("language", "text", "lemma"),
    [
        ("sv", "välfärdsområdenas", "välfärdsområde"),
        ("sv", "verksamhetsmodeller", "verksamhetsmodell"),
        ("sv", "samarbetet", "samarbete"),
        ("sv", "THL:s", "thl"),
        ("en", "counties", "county"),
        ("en", "children's", "child"),
        ("en", "THL's", "thl"),
        ("en", "operating", "operate"),
    ],
)
def test_base_form(language, text, lemma):
    assert lemma in analyse(text, language)[0].lemmas


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("välfärdsområden", {"välfärd", "område"}),
        ("verksamhetsmodeller", {"verksamhet", "modell"}),
        ("barnfamiljer", {"barn", "familj"}),
        ("skolhälsovård", {"skola", "hälsovård"}),
        ("STEA-finansierade", {"stea", "finansiera"}),
    ],
)
def test_parts_of_swedish_compounds(text, parts):
    assert parts <= set(analyse(text, "sv")[0].parts)


def test_swedish_half_of_a_word_stands_for_the_whole():
    assert "hälsovård" in analyse("hälso- och sjukvården", "sv")[0].lemmas


def test_an_english_family_shares_a_term():
    first, second = analyse("developed developing", "en")
    assert {*first.lemmas, *first.parts} & {*second.lemmas, *second.parts}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_unknown_word_comes_down_to_its_stem(language):
    (token,) = analyse("blorbifications", language)
    assert len(token.lemmas[-1]) < len("blorbifications")


def test_a_language_without_an_analyser_is_read_as_finnish():
    assert analyser("et") is analyser("fi")
    assert analyser("sv-FI") is analyser("sv")
