"""Starting a version of one's own from a public model, or a copy of one's own model."""

import pytest
from django.test import Client
from django.urls import reverse

from models_pages import block_values
from models_pages.coauthors import set_coauthors
from models_pages.completeness import missing
from models_pages.models import OperatingModelPage
from models_pages.written import raw_blocks
from tests.factories import (
    OperatingModelFactory,
    OrganisationFactory,
    RegionFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
)


@pytest.fixture
def original(db):
    """Return somebody else's public model with text of every sort."""
    return OperatingModelFactory(
        owner=UserFactory(role="author"),
        complete=True,
        state="live",
        title="Kotikuntoutus",
        licence="cc-by-sa-4.0",
        place="Lahti",
        themes=[ThemeFactory()],
        target_groups=[TargetGroupFactory()],
        organisations=[OrganisationFactory()],
        regions=[RegionFactory()],
        sections={
            "basic_idea": "What is done.",
            "environment": [
                block_values.subsection("The area", "<p>Here and there.</p>"),
                block_values.paragraph("<p>Told of the place.</p>"),
            ],
            "target_group": "Whom.",
            "conditions": "What it takes.",
            "evaluation": "What came of it.",
            "tips": "Begin small.",
            "further_sections": [
                block_values.further_section("Costs", [block_values.paragraph("<p>Ten.</p>")]),
                block_values.further_section("Staff", [block_values.paragraph("<p>Two.</p>")]),
            ],
        },
    )


def adapt(page):
    return reverse("editorial:adapt", args=[page.pk])


def texts(page, name):
    return [item["value"] for item in raw_blocks(getattr(page, name))]


def start(browser, original, *chosen, title="Ours"):
    answer = browser.post(adapt(original), {"title": title, "text": list(chosen)})
    assert answer.status_code == 302, answer.content
    return OperatingModelPage.objects.get(adapted_from=original).get_latest_revision_as_object()


def test_the_public_page_leads_a_reader_to_login_and_back(client, original, author):
    shown = client.get(original.url).content.decode()
    assert f'href="{adapt(original)}"' in shown

    answer = client.get(adapt(original))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('wagtailadmin_login')}?next={adapt(original)}"
    client.post(answer["Location"], {"username": author.email, "password": "a-long-test-password"})
    assert client.get(adapt(original)).status_code == 200


def test_text_comes_along_as_the_author_chooses(as_author, author, original):
    draft = start(as_author, original, "basic_idea", "further-1")

    assert (draft.title, draft.owner, draft.live) == ("Ours", author, False)
    assert texts(draft, "basic_idea") == ["<p>What is done.</p>"]
    assert texts(draft, "tips") == []
    # Of what is left out, the headings stay.
    assert texts(draft, "environment") == [{"heading": "The area", "text": ""}]
    bodies = [(item["heading"], len(item["body"])) for item in texts(draft, "further_sections")]
    assert bodies == [("Costs", 1), ("Staff", 0)]


def test_headings_alone_are_no_section(as_author, original):
    draft = start(as_author, original, "basic_idea")

    lacking = {item.field for item in missing(draft)}

    assert "environment" in lacking
    assert "basic_idea" not in lacking


def test_what_is_of_use_is_chosen_beforehand(as_author, original):
    chosen = as_author.get(adapt(original)).context["form"]["text"].value()

    assert {"basic_idea", "conditions", "tips", "target_group", "further-1"} <= set(chosen)
    assert not {"environment", "evaluation"} & set(chosen)


def test_basic_information_that_makes_sense_comes_along(as_author, original):
    draft = start(as_author, original)

    assert list(draft.themes.all()) == list(original.themes.all())
    assert list(draft.target_groups.all()) == list(original.target_groups.all())
    assert draft.licence == original.licence
    assert draft.locale == original.locale
    for name in ("regions", "organisations", "funders", "collections", "authors"):
        assert not getattr(draft, name).all(), name
    assert (draft.place, draft.phase, draft.confirmed_on) == ("", "", None)


def test_unpublished_changes_of_the_original_do_not_come_along(as_author, original):
    changed = original.get_latest_revision_as_object()
    changed.basic_idea = [("paragraph", "<p>Not yet public.</p>")]
    changed.title = "Secret name"
    changed.save_revision(clean=False)

    shown = as_author.get(adapt(original)).content.decode()
    draft = start(as_author, original, "basic_idea")

    assert "Secret name" not in shown
    assert "Not yet public" not in shown
    assert texts(draft, "basic_idea") == ["<p>What is done.</p>"]


def test_what_is_not_public_is_not_there(as_author, author):
    other = UserFactory(role="author")
    secret = OperatingModelFactory(owner=other, complete=True, title="A stranger's draft")
    gone = OperatingModelFactory(owner=other, complete=True, state="live")
    gone.unpublish()

    for page in (secret, gone):
        assert as_author.get(adapt(page)).status_code == 404
        assert as_author.post(adapt(page), {"title": "x"}).status_code == 404
    assert not OperatingModelPage.objects.filter(owner=author).exists()


def test_others_drafts_are_offered_in_no_list(as_author, original):
    other = UserFactory(role="author")
    OperatingModelFactory(owner=other, complete=True, title="A stranger's draft")

    choose = as_author.get(reverse("editorial:adapt_choose")).content.decode()
    found = as_author.get(reverse("editorial:adapt_choose"), {"q": "stranger"}).content.decode()

    assert "Kotikuntoutus" in choose
    assert "A stranger" not in choose
    assert "A stranger" not in found


def test_whoever_may_make_no_models_adapts_none(original):
    browser = Client()
    browser.force_login(UserFactory())

    browser.post(adapt(original), {"title": "x"})

    assert not OperatingModelPage.objects.filter(adapted_from=original).exists()


def test_a_name_is_needed_and_what_was_chosen_stays(as_author, original):
    answer = as_author.post(adapt(original), {"title": " ", "text": ["tips"]})

    assert answer.status_code == 200
    assert answer.context["form"].errors["title"]
    assert answer.context["form"]["text"].value() == ["tips"]


def test_an_adaptation_is_edited_as_any_draft(as_author, original):
    draft = start(as_author, original, "basic_idea")

    assert as_author.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


def test_a_copy_of_ones_own_has_the_latest_version(as_author, author, original):
    mine = OperatingModelFactory(
        owner=author, complete=True, state="live", title="Mine", adapted_from=original
    )
    set_coauthors(mine, [UserFactory(role="author")])
    latest = mine.get_latest_revision_as_object()
    latest.place = "Oulu"
    latest.save_revision(clean=False)
    address = reverse("editorial:copy", args=[mine.pk])

    assert "Mine (copy)" in as_author.get(address).content.decode()
    as_author.post(address, {"title": "Mine again"})

    copy = OperatingModelPage.objects.get(title="Mine again").get_latest_revision_as_object()
    assert (copy.live, copy.place, copy.owner) == (False, "Oulu", author)
    assert copy.adapted_from == original
    assert [one.name for one in copy.authors.all()] == [one.name for one in mine.authors.all()]
    assert texts(copy, "basic_idea") == texts(mine, "basic_idea")
    assert copy.translation_key != mine.translation_key


def test_nobody_copies_what_is_anothers(as_author, original):
    secret = OperatingModelFactory(owner=UserFactory(role="author"), title="Theirs")

    for page in (secret, original):
        assert as_author.get(reverse("editorial:copy", args=[page.pk])).status_code == 404
        as_author.post(reverse("editorial:copy", args=[page.pk]), {"title": "x"})
    assert not OperatingModelPage.objects.filter(title="x").exists()
