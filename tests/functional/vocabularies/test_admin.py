"""Vocabularies and section guidance in the admin: searched, counted, edited, seen by authors."""

import pytest
from django.urls import reverse

from models_pages.completeness import missing
from models_pages.models import Region, SectionGuidance, Theme
from tests.factories import OperatingModelFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role="editor"))
    return client


def listed(client, model, query=""):
    """The terms that the vocabulary's list shows."""
    address = reverse(f"wagtailsnippets_models_pages_{model}:list")
    response = client.get(address, {"q": query} if query else {})
    assert response.status_code == 200
    return list(response.context["object_list"])


def test_a_term_tells_how_many_models_use_it(editor):
    used, unused = ThemeFactory(), ThemeFactory()
    for _ in range(3):
        OperatingModelFactory(complete=True, themes=[used])
    counts = {term.pk: term.model_count for term in listed(editor, "theme")}
    assert counts == {used.pk: 3, unused.pk: 0}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ääne", "aanekoski"),
        ("ÄÄNE", "aanekoski"),
        ("birkalands", "pirkanmaa"),
        ("nyslott", "savonlinna"),
    ],
)
def test_terms_are_found_by_any_name(editor, query, found):
    assert found in [term.slug for term in listed(editor, "region", query)]


def test_synonyms_find_their_term(editor):
    term = ThemeFactory(synonyms_fi="seniorityö\nvanhustyö")
    ThemeFactory()
    assert listed(editor, "theme", "vanhus") == [term]


def test_terms_stand_in_finnish_order(editor):
    for name in ("Öljy", "Äiti", "Åbo", "Zoo", "Aamu"):
        ThemeFactory(label_fi=name)
    assert [t.label_fi for t in listed(editor, "theme")] == ["Aamu", "Zoo", "Åbo", "Äiti", "Öljy"]


def test_every_county_and_municipality_is_there():
    kinds = Region.objects.values_list("kind", flat=True)
    counties = [kind for kind in kinds if kind == "county"]
    assert len(counties) == 21 + 2  # Helsinki and Åland besides
    assert Region.objects.filter(kind="national").count() == 1
    municipalities = Region.objects.filter(kind="municipality")
    assert municipalities.count() > 300
    assert not municipalities.filter(parent=None).exists()
    assert not municipalities.exclude(parent__kind="county").exists()


def test_authors_do_not_manage_vocabularies(client):
    client.force_login(UserFactory(role="author"))
    response = client.get(reverse("wagtailsnippets_models_pages_theme:list"))
    assert response.status_code == 302
    assert not Theme.objects.exists()


class TestGuidance:
    def test_an_administrators_words_are_shown_at_an_empty_section(self, client):
        row = SectionGuidance.objects.get(kind="tips", language="fi")
        client.force_login(UserFactory(role="administrator", language="fi"))
        address = reverse("wagtailsnippets_models_pages_sectionguidance:edit", args=[row.pk])
        response = client.post(address, {"text": "Kerro kolme vinkkiä.", "required": ""})
        assert response.status_code == 302

        author = UserFactory(role="author", language="fi")
        page = OperatingModelFactory(owner=author)
        client.force_login(author)
        form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Kerro kolme vinkkiä." in form
        assert [item.field for item in page_lacks(page)].count("tips") == 0

    def test_what_is_required_differs_by_language(self):
        SectionGuidance.objects.filter(kind="tips", language="sv").update(required=False)
        assert "tips" in [item.field for item in page_lacks(OperatingModelFactory())]
        swedish = OperatingModelFactory(language="sv")
        assert "tips" not in [item.field for item in page_lacks(swedish)]

    def test_editors_leave_guidance_to_administrators(self, editor):
        response = editor.get(reverse("wagtailsnippets_models_pages_sectionguidance:list"))
        assert response.status_code == 302

    def test_rows_are_neither_added_nor_removed(self, client):
        client.force_login(UserFactory(role="administrator"))
        add = reverse("wagtailsnippets_models_pages_sectionguidance:add")
        assert client.get(add).status_code == 302
        row = SectionGuidance.objects.first()
        delete = reverse("wagtailsnippets_models_pages_sectionguidance:delete", args=[row.pk])
        assert client.post(delete).status_code == 302
        assert SectionGuidance.objects.filter(pk=row.pk).exists()


def page_lacks(page):
    """What the page lacks for publication."""
    return missing(page)
