"""The edit form: what is missing, guidance at each section, the words of review."""

import pytest
from django.urls import reverse

from models_pages.models import OperatingModelIndexPage, OperatingModelPage, SectionGuidance
from models_pages.sections import SECTION_KINDS
from tests.factories import UserFactory, index, submit
from tests.functional.admin_forms import model_form


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def panel(page):
    return reverse("editorial:completeness", args=[page.pk])


def test_form_shows_what_is_missing_with_a_way_to_each_place(as_author, bare):
    shown = as_author.get(edit(bare)).content.decode()

    assert "10 things are missing before this can be published:" in shown
    assert 'data-go-to-field="short_description"' in shown
    assert "0 of 7 sections written" in shown


def test_whole_model_lacks_nothing(as_author, whole):
    assert "Nothing is missing." in as_author.get(edit(whole)).content.decode()


def test_form_of_a_new_model_shows_what_it_will_need(as_author):
    parent = index(OperatingModelIndexPage)
    address = reverse(
        "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", parent.pk]
    )

    assert "things are missing" in as_author.get(address).content.decode()


def test_guidance_stands_at_every_section_also_an_empty_one(as_author, bare):
    SectionGuidance.objects.filter(language="en").update(text="")
    for kind in SECTION_KINDS:
        SectionGuidance.objects.filter(language="en", kind=kind.key).update(
            text=f"Guidance for {kind.key}."
        )

    shown = as_author.get(edit(bare)).content.decode()

    assert all(f"Guidance for {kind.key}." in shown for kind in SECTION_KINDS)
    assert shown.count("Shown in the summary") == 6
    assert shown.count("Required for publication") == 6


def test_list_of_what_is_missing_follows_the_saves(as_author, bare):
    assert "10 things are missing" in as_author.get(panel(bare)).content.decode()

    as_author.post(edit(bare), model_form(bare, phase="idea", basic_idea="Now written."))

    shown = as_author.get(panel(bare)).content.decode()
    assert "8 things are missing" in shown
    assert "1 of 3 sections written" in shown


def test_list_of_what_is_missing_is_the_editors_of_the_page(client, bare):
    client.force_login(UserFactory(role="author"))

    assert client.get(panel(bare)).status_code in {302, 403}


def test_list_of_what_is_missing_costs_few_queries(as_author, whole, django_assert_max_num_queries):
    as_author.get(panel(whole))

    with django_assert_max_num_queries(12):
        as_author.get(panel(whole))


@pytest.mark.parametrize("returned", [False, True])
def test_buttons_speak_of_review(as_author, editor, whole, returned):
    if returned:
        submit(whole).reject(user=editor, comment="Mend")

    shown = as_author.get(edit(whole)).content.decode()

    assert ("Submit again for review" in shown) == returned
    assert ("Submit for review" in shown) != returned
    assert "action-publish" not in shown


def test_editors_decide_in_the_form(as_editor, whole):
    submit(whole)

    shown = as_editor.get(edit(whole)).content.decode()

    assert "Return with a reason" in shown
    assert "Approve and publish" in shown
    assert "and publish and publish" not in shown.lower()
    assert 'name="action-publish"' not in shown


def test_a_name_is_one_line_however_many_its_field_has(as_author, bare):
    as_author.post(edit(bare), model_form(bare, title="  Omaishoidon\r\n  tuki "))

    bare.refresh_from_db()
    assert bare.draft_title == "Omaishoidon tuki"


def test_texts_that_are_offered_have_names_of_their_own(as_author, bare):
    """The form's parts name each other by them."""
    form = as_author.get(edit(bare)).context["form"]

    ids = [block.id for kind in SECTION_KINDS for block in form.initial[kind.key]]
    assert all(ids)
    assert len(set(ids)) == len(SECTION_KINDS)


def test_a_page_gets_its_address_from_its_title_without_scripts(as_author):
    parent = index(OperatingModelIndexPage)
    kind = ["models_pages", "operatingmodelpage", parent.pk]
    address = reverse("wagtailadmin_pages:add", args=kind)
    answer = as_author.post(address, model_form(title="Äidin ja isän ilta", slug=""))
    assert answer.status_code == 302
    assert OperatingModelPage.objects.get().slug == "aidin-ja-isan-ilta"


def test_two_models_may_have_one_name(as_author):
    # The author's scripts post the address made from the name with every autosave.
    parent = index(OperatingModelIndexPage)
    kind = ["models_pages", "operatingmodelpage", parent.pk]
    address = reverse("wagtailadmin_pages:add", args=kind)
    data = model_form(title="Omahoitaja", slug="omahoitaja")
    for _ in range(3):
        assert as_author.post(address, data).status_code == 302
    second = OperatingModelPage.objects.get(slug="omahoitaja-2")

    again = model_form(second, place="Oulu", slug="omahoitaja")
    assert as_author.post(edit(second), again).status_code == 302

    slugs = OperatingModelPage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["omahoitaja", "omahoitaja-2", "omahoitaja-3"]
    second.refresh_from_db()
    assert second.get_latest_revision_as_object().place == "Oulu"
