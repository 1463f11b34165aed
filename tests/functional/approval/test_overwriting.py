"""Autosave replaces only the same step's own autosave; what somebody saw stays as it was."""

import json

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from editorial.review import approving
from models_pages import block_values
from models_pages.coauthors import set_coauthors
from tests.factories import DocumentFactory, OperatingModelFactory, UserFactory, submit
from tests.functional.admin_forms import assert_saved, model_form
from tests.functional.approval.conftest import browser, edit_url, saved_by

JSON = {"Accept": "application/json"}
HOUR = timezone.timedelta(hours=1)


class Tab:
    """A browser's tab with the form open, which saves by itself."""

    def __init__(self, client, page, step):
        context = client.get(edit_url(page)).context
        self.client, self.page = client, page
        self.loaded = {
            "loaded_revision_id": context["page"].latest_revision_id,
            "loaded_revision_created_at": context["loaded_revision_created_at"],
            "editing_step": step,
        }
        self.number = None

    def autosave(self, text):
        """Post as the form does by itself; return its answer."""
        extra = {"overwrite_revision_id": self.number} if self.number else {}
        data = model_form(self.page, environment=text, **self.loaded, **extra)
        answer = self.client.post(edit_url(self.page), data, headers=JSON)
        told = json.loads(answer.content)
        self.number = told.get("revision_id", self.number)
        return told

    def save(self, text, **extra):
        """Press a button of the form."""
        data = model_form(self.page, environment=text, **self.loaded, **extra)
        return self.client.post(edit_url(self.page), data)


@pytest.fixture
def tab(as_author, whole):
    """Return the author's tab."""
    return Tab(as_author, whole, "first")


def texts(page):
    return [str(revision.content["environment"]) for revision in page.revisions.order_by("pk")]


def kept(page, *wanted):
    """Whether each of the texts is in some revision."""
    return [text for text in wanted if not any(text in found for found in texts(page))] == []


def test_a_step_has_one_autosave(tab, whole):
    before = whole.revisions.count()

    for text in ("One.", "Two.", "Three."):
        assert tab.autosave(text)["success"]

    assert whole.revisions.count() == before + 1
    assert "Three." in texts(whole)[-1]
    entries = PageLogEntry.objects.filter(page=whole.pk, action="wagtail.edit")
    assert entries.count() == 1
    assert entries.get().timestamp >= whole.revisions.latest("pk").created_at - HOUR


def test_the_stored_draft_follows(tab, whole, as_author):
    document = DocumentFactory(uploaded_by_user=whole.owner)
    data = model_form(
        whole,
        title="Renamed",
        slug="renamed",
        attachments=[block_values.attachment(document.pk)],
        **tab.loaded,
    )

    as_author.post(edit_url(whole), data, headers=JSON)

    stored = Page.objects.get(pk=whole.pk)
    assert (stored.title, stored.draft_title, stored.slug) == ("Renamed", "Renamed", "renamed")
    assert stored.url_path.endswith("/renamed/")
    assert ReferenceIndex.get_references_to(document).filter(object_id=str(whole.pk)).exists()


def test_a_live_page_does_not(author, as_author):
    live = OperatingModelFactory(owner=author, complete=True, state="live", title="Public")

    as_author.post(edit_url(live), model_form(live, title="Draft", editing_step="x"), headers=JSON)

    stored = Page.objects.get(pk=live.pk)
    assert (stored.title, stored.draft_title, stored.live) == ("Public", "Draft", True)


def test_what_was_submitted_stays(tab, whole):
    tab.autosave("Submitted.")
    submitted = tab.number
    state = submit(whole)
    state.workflow_state.cancel()

    assert tab.autosave("Later.")["success"]

    assert tab.number != submitted
    assert kept(whole, "Submitted.", "Later.")


def test_what_was_decided_on_stays(tab, whole, editor):
    tab.autosave("Returned.")
    approving.decide(submit(whole), editor, "reject", revision_id=tab.number, comment="Mend.")

    assert tab.autosave("Later.")["success"]

    assert kept(whole, "Returned.", "Later.")


def test_what_was_published_stays(tab, whole):
    tab.autosave("Published.")
    Revision.objects.get(pk=tab.number).publish()

    assert tab.autosave("Later.")["success"]

    assert kept(whole, "Published.", "Later.")
    whole.refresh_from_db()
    whole.unpublish()
    Revision.objects.get(pk=tab.number).publish()
    whole.refresh_from_db()
    whole.unpublish()
    published = tab.number
    tab.autosave("Last.")
    assert tab.number != published


def test_what_has_an_appointment_stays(tab, whole):
    tab.autosave("Scheduled.")
    Revision.objects.filter(pk=tab.number).update(approved_go_live_at=timezone.now() + HOUR)

    tab.autosave("Later.")

    assert kept(whole, "Scheduled.")


def test_another_tab_of_the_same_person_replaces_nothing(tab, as_author, whole):
    tab.autosave("In the first tab.")
    second = Tab(as_author, whole, "second")
    second.number = tab.number  # as a program would say, or a tab that was duplicated

    assert second.autosave("In the second tab.")["success"]

    assert kept(whole, "In the first tab.", "In the second tab.")


def test_a_tab_that_is_behind_is_told_and_replaces_nothing(tab, as_author, whole):
    second = Tab(as_author, whole, "second")
    tab.autosave("In the first tab.")

    told = second.autosave("In the second tab.")

    assert (told["success"], told["error_code"]) == (False, "invalid_revision")
    assert kept(whole, "In the first tab.")
    assert_saved(second.save("In the second tab."))
    assert kept(whole, "In the first tab.", "In the second tab.")


def test_a_co_authors_autosave_is_not_replaced(tab, author, whole):
    coauthor = UserFactory(role="author")
    set_coauthors(whole, [coauthor])
    others = Tab(browser(coauthor), whole, "others")
    others.autosave("By the co-author.")
    tab.number = others.number
    tab.loaded["editing_step"] = "others"

    tab.autosave("By the owner.")

    assert kept(whole, "By the co-author.")


def test_a_saved_draft_is_not_replaced(tab, whole):
    tab.autosave("By itself.")
    assert_saved(tab.save("By hand."))
    tab.number = whole.revisions.latest("pk").pk

    tab.autosave("By itself again.")

    assert kept(whole, "By itself.", "By hand.", "By itself again.")


def test_an_old_number_loses_nothing(tab, whole, author):
    """Wagtail shows the form again with an error, and saves nothing."""
    old = whole.latest_revision_id
    saved_by(author, whole)

    response = tab.save("Written long.", overwrite_revision_id=old)

    assert_saved(response)
    assert kept(whole, "Written long.")
