"""Doors that show no form: the dashboard's decision, bulk actions, copying.

Each of these publishes an unfinished page in stock Wagtail.
"""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from models_pages.completeness import PublicationRefused
from models_pages.models import OperatingModelPage, PortalSettings
from tests.factories import OperatingModelFactory, submit
from tests.functional.admin_forms import model_form

XHR = {"X-Requested-With": "XMLHttpRequest"}


def emptied(page, **changes):
    """Let the submitted revision lack what it had, as where requirements grew meanwhile."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    submitted = Revision.objects.filter(pk=page.latest_revision_id)
    submitted.update(content=draft.serializable_data())


def decide(page, state, action):
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


@pytest.fixture
def emptied_in_review(whole):
    """Return a page under review whose required sections are gone, and its task's state."""
    state = submit(whole)
    emptied(whole, basic_idea=[], evaluation=[])
    return whole, state


@pytest.mark.parametrize("headers", [{}, XHR], ids=["button", "modal"])
def test_dashboard_approval_of_a_page_without_its_sections_is_refused(
    as_editor, emptied_in_review, headers
):
    page, state = emptied_in_review

    response = as_editor.post(decide(page, state, "approve"), headers=headers)

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if headers:
        assert response.json() == {"step": "success", "redirect": edit}
    else:
        assert response.url == edit
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    shown = as_editor.get(edit).content.decode()
    assert "“Whole model” cannot be published yet." in shown
    assert "The section “Basic idea of the solution” is empty." in shown


def test_refusal_leads_back_to_the_dashboard_with_a_way_to_the_form(as_editor, emptied_in_review):
    page, state = emptied_in_review
    home = reverse("wagtailadmin_home")

    response = as_editor.post(decide(page, state, "approve"), {"next": home})

    assert response.url == home
    shown = as_editor.get(home).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown


def test_program_that_asks_for_json_is_answered_in_json(as_editor, emptied_in_review):
    page, state = emptied_in_review

    response = as_editor.post(
        decide(page, state, "approve"), headers={"Accept": "application/json"}
    )

    assert response.status_code == 400
    assert response.json()["error_code"] == "publication_refused"
    assert "Basic idea" in response.json()["error_message"]


def test_dashboard_approval_of_an_unfinished_block_is_refused(as_editor, whole):
    state = submit(whole)
    emptied(whole, needs=[{"type": "quote", "value": {"text": "", "attribution": ""}}])

    as_editor.post(decide(whole, state, "approve"))

    whole.refresh_from_db()
    assert not whole.live


def test_dashboard_approval_of_what_is_whole_publishes(as_editor, whole):
    as_editor.post(decide(whole, submit(whole), "approve"))

    whole.refresh_from_db()
    assert whole.live


def test_dashboard_returns_an_unfinished_page_with_the_reason(as_editor, emptied_in_review):
    page, state = emptied_in_review

    response = as_editor.post(
        decide(page, state, "reject"), {"comment": "The idea is gone."}, headers=XHR
    )

    assert json.loads(response.content)["step"] == "success"
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_returning_asks_for_a_reason(as_editor, whole):
    state = submit(whole)

    response = as_editor.post(decide(whole, state, "reject"), {"comment": ""}, headers=XHR)

    assert response.json()["step"] == "action"
    assert whole.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_author_cannot_decide(as_author, whole):
    response = as_author.post(decide(whole, submit(whole), "approve"))

    assert response.status_code in {302, 403}
    whole.refresh_from_db()
    assert not whole.live


def bulk_publish(*pages):
    ids = "&".join(f"id={page.pk}" for page in pages)
    back = reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return f"{address}?next={back}&{ids}", back


def test_bulk_publication_is_refused_as_a_whole(as_editor, bare, whole):
    address, back = bulk_publish(whole, bare)

    response = as_editor.post(address)

    assert response.url == back
    assert not Page.objects.filter(pk__in=[bare.pk, whole.pk], live=True).exists()
    assert "“Bare model” cannot be published yet." in as_editor.get(back).content.decode()


def test_bulk_publication_of_what_is_whole(as_editor, whole):
    as_editor.post(bulk_publish(whole)[0])

    whole.refresh_from_db()
    assert whole.live


def copy(page, **extra):
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    parent = page.get_parent().pk
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent, **extra}
    return address, data


def lose_a_section(page):
    """Make a live page lack a section, as one from before the section was required does."""
    OperatingModelPage.objects.filter(pk=page.pk).update(basic_idea=[])
    page.refresh_from_db()


@pytest.fixture
def one_editor(db):
    """Let editors publish what they own, as a copy that they make."""
    PortalSettings.objects.create(decide_on_own=True)


@pytest.mark.usefixtures("one_editor")
def test_copying_an_unfinished_live_page_with_publication_is_refused(as_editor, author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    lose_a_section(live)
    address, data = copy(live, publish_copies="on")

    response = as_editor.post(address, data)

    assert response.status_code == 302
    assert not Page.objects.filter(slug="copy").exists()
    assert "cannot be published yet" in as_editor.get(response.url).content.decode()


@pytest.mark.usefixtures("one_editor")
def test_copying_a_whole_live_page_publishes_the_copy(as_editor, author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    address, data = copy(live, publish_copies="on")

    as_editor.post(address, data)

    assert Page.objects.get(slug="copy").live


def test_copying_without_publication_makes_a_draft(as_editor, bare):
    address, data = copy(bare)

    as_editor.post(address, data)

    assert not Page.objects.get(slug="copy").live


def test_going_back_to_an_unfinished_version_shows_and_refuses(as_editor, bare, author):
    unfinished = bare.latest_revision
    whole = OperatingModelFactory(owner=author, complete=True, state="live")
    unfinished.object_id = whole.pk
    unfinished.content = {**unfinished.content, "pk": whole.pk, "slug": whole.slug}
    unfinished.created_at = whole.latest_revision.created_at - timezone.timedelta(days=1)
    unfinished.save()

    shown = as_editor.get(
        reverse("wagtailadmin_pages:revisions_revert", args=[whole.pk, unfinished.pk])
    )
    with pytest.raises(PublicationRefused):
        unfinished.publish(user=shown.wsgi_request.user, previous_revision=unfinished)

    assert "The section “Basic idea of the solution” is empty." in shown.content.decode()
    whole.refresh_from_db()
    assert whole.live_revision_id != unfinished.pk


def test_posting_an_unfinished_version_is_refused(as_editor, bare, author):
    whole = OperatingModelFactory(owner=author, complete=True, state="live")
    data = model_form(bare, slug=whole.slug, revision=whole.live_revision_id)

    response = as_editor.post(
        reverse("wagtailadmin_pages:edit", args=[whole.pk]), {**data, "action-publish": "1"}
    )

    assert "basic_idea" in response.context["form"].errors
