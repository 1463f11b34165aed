"""What Wagtail lets through: each is tried with our rules, and with Wagtail's own in their place.

The second try shows that the first could fail.
"""

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from editorial.models import ReviewTask
from models_pages import completeness
from models_pages.models import PortalPage
from models_pages.permissions import PortalPagePermissionTester
from tests.factories import OperatingModelFactory, submit
from tests.functional.approval.conftest import action_url, saved_by

HOUR = timezone.timedelta(hours=1)


def is_public(page):
    return Page.objects.filter(pk=page.pk, live=True).exists()


@pytest.fixture
def without_completeness(monkeypatch, stock):
    """Return what turns off completeness, too."""

    def turn_off():
        stock()
        monkeypatch.setattr(completeness, "missing", lambda *args: [])

    return turn_off


def dashboard_publishes_without_required_blocks(page, client):
    state = submit(page)
    draft = page.get_latest_revision_as_object()
    draft.basic_idea = []
    submitted = Revision.objects.filter(pk=page.latest_revision_id)
    submitted.update(content=draft.serializable_data())
    client.post(action_url(page, state, "approve"))
    return is_public(page)


def test_the_dashboard_asks_for_required_blocks(whole, as_editor):
    assert not dashboard_publishes_without_required_blocks(whole, as_editor)


def test_stock_dashboard_does_not(whole, as_editor, without_completeness):
    without_completeness()
    assert dashboard_publishes_without_required_blocks(whole, as_editor)


def one_pages_address_decides_on_another(page, other, client):
    """A task of the other page, under the number of this one, which is in review too."""
    submit(page)
    foreign = submit(other)
    client.post(action_url(page, foreign, "approve"))
    return is_public(other)


@pytest.fixture
def own(editor):
    """Return a page that the editor may not approve."""
    return OperatingModelFactory(owner=editor, complete=True)


def test_a_task_of_another_page_is_asked_about_its_own(whole, own, as_editor):
    assert not one_pages_address_decides_on_another(whole, own, as_editor)


def test_stock_asks_about_the_page_of_the_address(whole, own, as_editor, stock, monkeypatch):
    asked = ReviewTask.get_actions
    stock()
    # Wagtail with a rule of ours about the page, but not with our check of which page it is.
    monkeypatch.setattr(ReviewTask, "get_actions", asked)
    tester = PortalPagePermissionTester
    monkeypatch.setattr(tester, "can_publish", tester.has_publish_right)
    assert one_pages_address_decides_on_another(whole, own, as_editor)


def dashboard_publishes_what_nobody_reviewed(page, client):
    state = submit(page)
    saved_by(None, page, title="Nobody has seen this")
    client.post(action_url(page, state, "approve"))
    page.refresh_from_db()
    return page.live and page.title == "Nobody has seen this"


def test_the_reviewed_revision_is_published(whole, as_editor):
    assert not dashboard_publishes_what_nobody_reviewed(whole, as_editor)


def test_stock_publishes_the_latest(whole, as_editor, stock):
    stock()
    assert dashboard_publishes_what_nobody_reviewed(whole, as_editor)


def autosave_rewrites_a_reviewed_revision(page, author):
    reviewed = page.latest_revision
    submit(page)
    draft = page.get_latest_revision_as_object()
    draft.title = "Rewritten under its number"
    draft.save_revision(user=author, clean=False, overwrite_revision=reviewed)
    reviewed.refresh_from_db()
    return reviewed.content["title"] == "Rewritten under its number"


def test_a_reviewed_revision_is_not_rewritten(whole, author):
    assert not autosave_rewrites_a_reviewed_revision(whole, author)


def test_stock_rewrites_it(whole, author, monkeypatch):
    monkeypatch.setattr(PortalPage, "save_revision", Page.save_revision)
    assert autosave_rewrites_a_reviewed_revision(whole, author)


def expired_page_is_served(author, client):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    Page.objects.filter(pk=live.pk).update(expire_at=timezone.now() - HOUR)
    return client.get(live.url).status_code == 200


def test_an_expired_page_is_gone_before_the_scheduler_runs(author, client):
    assert not expired_page_is_served(author, client)


def test_stock_serves_it(author, client, monkeypatch):
    monkeypatch.setattr(PortalPage, "has_expired", False)
    assert expired_page_is_served(author, client)


def live_page_is_emptied_in_code(author):
    live = OperatingModelFactory(owner=author, complete=True, state="live")
    live.basic_idea = []
    live.save()
    return is_public(live)


def test_stock_saves_a_live_page_without_its_blocks(author, without_completeness):
    with pytest.raises(completeness.PublicationRefused):
        live_page_is_emptied_in_code(author)
    without_completeness()
    assert live_page_is_emptied_in_code(author)
