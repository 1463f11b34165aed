"""An example at each section, which an administrator edits in three languages."""

import pytest
from django.test import Client
from django.urls import reverse

from models_pages.models import SectionGuidance
from models_pages.provisioning import provision_guidance
from models_pages.sections import SECTION_KINDS
from tests.factories import UserFactory


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_every_section_has_an_example_in_every_language(db):
    lacking = SectionGuidance.objects.filter(kind__in=[kind.key for kind in SECTION_KINDS])

    assert not lacking.filter(example=None).exists()
    assert not lacking.filter(example="").exists()
    assert lacking.count() == 3 * len(SECTION_KINDS)


def test_the_example_is_unfolded_at_its_section(as_author, bare):
    SectionGuidance.objects.filter(language="en", kind="tips").update(
        example="First line.\n\nSecond <b>line</b>."
    )

    shown = as_author.get(edit(bare)).content.decode()

    assert shown.count('<details class="section-example">') >= len(SECTION_KINDS)
    assert "<p>First line.</p>" in shown
    assert "Second &lt;b&gt;line&lt;/b&gt;." in shown


def test_a_language_without_one_shows_the_finnish(as_author, bare):
    SectionGuidance.objects.filter(language="en", kind="tips").update(example="")
    SectionGuidance.objects.filter(language="fi", kind="tips").update(example="Esimerkki.")

    assert "Esimerkki." in as_author.get(edit(bare)).content.decode()


def test_what_was_emptied_stays_empty(db):
    SectionGuidance.objects.filter(kind="tips").update(example="")
    SectionGuidance.objects.filter(kind="needs", language="sv").update(example="Eget.")

    provision_guidance()

    assert set(SectionGuidance.objects.filter(kind="tips").values_list("example", flat=True)) == {
        ""
    }
    assert SectionGuidance.objects.get(kind="needs", language="sv").example == "Eget."


@pytest.mark.parametrize(("role", "may"), [("administrator", True), ("editor", False)])
def test_administrators_edit_it(role, may, bare):
    browser = Client()
    browser.force_login(UserFactory(role=role))
    row = SectionGuidance.objects.get(kind="tips", language="en")
    address = reverse(
        f"wagtailsnippets_models_pages_{SectionGuidance._meta.model_name}:edit", args=[row.pk]
    )

    browser.post(address, {"text": row.text, "example": "A new one.", "required": "on"})

    row.refresh_from_db()
    assert (row.example == "A new one.") is may
