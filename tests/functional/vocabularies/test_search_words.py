"""Editors tell search other words and own words, in the admin; authors do not."""

import re

import pytest
from django.urls import reverse

from models_pages.models import Theme
from search import analysis, thesaurus
from search.models import OwnWord, SearchSynonym
from search.parser import parse
from search.vocabularies import registry
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db

INFLECTED, BASE = "kohtaamokaverien", "kohtaamokaveri"


@pytest.fixture(autouse=True)
def _read_anew():
    registry.forget()
    yield
    registry.forget()
    analysis.use_own_words(())


def names(text, language="fi"):
    return {e.text for e in thesaurus.expansions(parse(text), language)}


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


class TestSynonyms:
    ADD = "/admin/search/synonyms/add/"

    def add(self, client, **values):
        data = {"language": "fi", "words": "olkkari", "other_words": "kohtaamispaikka",
                "both_ways": "on", **values}  # fmt: skip
        return client.post(self.ADD, data, follow=True)

    def test_an_editor_answers_a_search_without_results(self, as_editor):
        form = as_editor.get(self.ADD, {"words": "olkkari", "language": "sv"})
        assert form.status_code == 200
        initial = form.context["form"].initial
        assert (initial["words"], initial["language"]) == ("olkkari", "sv")

        assert names("olkkareita") == set()
        assert "olkkari" in messages(self.add(as_editor))
        assert names("olkkareita") == {"kohtaamispaikka"}
        assert names("kohtaamispaikat") == {"olkkari"}

    def test_it_is_changed_and_removed(self, as_editor):
        self.add(as_editor)
        row = SearchSynonym.objects.get()
        listed = as_editor.get(reverse("search_synonyms:index"), {"q": "olkk"})
        assert list(listed.context["object_list"]) == [row]
        data = {"language": "fi", "words": "olkkari", "other_words": " avoin   tila \n\navoin tila"}
        response = as_editor.post(reverse("search_synonyms:edit", args=[row.pk]), data)
        assert response.status_code == 302
        assert names("olkkarissa") == {"avoin tila"}
        assert names("avoimessa tilassa") == set()
        as_editor.post(reverse("search_synonyms:delete", args=[row.pk]))
        assert names("olkkarissa") == set()

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("words", ""),
            ("words", "…!"),
            ("words", "yksi kaksi kolme neljä viisi kuusi"),
            ("words", "a" * 121),
            ("other_words", "\n".join(f"sana{number}" for number in range(31))),
            ("other_words", "Olkkari"),
        ],
    )
    def test_what_would_never_be_met_is_told_at_its_field(self, as_editor, field, wrong):
        response = self.add(as_editor, **{field: wrong})
        assert list(response.context["form"].errors) == [field]
        assert not SearchSynonym.objects.exists()

    @pytest.mark.parametrize("field", ["words", "other_words"])
    @pytest.mark.parametrize("nothing", ["", " \n "])
    def test_an_empty_field_is_told_once(self, as_editor, field, nothing):
        errors = self.add(as_editor, **{field: nothing}).context["form"].errors
        assert {name: len(told) for name, told in errors.items()} == {field: 1}

    def test_a_strange_address_is_no_error(self, as_editor):
        odd = {"words": "x" * 10_000, "language": "<script>"}
        assert as_editor.get(self.ADD, odd).status_code == 200

    def test_authors_do_not(self, as_author):
        assert as_author.get(self.ADD).status_code == 302
        self.add(as_author)
        assert not SearchSynonym.objects.exists()
        home = as_author.get(reverse("wagtailadmin_home")).content.decode()
        assert "/admin/search/synonyms/" not in home
        assert "/admin/search/own-words/" not in home

    def test_the_list_speaks_the_editors_language(self, as_editor, editor):
        self.add(as_editor)
        self.add(as_editor, words="mummo", both_ways="")
        for language, count, told in (
            ("fi", "Haun synonyymit: 2", ("ei", "kyllä")),
            ("sv", "Söksynonymer: 2", ("nej", "ja")),
        ):
            editor.language = language
            editor.save()
            page = as_editor.get(reverse("search_synonyms:index")).content.decode()
            assert count in page
            words = [word.strip() for word in re.findall(r">([^<]*)<", page)]
            assert [word for word in words if word in {*told, "True", "False"}] == [*told]


class TestOwnWords:
    def test_an_editor_adds_one_and_is_told_when_it_takes_effect(self, as_editor):
        assert len(analysis.analyse(INFLECTED, "fi")[0].lemmas) > 1
        address = reverse("search_own_words:add")
        assert "made anew" in as_editor.get(address).content.decode()
        response = as_editor.post(address, {"word": f" {BASE.capitalize()} "}, follow=True)
        assert "when its index has been made anew" in messages(response)
        assert [word.word for word in OwnWord.objects.all()] == [BASE]
        registry.snapshot()
        assert analysis.analyse(INFLECTED, "fi")[0].lemmas == (BASE,)

    def test_one_removed_is_no_more_counted(self, as_editor):
        word = OwnWord.objects.create(word=BASE)
        registry.snapshot()
        with_word = analysis.fingerprint()
        response = as_editor.post(reverse("search_own_words:delete", args=[word.pk]), follow=True)
        assert "when its index has been made anew" in messages(response)
        registry.snapshot()
        assert analysis.fingerprint() != with_word
        assert len(analysis.analyse(INFLECTED, "fi")[0].lemmas) > 1

    @pytest.mark.parametrize("wrong", ["", "kaksi sanaa", "-alku", "a1", "<b>", "a" * 81])
    def test_what_is_no_word_is_told(self, as_editor, wrong):
        response = as_editor.post(reverse("search_own_words:add"), {"word": wrong})
        assert list(response.context["form"].errors) == ["word"]
        assert not OwnWord.objects.exists()

    def test_a_word_stands_on_the_list_once(self, as_editor):
        OwnWord.objects.create(word=BASE)
        response = as_editor.post(reverse("search_own_words:add"), {"word": BASE.upper()})
        assert list(response.context["form"].errors) == ["word"]

    def test_it_widens_no_query_by_itself(self):
        OwnWord.objects.create(word=BASE)
        assert names(INFLECTED) == set()

    def test_authors_do_not(self, as_author):
        address = reverse("search_own_words:add")
        assert as_author.get(address).status_code == 302
        as_author.post(address, {"word": BASE})
        assert not OwnWord.objects.exists()


def test_an_editor_gives_a_theme_other_words(as_editor):
    term = ThemeFactory(label_fi="Osallisuus", label_sv="Delaktighet", label_en="")
    address = reverse("wagtailsnippets_models_pages_theme:edit", args=[term.pk])
    assert "Write base forms" in as_editor.get(address).content.decode()
    data = {
        "label_fi": term.label_fi, "label_sv": term.label_sv, "label_en": "", "slug": term.slug,
        "synonyms_fi": "mukaan pääseminen\n", "synonyms_sv": "", "synonyms_en": "",
        "concept_uri": "",
    }  # fmt: skip
    assert as_editor.post(address, data).status_code == 302
    assert Theme.objects.get(pk=term.pk).synonyms("fi") == ("mukaan pääseminen",)
    assert names("mukaan pääsemistä") == {"Osallisuus", "Delaktighet"}
