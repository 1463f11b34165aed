"""Families of words."""

import pytest

from search.analysis.families import families


@pytest.mark.parametrize(
    "words",
    [
        ("kuntoutua", "kuntoutus", "kuntouttaa", "kuntoutuja"),
        ("koulu", "koululainen", "kouluttaa", "koulutus"),
        ("verotus", "verottaa", "verottaja"),
    ],
)
def test_what_is_derived_from_one_word_is_a_family(words):
    assert len({families((word,), "fi") for word in words}) == 1


def test_each_reading_has_its_family():
    assert families(("filosofi", "selviytyä"), "fi") == ("filos", "selvi")


@pytest.mark.parametrize("lemma", ["työ", "vero", "2024-2025", "sote-palvelu"])
def test_what_is_too_short_to_tell_has_none(lemma):
    assert families((lemma,), "fi") == ()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_other_languages_have_their_stems(language):
    assert families(("omsorg",), language) == ()
