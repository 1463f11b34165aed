"""The edit view: drafts save with anything missing; submitting and publishing tell what lacks."""

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState

from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from tests.factories import index, submit
from tests.functional.admin_forms import assert_saved, model_form, workflow_action


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_draft_is_saved_with_everything_missing(as_author, bare):
    response = as_author.post(edit(bare), model_form(bare, title="Still bare"))

    assert_saved(response)
    bare.refresh_from_db()
    assert bare.draft_title == "Still bare"
    assert not bare.live


def test_submitting_tells_what_is_missing_at_its_field(as_author, bare):
    response = as_author.post(edit(bare), model_form(bare, **{"action-submit": "1"}))

    form = response.context["form"]
    assert {"short_description", "regions", "phase", "basic_idea"} <= set(form.errors)
    assert form.formsets["authors"].non_form_errors() == ["Name at least one author."]
    assert not WorkflowState.objects.exists()


def test_unfinished_page_is_told_of_kindly(as_author, bare):
    response = as_author.post(edit(bare), model_form(bare, **{"action-submit": "1"}))

    shown = response.content.decode()
    assert "Not yet: 10 things are missing." in shown
    assert "could not be saved" not in shown


def test_unfinished_new_page_is_told_of_kindly(as_author):
    parent = index(OperatingModelIndexPage)
    address = reverse(
        "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", parent.pk]
    )

    response = as_author.post(
        address, model_form(title="New", slug="new", **{"action-submit": "1"})
    )

    assert "Not yet: 10 things are missing." in response.content.decode()
    assert not OperatingModelPage.objects.filter(slug="new").exists()


def test_mistake_is_still_told_as_one(as_author, bare):
    response = as_author.post(edit(bare), model_form(bare, title="", **{"action-submit": "1"}))

    shown = response.content.decode()
    assert "could not be saved" in shown
    assert "Not yet:" not in shown


def test_what_was_typed_outlives_a_refused_submission(as_author, bare):
    data = model_form(bare, environment="A newly written text.", **{"action-submit": "1"})

    response = as_author.post(edit(bare), data)

    assert "A newly written text." in response.content.decode()
    assert "environment" not in response.context["form"].errors


def test_complete_page_is_submitted(as_author, whole):
    response = as_author.post(edit(whole), model_form(whole, **{"action-submit": "1"}))

    assert_saved(response)
    assert whole.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_page_completed_in_the_same_form_is_submitted(as_author, bare):
    data = model_form(
        bare,
        short_description="<p>In short.</p>",
        phase="idea",
        other_regions="Everywhere",
        authors=["Maija"],
        **dict.fromkeys(
            ["environment", "target_group", "basic_idea", "conditions", "tips", "evaluation"],
            "Written now.",
        ),
        **{"action-submit": "1"},
    )

    response = as_author.post(edit(bare), data)

    assert_saved(response)
    assert bare.workflow_in_progress


def test_publishing_from_the_form_is_refused(as_editor, bare):
    response = as_editor.post(edit(bare), model_form(bare, **{"action-publish": "1"}))

    assert "short_description" in response.context["form"].errors
    bare.refresh_from_db()
    assert not bare.live


def test_editor_publishes_what_is_whole(as_editor, whole):
    response = as_editor.post(edit(whole), model_form(whole, **{"action-publish": "1"}))

    assert_saved(response)
    whole.refresh_from_db()
    assert whole.live


def test_author_who_forges_the_publish_button_saves_a_draft(as_author, bare):
    response = as_author.post(edit(bare), model_form(bare, **{"action-publish": "1"}))

    assert_saved(response)
    bare.refresh_from_db()
    assert not bare.live


def test_approving_after_an_editor_emptied_a_section_is_refused(as_editor, whole):
    submit(whole)
    data = model_form(whole, basic_idea="", **workflow_action("approve"))

    response = as_editor.post(edit(whole), data)

    assert "basic_idea" in response.context["form"].errors
    whole.refresh_from_db()
    assert not whole.live
    assert whole.workflow_in_progress


def test_approving_from_the_form_publishes(as_editor, whole):
    submit(whole)

    response = as_editor.post(edit(whole), model_form(whole, **workflow_action("approve")))

    assert_saved(response)
    whole.refresh_from_db()
    assert whole.live


def test_returning_an_unfinished_page_is_not_blocked(as_editor, whole):
    submit(whole)
    unfinished = [{"type": "quote", "value": {"text": "", "attribution": ""}}]
    data = model_form(
        whole, basic_idea=unfinished, phase="", **workflow_action("reject", comment="Mend it.")
    )

    response = as_editor.post(edit(whole), data)

    assert_saved(response)
    state = whole.current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Mend it."


def test_withdrawing_is_not_blocked(as_author, whole):
    submit(whole)

    as_author.post(edit(whole), model_form(whole, **{"action-cancel-workflow": "1"}))

    assert not whole.workflow_in_progress


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quote", {"text": "", "attribution": "Somebody"}),
        ("subsection", {"heading": "", "text": "<p>Text without a heading.</p>"}),
        ("link", {"title": "", "url": "https://example.org/"}),
    ],
)
def test_unfinished_block_is_told_at_its_section(as_author, whole, kind, value):
    data = model_form(whole, needs=[{"type": kind, "value": value}], **{"action-submit": "1"})

    response = as_author.post(edit(whole), data)

    assert "needs" in response.context["form"].errors
    assert not whole.workflow_in_progress
