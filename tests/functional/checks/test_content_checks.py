"""Hints in the edit form: at their section, for those who may edit, and never in the way."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StreamValue

from models_pages import block_values, checks
from models_pages.completeness import DraftContent
from models_pages.models import ModelAuthor
from tests.factories import OperatingModelFactory, UserFactory, submit
from tests.functional.admin_forms import assert_saved, model_form

pytestmark = pytest.mark.django_db
CODE = "131052-308T"
TEXT = f"Asiakas {CODE} soitti numeroon 040 123 4567 ja kirjoitti maija.malli@kunta.fi."


@pytest.fixture
def author(client):
    """Return an author who is logged in."""
    user = UserFactory(role="author")
    client.force_login(user)
    return user


@pytest.fixture
def page(author):
    """Return a draft with personal data in a section, and a public contact of an author."""
    page = OperatingModelFactory(owner=author, title="Perhetuki", complete=True)
    page.environment = [("paragraph", f"<p>{TEXT}</p>")]
    page.tips = [("paragraph", '<p><a href="mailto:salla@kunta.fi?subject=x">Salla</a></p>')]
    page.authors = [ModelAuthor(name="Maija", contact="julkinen@kunta.fi", locale=page.locale)]
    page.save_revision(user=author)
    return page


def lazily(page, name, block):
    """A stream of one raw block, as it is stored."""
    return StreamValue(page._meta.get_field(name).stream_block, [block], is_lazy=True)


def found(content):
    with translation.override("en"):
        return {(finding.field, finding.kind): str(finding) for finding in checks.of(content)}


def test_personal_data_is_found_in_its_section(page):
    draft = page.get_latest_revision_as_object()
    findings = found(draft)
    for kind in ("identity_code", "phone", "email"):
        assert ("environment", kind) in findings
    assert "salla@kunta.fi" in findings["tips", "email"]
    assert not any("julkinen@kunta.fi" in text for text in findings.values())
    # The code itself is repeated nowhere.
    assert CODE not in findings["environment", "identity_code"]


def test_a_draft_a_revision_and_no_database(page, django_assert_num_queries):
    draft = page.get_latest_revision_as_object()
    content = DraftContent(page, page.latest_revision.content)
    with translation.override("en"):
        expected = checks.of(draft)
        with django_assert_num_queries(0):
            assert checks.of(content) == expected


def test_every_kind_of_block_is_looked_at(author):
    page = OperatingModelFactory(owner=author)
    where = {
        "needs": block_values.subsection("Soita 040 1234567", "<p>x</p>"),
        "ideas": block_values.quote("Soita 040 1234567"),
        "trial": block_values.table([["a"], ["040 1234567"]]),
        "tips": block_values.image(1, "040 1234567"),
        "further_sections": block_values.further_section(
            "Oma", [block_values.paragraph("<p>040 1234567</p>")]
        ),
    }
    for name, block in where.items():
        setattr(page, name, lazily(page, name, block))
    assert {field for field, kind in found(page) if kind == "phone"} == set(where)


def test_the_form_shows_it_beside_the_section_with_a_link(client, page):
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    place = html.split('data-findings-of="environment"')[1].split("</div>")[0]
    assert "maija.malli@kunta.fi" in place
    assert 'data-go-to-field="environment"' in html
    assert 'data-findings-of="needs"></div>' in html


def test_nothing_keeps_it_from_being_saved(client, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, model_form(page, place="Lahti"))
    assert_saved(response)


def test_the_renewed_hints_are_for_those_who_may_edit(client, page):
    address = reverse("editorial:checks", args=[page.pk])
    html = client.get(address).content.decode()
    assert 'data-findings-of="environment"' in html
    assert "maija.malli@kunta.fi" in html
    client.force_login(UserFactory(role="author"))
    assert client.get(address).status_code in {302, 403, 404}
    assert client.get(reverse("editorial:checks", args=[10**30])).status_code == 404
    client.force_login(UserFactory(role="editor"))
    assert client.get(address).status_code == 200


def test_what_is_typed_is_no_markup(client, author):
    page = OperatingModelFactory(owner=author)
    long = "<script>alert(1)</script> " + "pitkä sana " * 40
    page.needs = lazily(page, "needs", block_values.quote(long))
    page.save_revision(user=author)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    place = html.split('data-findings-of="needs"')[1].split("</div>")[0]
    assert "alert(1)" in place
    assert "<script>" not in place


def test_the_editor_sees_the_same_in_the_review(client, page):
    submit(page)
    client.force_login(UserFactory(role="editor"))
    html = client.get(reverse("editorial:review", args=[page.pk])).content.decode()
    hints = html.split('id="review-hints"')[1].split("</section>")[0]
    assert "maija.malli@kunta.fi" in hints
    assert "#go-to-environment" in hints
