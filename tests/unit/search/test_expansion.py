"""Other names of what a query names."""

import pytest

from search.documents import Concept
from search.expansion import Thesaurus
from search.parser import parse


@pytest.fixture
def thesaurus():
    made = Thesaurus(by_lemma=True)
    made.add_concept(
        Concept(
            key="target_group",
            value="ikaantyneet",
            labels={"fi": "ikääntyneet", "sv": "äldre", "en": "senior citizens"},
            synonyms={"fi": ("vanhukset",)},
        )
    )
    made.add({"fi": "lapset", "sv": "barn", "en": "children"})
    return made


def names(thesaurus, text, language):
    return {(e.start, e.end, e.text) for e in thesaurus.expand(parse(text), language)}


def test_labels_in_other_languages_and_synonyms(thesaurus):
    assert names(thesaurus, "senior citizens", "en") == {
        (0, 2, "ikääntyneet"),
        (0, 2, "äldre"),
        (0, 2, "vanhukset"),
    }


def test_a_name_is_met_inside_a_longer_query(thesaurus):
    found = names(thesaurus, "support for senior citizens", "en")
    assert (1, 3, "ikääntyneet") in found


def test_a_name_is_met_inflected(thesaurus):
    assert (0, 1, "äldre") in names(thesaurus, "ikääntyneiden", "fi")
    assert (0, 1, "children") in names(thesaurus, "lasten", "fi")


def test_a_name_is_met_in_another_language_than_the_readers(thesaurus):
    assert (0, 1, "ikääntyneet") in names(thesaurus, "äldre", "fi")


def test_without_lemmas_only_what_is_written():
    plain = Thesaurus()
    plain.add({"fi": "lapset", "sv": "barn"})
    assert names(plain, "lapset", "fi") == {(0, 1, "barn")}
    assert names(plain, "lasten", "fi") == set()


def test_what_is_not_named_has_no_other_names(thesaurus):
    assert names(thesaurus, "aivan muuta", "fi") == set()
