"""Publishing in code: nothing that calls Wagtail's own methods slips past completeness."""

import pytest
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import TaskState, WorkflowState

from models_pages import block_values
from models_pages.completeness import PublicationRefused, missing
from models_pages.models import ModelAuthor, OperatingModelPage, SectionGuidance
from tests.factories import (
    CollectionFactory,
    ContentPageFactory,
    ImageFactory,
    OperatingModelFactory,
    submit,
)

HOUR = timezone.timedelta(hours=1)


def fields(page):
    return [item.field for item in missing(page)]


def refused(page):
    page.refresh_from_db()
    return not page.live


def test_bare_model_lacks_everything(bare):
    assert fields(bare) == [
        "short_description",
        "regions",
        "authors",
        "phase",
        "environment",
        "target_group",
        "basic_idea",
        "conditions",
        "tips",
        "evaluation",
    ]


def test_whole_model_lacks_nothing(whole):
    assert fields(whole) == []


def test_publishing_a_revision_is_refused(bare):
    with pytest.raises(PublicationRefused, match="Bare model"):
        bare.get_latest_revision().publish()
    assert refused(bare)


def test_saving_a_page_as_live_is_refused(bare):
    bare.live = True

    with pytest.raises(PublicationRefused):
        bare.save()
    assert refused(bare)


def test_publishing_with_wagtails_action_is_refused(bare):
    with pytest.raises(PublicationRefused):
        PublishPageRevisionAction(bare.get_latest_revision()).execute()
    assert refused(bare)


def test_making_an_appointment_with_wagtails_action_is_refused(bare):
    bare.go_live_at = timezone.now() + HOUR
    revision = bare.save_revision(clean=False)

    with pytest.raises(PublicationRefused):
        PublishPageRevisionAction(revision).execute()
    assert bare.scheduled_revision is None


def test_adding_a_live_page_is_refused(whole):
    copy = OperatingModelPage(title="Bare and live", slug="bare-live", live=True)

    with pytest.raises(PublicationRefused):
        whole.get_parent().add_child(instance=copy)
    assert not OperatingModelPage.objects.filter(slug="bare-live").exists()


def test_copying_a_page_alive_keeps_its_parts(author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")

    copied = live.copy(update_attrs={"slug": "copied"}, keep_live=True)

    assert copied.live
    assert missing(OperatingModelPage.objects.get(pk=copied.pk)) == []


def test_alias_of_a_live_page_is_made(author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")

    alias = live.create_alias(update_slug="alias")

    assert alias.live


def test_live_page_that_lacks_what_was_required_later_is_still_saved(author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    SectionGuidance.objects.filter(kind="needs", language="fi").update(required=True)

    live.seo_title = "For search engines"
    live.save()

    assert fields(live) == ["needs"]
    with pytest.raises(PublicationRefused):
        live.save_revision(clean=False).publish()


def test_live_page_cannot_be_emptied_in_code(author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    live.basic_idea = []

    with pytest.raises(PublicationRefused):
        live.save()


def test_administrator_decides_what_is_required(whole):
    SectionGuidance.objects.filter(language="fi").update(required=False)
    SectionGuidance.objects.filter(language="fi", kind="ideas").update(required=True)
    whole.basic_idea = []

    assert fields(whole) == ["ideas"]


def test_requirements_are_those_of_the_pages_language(author):
    SectionGuidance.objects.filter(language="sv", kind="ideas").update(required=True)

    swedish = OperatingModelFactory(owner=author, complete=True, language="sv")

    assert fields(swedish) == ["ideas"]


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [block_values.paragraph("")],
        [block_values.paragraph("<p> &nbsp; </p>")],
        [block_values.quote("", "")],
        [block_values.subsection("", "<p></p>")],
        [block_values.table([["", ""], ["", ""]])],
    ],
    ids=["none", "empty", "spaces", "quote", "subsection", "table"],
)
def test_blank_blocks_do_not_fill_a_section(whole, blocks):
    whole.basic_idea = blocks

    assert fields(whole) == ["basic_idea"]


@pytest.mark.parametrize(
    "block",
    [
        block_values.subsection("A heading is enough"),
        block_values.quote("Words"),
        block_values.table([["Head", "Head"], ["1", "2"]]),
        block_values.link("Report", "https://example.org/"),
    ],
    ids=lambda block: block["type"],
)
def test_anything_that_a_reader_sees_fills_a_section(whole, block):
    whole.basic_idea = [block]

    assert fields(whole) == []


def test_images_need_an_alternative_or_the_mark_of_a_decorative_one(whole):
    image = ImageFactory()
    whole.cover_image = image
    whole.needs = [block_values.image(image.pk, "")]
    whole.needs.raw_data[0]["value"]["image"]["decorative"] = False
    whole.further_sections = [
        block_values.further_section("Own", [block_values.image(image.pk, "A described one")])
    ]
    assert fields(whole) == ["cover_alt", "needs"]

    whole.cover_decorative = True
    whole.needs = [block_values.image(image.pk, "")]
    assert fields(whole) == []


def test_unplaced_text_blocks_publication(whole):
    whole.unplaced = [block_values.paragraph("<p>Left over.</p>")]

    assert fields(whole) == ["unplaced"]


def test_collections_need_an_introduction(db):
    assert fields(CollectionFactory(introduction="<p></p>")) == ["introduction"]


def test_text_pages_need_finished_blocks(db):
    page = ContentPageFactory(body=[block_values.link("", "https://example.org/")])

    assert fields(page) == ["body"]


def test_starting_a_review_of_a_bare_page_leaves_nothing_behind(bare):
    with pytest.raises(PublicationRefused):
        submit(bare)
    assert not WorkflowState.objects.exists()
    assert not TaskState.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_resuming_a_review_of_a_page_that_lost_something_leaves_it_returned(author, editor):
    page = OperatingModelFactory(owner=author, complete=True)
    state = submit(page)
    state.reject(user=editor, comment="Mend")
    draft = page.get_latest_revision_as_object()
    draft.authors = []
    draft.save_revision(clean=False)
    workflow_state = page.current_workflow_state

    with pytest.raises(PublicationRefused):
        workflow_state.resume(user=author)

    stored = WorkflowState.objects.get(pk=workflow_state.pk)
    assert stored.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert stored.current_task_state.comment == "Mend"
    draft.authors = [ModelAuthor(name="Maija", locale=draft.locale)]
    draft.save_revision(clean=False)
    stored.resume(user=author)
    assert page.workflow_in_progress
