"""Queries are widened by vocabularies from the database, in all three languages."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_pages.models import Theme
from search import thesaurus
from search.evaluation import read_vocabulary
from search.models import ImportedConcept, SearchSynonym
from search.parser import parse
from search.service import Asked, search
from search.vocabularies import registry
from tests.factories_search import model, theme

HEADER = "uri\tfi\tsv\ten\n"
LABELS = """\
http://example.org/p1\tvanhukset\täldre\tsenior citizens
http://example.org/p2\tvapaaehtoistyö\tfrivilligarbete\tvoluntary work
http://example.org/p3\ttyöttömyys\tarbetslöshet\tunemployment
http://example.org/p4\tetsivä nuorisotyö\tuppsökande ungdomsarbete\toutreach youth work
http://example.org/p5\tkielet (soittimet)\tsträngar\tstrings (musical instruments)
http://example.org/p6\tkoirat\thundar\tdogs
http://example.org/p7\tkuusi\tgran\tspruce
"""


@pytest.fixture
def labels(tmp_path):
    path = tmp_path / "labels.tsv"
    path.write_text(HEADER + LABELS, encoding="utf-8")
    return path


@pytest.fixture
def imported(portal, labels):
    call_command("import_vocabulary", labels, verbosity=0)
    registry.forget()


def names(text, language="fi"):
    return {(e.text, e.language) for e in thesaurus.expansions(parse(text), language)}


class TestAcrossLanguages:
    @pytest.fixture
    def models(self, index, imported, committed):
        with committed():
            model("Vanhusten ystäväpiiri")
            model("Etsivän nuorisotyön jalkautuminen")
            model("Brukarråd för äldre", language="sv")

    @pytest.mark.parametrize(
        ("asked", "language", "title"),
        [
            ("senior citizens", "en", "Vanhusten ystäväpiiri"),
            ("unemployment of senior citizens", "en", "Vanhusten ystäväpiiri"),
            ("outreach youth work", "en", "Etsivän nuorisotyön jalkautuminen"),
            ("uppsökande ungdomsarbete", "sv", "Etsivän nuorisotyön jalkautuminen"),
            ("vanhuksille", "fi", "Vanhusten ystäväpiiri"),
        ],
    )
    def test_a_query_finds_models_in_another_language(self, models, found, asked, language, title):
        assert title in found(asked, language)

    def test_they_are_marked_with_their_language(self, models):
        answer = search(Asked(text="äldre"), "sv")
        languages = {hit.title: hit.language for hit in answer.hits}
        assert languages == {"Brukarråd för äldre": "sv", "Vanhusten ystäväpiiri": "fi"}
        # As good as each other: the reader's own language comes first.
        assert answer.hits[0].language == "sv"


class TestHowNamesAreMet:
    def test_inflected(self, imported):
        assert ("unemployment", "en") in names("työttömyydestä")
        assert ("vapaaehtoistyö", "fi") in names("frivilligarbetet", "sv")
        assert ("koirat", "fi") in names("dog", "en")

    def test_several_words_inflected_inside_a_longer_query(self, imported):
        found = names("jalkautuvaa etsivää nuorisotyötä kunnissa")
        assert found == {("uppsökande ungdomsarbete", "sv"), ("outreach youth work", "en")}

    def test_a_name_without_what_tells_it_from_its_homonyms(self, imported):
        assert ("strings", "en") in names("kielet")

    def test_a_word_that_names_nothing(self, imported):
        assert names("aivan muuta") == set()
        assert names('"-') == set()

    def test_in_a_phrase_or_excluded_nothing_is_widened(self, imported):
        assert names('"vanhukset" -koirat') == set()


class TestOwnVocabularies:
    def test_a_part_of_a_themes_label_leads_to_it(self, portal, found):
        theme("tyo", "Työllisyys ja työkyky", "Sysselsättning och arbetsförmåga",
              "Employment and work ability")  # fmt: skip
        assert names("employment", "en") == {("Työllisyys", "fi"), ("Sysselsättning", "sv")}

    def test_a_change_of_a_synonym_holds_at_once(self, portal):
        term = theme("yhdessa", "Yhdessäolo", "Samvaro", synonyms_fi="kaveruus")
        assert ("Yhdessäolo", "fi") in names("kaveruutta")
        term.synonyms_fi = "ystävyys"
        term.save()
        assert names("kaveruutta") == set()
        assert ("Yhdessäolo", "fi") in names("ystävyyttä")
        term.delete()
        assert names("ystävyyttä") == set()

    def test_a_concept_of_the_same_address_is_one(self, imported):
        theme("ikaihmiset", "Ikäihmiset", "Äldre", concept_uri="http://example.org/p1")
        # From our name to the imported ones, and the other way round; "äldre" is there once.
        assert names("ikäihmisten") == {
            ("Äldre", "sv"), ("vanhukset", "fi"), ("senior citizens", "en"),
        }  # fmt: skip
        assert names("senior citizens", "en") == {
            ("Ikäihmiset", "fi"), ("Äldre", "sv"), ("vanhukset", "fi"),
        }  # fmt: skip
        Theme.objects.all().update(concept_uri="")
        registry.forget()
        assert names("ikäihmisten") == {("Äldre", "sv")}


class TestSynonymsOfEditors:
    def test_both_ways(self, portal):
        SearchSynonym.objects.create(
            language="fi", words="olkkari\nkohtaamispaikka", other_words="avoin tila"
        )
        assert names("olkkarissa") == {("kohtaamispaikka", "fi"), ("avoin tila", "fi")}
        assert names("avoimia tiloja") == {("olkkari", "fi"), ("kohtaamispaikka", "fi")}

    def test_one_way(self, portal):
        SearchSynonym.objects.create(
            language="fi", words="liikunta", other_words="salibandy\nuinti", both_ways=False
        )
        assert names("liikuntaa") == {("salibandy", "fi"), ("uinti", "fi")}
        assert names("salibandyä") == set()

    def test_a_model_is_found_by_one(self, index, committed, found):
        with committed():
            model("Avoimen tilan ohjaajat")
        assert found("olkkarit") == []
        SearchSynonym.objects.create(language="fi", words="olkkari", other_words="avoin tila")
        assert found("olkkarit") == ["Avoimen tilan ohjaajat"]


class TestCost:
    @pytest.mark.parametrize(
        "asked",
        [
            "äldre",
            "etsivä nuorisotyö vanhukset koirat",
            "ikäihmiset",
            " ".join(f"sana{number}" for number in range(200)),
        ],
    )
    def test_one_query_of_the_database(self, imported, asked):
        theme("ikaihmiset", "Ikäihmiset", "Äldre", concept_uri="http://example.org/p1")
        registry.snapshot()
        with CaptureQueriesContext(connection) as captured:
            names(asked)
        assert len(captured) == 1
        with CaptureQueriesContext(connection) as captured:
            names(asked)
        assert len(captured) == 0

    def test_several_questions_are_one_query_and_answered_as_each_alone(self, imported):
        theme("vanhukset", "Vanhukset", "Äldre", "The elderly", synonyms_fi="ikäihmiset")
        registry.snapshot()
        questions = [parse(text) for text in ("vanhukset", "koirien", "olematon", "ikäihmiset ja")]
        alone = [thesaurus.expansions(question, "fi") for question in questions]
        assert sum(map(bool, alone)) == 3
        registry.forget()
        registry.snapshot()
        with CaptureQueriesContext(connection) as queries:
            thesaurus.look_up(questions, "fi")
            assert [thesaurus.expansions(question, "fi") for question in questions] == alone
        assert len(queries) == 1

    def test_what_another_process_imports_is_known_after_a_while(self, imported, monkeypatch):
        assert names("hundar", "sv") == {("koirat", "fi"), ("dogs", "en")}
        # No signal tells this process.
        ImportedConcept.objects.filter(label_fi="koirat").update(label_fi="hauvat")
        assert ("koirat", "fi") in names("hundar", "sv")
        monkeypatch.setattr(thesaurus, "MAX_AGE_SECONDS", 0.0)
        assert names("hundar", "sv") == {("hauvat", "fi"), ("dogs", "en")}

    def test_only_concepts_that_are_met_are_read(self, imported):
        ImportedConcept.objects.bulk_create(
            ImportedConcept(vocabulary_id="yso", uri=f"u{number}", label_fi=f"Sana {number}")
            for number in range(2000)
        )
        names("alku")
        thesaurus_rows = thesaurus.imported({"vanhukset", "koirat"}, ())
        assert {row.labels["fi"] for row in thesaurus_rows} == {"vanhukset", "koirat"}

    def test_what_vocabularies_cost_when_they_are_read_again(self, imported):
        registry.forget()
        with CaptureQueriesContext(connection) as captured:
            registry.snapshot()
        # All terms; the collections; what editors tell search.
        assert len(captured) == 3


@pytest.mark.parametrize(
    ("asked", "language"),
    [("äldre", "sv"), ("senior citizens", "en"), ("strings", "en"), ("kuuset", "fi"),
     ("kuusi koirat", "fi"), ("voluntary work dogs", "en"), ("etsivää nuorisotyötä", "fi")],
)  # fmt: skip
def test_the_page_widens_as_search_eval_does(imported, labels, asked, language):
    from_file = read_vocabulary(labels).expand(parse(asked), language)
    assert from_file == thesaurus.expansions(parse(asked), language)
