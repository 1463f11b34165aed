"""Other names of what a query names."""

import pytest

from search.expansion import MAX_NAMES, Match, Name, Thesaurus, expand, groups, name_keys
from search.parser import parse


@pytest.fixture
def thesaurus():
    made = Thesaurus(by_lemma=True)
    made.add({"fi": "ikääntyneet", "sv": "äldre", "en": "senior citizens"}, {"fi": ("vanhukset",)})
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


def test_small_words_are_no_part_of_a_name():
    made = Thesaurus()
    made.add({"en": "books for boys", "fi": "poikakirjat"})
    assert names(made, "books for boys", "en") == {(0, 2, "poikakirjat")}


def test_each_thing_that_a_label_joins_is_a_name(thesaurus):
    labels = {"fi": "Työkyky ja työllisyys", "en": "Work ability and employment", "sv": ""}
    thesaurus.add(labels)
    assert names(thesaurus, "employment", "en") == {(0, 1, "työllisyys")}
    assert (0, 2, "Work ability and employment") in names(thesaurus, "työkyky, työllisyys", "fi")


@pytest.mark.parametrize(
    "labels",
    [
        {"fi": "sosiaali- ja terveyspalvelut", "en": "health and social services"},
        {"fi": "lapset ja perheet", "en": "children"},
        {"fi": "lapset ja perheet"},
    ],
)
def test_labels_that_do_not_join_alike_stay_whole(labels):
    assert len(list(groups(labels))) == 1


def test_a_name_with_ambiguous_words_is_met_by_each_reading():
    # Kuusi is a tree and a number: kuusi, kuu (poss.) ...
    keys = name_keys("kuusen", "fi")
    assert "kuusen" in keys
    assert any(key.startswith("\t") and key.endswith("kuusi") for key in keys)


def test_names_are_looked_for_once_and_within_bounds():
    asked = []

    def lookup(keys):
        asked.append(keys)
        many = tuple(Name(f"nimi{number}", "fi") for number in range(100))
        return [Match(key, "en", many) for key in keys]

    found = expand(parse("word " * 100), "en", lookup)
    assert len(asked) == 1
    assert len(asked[0]) <= 12 * 5 * 5
    assert len(found) <= 12 * MAX_NAMES


def test_a_query_without_words_looks_for_nothing():
    assert expand(parse('-not "a phrase"'), "en", pytest.fail) == ()


def test_the_words_themselves_in_another_form_are_no_other_name(thesaurus):
    assert "lapset" not in {e.text for e in thesaurus.expand(parse("lasten"), "fi")}


def test_names_that_differ_by_capitals_are_one():
    made = Thesaurus(by_lemma=True)
    made.add({"fi": "Ikääntyneet", "sv": "Äldre"})
    made.add({"fi": "ikääntyneet", "sv": "äldre", "en": "elderly"})
    assert [e.text for e in made.expand(parse("ikääntyneille"), "fi")] == ["Äldre", "elderly"]


def test_a_name_as_it_is_written_goes_before_one_of_the_same_base_form():
    made = Thesaurus(by_lemma=True)
    made.add({"fi": "kieli", "sv": "språk"})
    made.add({"fi": "kielet", "sv": "strängar"})
    assert [e.text for e in made.expand(parse("kielet"), "fi")] == ["strängar"]
    assert [e.text for e in made.expand(parse("kieli"), "fi")] == ["språk"]
    assert {e.text for e in made.expand(parse("kielissä"), "fi")} == {"språk", "strängar"}
