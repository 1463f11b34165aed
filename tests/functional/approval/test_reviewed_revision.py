"""What is published is the revision that the editor saw."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from editorial.models import Decision
from editorial.review import approving
from editorial.review.scheduling import publish_due
from tests.functional.admin_forms import model_form, workflow_action
from tests.functional.approval.conftest import action_url, edit_url, saved_by

HOUR = timezone.timedelta(hours=1)


def is_live(page):
    page.refresh_from_db()
    return page.live


def decided():
    return list(Decision.objects.order_by("at").values_list("action", flat=True))


def opened_by(client, page, **extra):
    """Return what the form posts as it is opened now."""
    form = client.get(edit_url(page)).context
    return model_form(
        page,
        loaded_revision_id=form["page"].latest_revision_id,
        loaded_revision_created_at=form["loaded_revision_created_at"],
        editing_step="one",
        **extra,
    )


# Through the code that the review view calls


def test_approving_what_was_seen_publishes_it(whole, state, editor):
    approving.decide(state, editor, "approve", revision_id=whole.latest_revision_id)

    assert is_live(whole)
    assert whole.live_revision_id == whole.latest_revision_id
    entry = Decision.objects.get()
    assert (entry.action, entry.editor, entry.revision_id) == (
        "approved", editor, whole.live_revision_id,
    )  # fmt: skip
    assert entry.revision_at == whole.latest_revision.created_at


def test_approving_after_another_saved_publishes_nothing(whole, state, editor, colleague):
    seen = whole.latest_revision
    latest = saved_by(colleague, whole, title="Changed meanwhile")

    with pytest.raises(approving.NewerRevision) as refusal:
        approving.decide(state, editor, "approve", revision_id=seen.pk)

    assert not is_live(whole)
    assert whole.workflow_in_progress
    assert (refusal.value.seen, refusal.value.latest) == (seen, latest)
    assert decided() == []
    approving.decide(state, editor, "approve", revision_id=latest.pk)
    assert is_live(whole)
    assert whole.title == "Changed meanwhile"


def test_what_is_published_is_named_not_the_latest(whole, state, editor, monkeypatch):
    """Even where somebody saves between the check and the publication."""
    seen = whole.latest_revision
    check = approving.seen_revision

    def check_and_save(page, *args):
        found = check(page, *args)
        saved_by(None, page.specific, title="In the last moment")
        return found

    monkeypatch.setattr(approving, "seen_revision", check_and_save)
    approving.decide(state, editor, "approve", revision_id=seen.pk)

    assert is_live(whole)
    assert whole.live_revision_id == seen.pk
    assert whole.title == "Whole model"
    assert whole.has_unpublished_changes


def test_a_date_stands_beside_the_revision(whole, state, editor):
    content = whole.latest_revision.content
    when = timezone.now() + HOUR

    approving.decide(
        state, editor, "approve", revision_id=whole.latest_revision_id, go_live_at=when
    )

    assert not is_live(whole)
    scheduled = Revision.objects.get(pk=whole.latest_revision_id)
    assert scheduled.approved_go_live_at == when
    assert scheduled.content == content
    assert decided() == ["scheduled"]


def test_a_schedule_publishes_the_revision_for_which_it_was_approved(whole, state, editor):
    seen = whole.latest_revision_id
    approving.decide(state, editor, "approve", revision_id=seen, go_live_at=timezone.now() + HOUR)
    saved_by(None, whole, title="Later draft")
    Revision.objects.filter(pk=seen).update(approved_go_live_at=timezone.now() - HOUR)

    assert publish_due().published == 1

    assert is_live(whole)
    assert (whole.live_revision_id, whole.title) == (seen, "Whole model")


def test_nobody_decides_twice(whole, state, editor, colleague):
    approving.decide(state, editor, "reject", revision_id=whole.latest_revision_id, comment="No.")

    with pytest.raises(approving.DecisionRefused) as refusal:
        approving.decide(state, colleague, "approve", revision_id=whole.latest_revision_id)

    assert type(refusal.value) is approving.DecisionRefused
    assert not is_live(whole)
    assert decided() == ["returned"]


def test_declining_ends_the_review(whole, state, editor):
    approving.decide(
        state, editor, "decline", revision_id=whole.latest_revision_id, comment="Not a model."
    )

    assert not is_live(whole)
    assert whole.current_workflow_state is None
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    entry = Decision.objects.get()
    assert (entry.action, entry.reason) == ("declined", "Not a model.")


def test_a_number_of_another_page_is_no_revision_of_this_one(whole, bare, state, editor):
    with pytest.raises(approving.NewerRevision):
        approving.decide(state, editor, "approve", revision_id=bare.latest_revision_id)

    assert not is_live(whole)


# Through Wagtail's own addresses


def test_the_dashboard_approves_what_was_submitted(as_editor, whole, state):
    as_editor.post(action_url(whole, state, "approve"))

    assert is_live(whole)
    assert decided() == ["approved"]


def test_the_dashboard_approves_nothing_newer_and_shows_the_difference(
    as_editor, whole, state, colleague
):
    seen = state.revision_id
    latest = saved_by(colleague, whole, title="Changed meanwhile").pk

    as_editor.post(action_url(whole, state, "approve"))

    assert not is_live(whole)
    shown = as_editor.get(edit_url(whole)).content.decode()
    assert "was changed after the version that you saw" in shown
    assert f"/revisions/compare/{seen}...{latest}/" in shown


def test_the_form_takes_the_editors_own_corrections_along(as_editor, whole, state):
    data = opened_by(as_editor, whole, title="Corrected", **workflow_action("approve"))

    as_editor.post(edit_url(whole), data)

    assert is_live(whole)
    assert whole.title == "Corrected"
    assert Decision.objects.get().revision_id == whole.live_revision_id


def test_and_those_that_the_form_saved_by_itself(as_editor, whole, state):
    data = opened_by(as_editor, whole, title="Corrected")
    saved = as_editor.post(edit_url(whole), data, headers={"Accept": "application/json"})
    assert json.loads(saved.content)["success"]

    as_editor.post(edit_url(whole), {**data, **workflow_action("approve")})

    assert is_live(whole)
    assert whole.title == "Corrected"


@pytest.mark.parametrize("button", [workflow_action("approve"), {"action-publish": "1"}])
def test_the_form_publishes_nothing_over_what_another_saved(
    as_editor, whole, state, colleague, button
):
    data = opened_by(as_editor, whole, title="Corrected here", **button)
    saved_by(colleague, whole, title="Changed meanwhile")

    response = as_editor.post(edit_url(whole), data)

    assert not is_live(whole)
    assert whole.draft_title == "Changed meanwhile"
    shown = response.content.decode()
    assert "was changed after the version that you saw" in shown
    assert "See what changed" in shown
    # What the editor wrote is still there, to be decided on again.
    assert "Corrected here" in shown
    as_editor.post(
        edit_url(whole),
        {**data, "loaded_revision_id": response.context["page"].latest_revision_id},
    )
    assert is_live(whole)
    assert whole.title == "Corrected here"


def test_who_wrote_nothing_gets_the_latest_version_to_decide_on(as_editor, whole, state, colleague):
    data = opened_by(as_editor, whole, **workflow_action("approve"))
    saved_by(colleague, whole, title="Changed meanwhile")

    response = as_editor.post(edit_url(whole), data, follow=True)

    assert not is_live(whole)
    assert response.context["form"]["title"].value() == "Changed meanwhile"
    assert "was changed after the version that you saw" in response.content.decode()


def test_a_later_save_puts_earlier_steps_back(whole, editor, colleague, two_steps):
    state = two_steps(whole)
    approving.decide(state, editor, "approve", revision_id=whole.latest_revision_id)
    whole.refresh_from_db()
    second = whole.current_workflow_task_state
    latest = saved_by(None, whole, title="Changed between the steps")

    approving.decide(second, colleague, "approve", revision_id=latest.pk)

    assert not is_live(whole)
    assert whole.current_workflow_task_state.task_id == state.task_id
    assert whole.current_workflow_task_state.revision == latest


def test_the_reviewers_own_corrections_do_not(whole, editor, as_colleague, two_steps):
    state = two_steps(whole)
    approving.decide(state, editor, "approve", revision_id=whole.latest_revision_id)
    data = opened_by(as_colleague, whole, title="Corrected", **workflow_action("approve"))

    as_colleague.post(edit_url(whole), data)

    assert is_live(whole)
    assert whole.title == "Corrected"


def test_from_the_review_to_the_form_and_back_is_one_step(as_editor, whole, state):
    review = as_editor.get(reverse("editorial:review", args=[whole.pk]))
    form = as_editor.get(review.context["review"].edit_url)
    step = form.content.decode().split('name="editing_step" value="')[1].split('"')[0]

    saved = as_editor.post(edit_url(whole), model_form(whole, title="Kept", editing_step=step))

    assert f"editing_step={step}" in saved.url
    back = as_editor.get(reverse("editorial:review", args=[whole.pk]))
    assert back.context["review"].refusal is None
    whole.refresh_from_db()
    user = back.wsgi_request.user
    approving.decide(state, user, "approve", revision_id=whole.latest_revision_id, step=step)
    assert is_live(whole)
    assert whole.title == "Kept"


def test_the_step_of_anothers_review_is_not_taken(as_editor, whole, state, editor, colleague):
    step = approving.step_of_review(state, colleague)
    as_editor.post(edit_url(whole), model_form(whole, title="Kept", editing_step=step))
    whole.refresh_from_db()
    assert whole.draft_title == "Kept"

    for forged in (step, approving.step_of_review(state, editor)):
        with pytest.raises(approving.HasStake):
            approving.decide(
                state, editor, "approve", revision_id=whole.latest_revision_id, step=forged
            )
    assert not is_live(whole)
