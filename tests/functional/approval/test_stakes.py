"""No editor makes public a page that they own, co-author or edited last, through any door."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from editorial.models import Decision
from editorial.review import approving
from models_pages.coauthors import set_coauthors
from models_pages.models import (
    OperatingModelIndexPage,
    OperatingModelPage,
    PortalSettings,
)
from tests.factories import (
    CollectionFactory,
    ContentPageFactory,
    NetworkFactory,
    OperatingModelFactory,
    UserFactory,
    index,
    submit,
)
from tests.functional.admin_forms import model_form, workflow_action
from tests.functional.approval.conftest import action_url, browser, edit_url, saved_by

HOUR = timezone.timedelta(hours=1)


def owned(user, author):
    return OperatingModelFactory(owner=user, complete=True)


def coauthored(user, author):
    page = OperatingModelFactory(owner=author, complete=True)
    set_coauthors(page, [user])
    return page


def edited_last(user, author):
    page = OperatingModelFactory(owner=author, complete=True)
    saved_by(user, page, title="Edited by the editor")
    return OperatingModelPage.objects.get(pk=page.pk)


STAKES = pytest.mark.parametrize("made", [owned, coauthored, edited_last])


def is_public(page):
    return Page.objects.filter(pk=page.pk, live=True).exists()


def has_appointment(page):
    return page.revisions.exclude(approved_go_live_at=None).exists()


@pytest.fixture(params=["editor", "administrator", "superuser"])
def person(request, db):
    """Return somebody who may publish, in each role."""
    if request.param == "superuser":
        return UserFactory(is_superuser=True)
    return UserFactory(role=request.param)


@STAKES
def test_no_door_makes_it_public(made, person, author):
    page = made(person, author)
    client = browser(person)
    state = submit(page)
    later = (timezone.localtime() + HOUR).strftime("%Y-%m-%d %H:%M")

    with pytest.raises(approving.HasStake):
        approving.decide(state, person, "approve", revision_id=page.latest_revision_id)
    client.post(action_url(page, state, "approve"))
    client.post(edit_url(page), model_form(page, **workflow_action("approve")))
    client.post(edit_url(page), model_form(page, **{"action-publish": "1"}))
    client.post(edit_url(page), model_form(page, go_live_at=later, **{"action-publish": "1"}))
    client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    )

    assert not is_public(page)
    assert not has_appointment(page)
    assert not Decision.objects.exists()
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


@STAKES
def test_the_form_says_why(made, editor, as_editor, author):
    page = made(editor, author)
    submit(page)

    shown = as_editor.get(edit_url(page)).content.decode()

    assert "another editor approves it." in shown
    assert 'data-workflow-action-name="approve"' not in shown
    assert 'data-workflow-action-name="reject"' in shown


@STAKES
def test_another_editor_approves_it(made, editor, colleague, author):
    page = made(editor, author)
    state = submit(page)

    approving.decide(state, colleague, "approve", revision_id=page.latest_revision_id)

    assert is_public(page)


@STAKES
def test_a_portal_with_one_editor(made, editor, as_editor, author):
    PortalSettings.objects.create(decide_on_own=True)
    page = made(editor, author)
    state = submit(page)

    as_editor.post(action_url(page, state, "approve"))

    assert is_public(page)


@STAKES
def test_returning_and_taking_down_are_no_publication(made, editor, as_editor, author):
    page = made(editor, author)
    state = submit(page)
    as_editor.post(action_url(page, state, "reject"), {"comment": "Mend it."})
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES

    page.latest_revision.publish()
    as_editor.post(
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"reason": "Names a patient."}
    )
    assert not is_public(page)


def test_a_save_of_the_authors_makes_it_anothers_again(whole, author, editor):
    saved_by(editor, whole, title="Corrected and kept")
    latest = saved_by(author, whole, title="Written on")

    assert approving.may_decide(editor, whole) is None
    approving.decide(submit(whole), editor, "approve", revision_id=latest.pk)
    assert is_public(whole)


def test_saving_a_draft_ends_the_step(as_editor, whole):
    """What the editor saved for good, and did not decide on, is the editor's edit."""
    submit(whole)
    as_editor.post(edit_url(whole), model_form(whole, title="Kept", editing_step="one"))
    whole.refresh_from_db()
    assert whole.draft_title == "Kept"

    as_editor.post(
        edit_url(whole), model_form(whole, editing_step="one", **workflow_action("approve"))
    )

    assert not is_public(whole)


@pytest.mark.parametrize("factory", [CollectionFactory, NetworkFactory, ContentPageFactory])
def test_every_kind_of_page_is_approved_by_another(factory, editor, as_editor, colleague):
    page = factory(owner=editor)
    as_editor.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    )
    assert not is_public(page)

    state = submit(page)
    as_editor.post(action_url(page, state, "approve"))
    assert not is_public(page)
    approving.decide(state, colleague, "approve", revision_id=page.latest_revision_id)
    assert is_public(page)


def test_making_and_publishing_in_one_go(as_editor, editor):
    parent = index(OperatingModelIndexPage)
    address = reverse(
        "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", parent.pk]
    )
    source = OperatingModelFactory(owner=None, complete=True)
    data = model_form(source, title="New", slug="new", authors=["Maija"])

    as_editor.post(address, {**data, "action-publish": "1"})

    assert not Page.objects.filter(slug="new", live=True).exists()


@pytest.mark.parametrize("extra", [{"publish_copies": "on"}, {"alias": "on"}])
def test_copying_and_publishing_in_one_go(as_editor, author, extra):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": live.get_parent().pk}

    as_editor.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), {**data, **extra})

    assert not Page.objects.filter(slug="copy", live=True).exists()


def test_publication_in_code_asks_the_account_that_is_named(whole, author, editor, colleague):
    saved_by(editor, whole)
    whole.refresh_from_db()
    for user in (author, editor):
        with pytest.raises(Exception, match="permission"):
            whole.latest_revision.publish(user=user)
    assert not is_public(whole)

    whole.latest_revision.publish(user=colleague)
    assert is_public(whole)


def test_publishing_past_the_review_is_a_decision_too(as_editor, editor, whole):
    as_editor.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={whole.pk}"
    )

    entry = Decision.objects.get()
    assert (entry.action, entry.editor) == ("approved", editor)
    assert entry.revision_id == whole.latest_revision_id


def test_only_administrators_lift_the_rule(as_editor):
    address = reverse("wagtailsettings:edit", args=["models_pages", "portalsettings"])

    as_editor.post(address, {"decide_on_own": "on", "review_days": "10"})
    assert not PortalSettings.current().decide_on_own

    administrator = browser(UserFactory(role="administrator"))
    assert administrator.get(address, follow=True).status_code == 200


def test_co_authors_withdraw_and_copy(author):
    coauthor = UserFactory(role="author")
    page = coauthored(coauthor, author)
    submit(page)
    client = browser(coauthor)

    assert "Withdraw from review" in client.get(edit_url(page)).content.decode()
    client.post(edit_url(page), model_form(page, **{"action-cancel-workflow": "1"}))
    assert not page.workflow_in_progress
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert Page.objects.get(slug="copy").owner == coauthor


def test_others_withdraw_nothing(state, whole):
    stranger = browser(UserFactory(role="author"))

    stranger.post(edit_url(whole), model_form(whole, **{"action-cancel-workflow": "1"}))

    assert whole.workflow_in_progress
