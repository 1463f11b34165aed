"""For how long a model holds: from its publication or confirmation, whichever revision is shown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from models_pages.confirmation import (
    confirm,
    due_by,
    fill_gaps,
    latest_start,
    may_confirm,
    months_later,
    overdue,
    soon_due,
    state,
)
from models_pages.models import OperatingModelPage
from models_pages.models.portal_settings import PortalSettings
from tests.factories import OperatingModelFactory, UserFactory

DAY = timedelta(days=1)
TODAY = date(2026, 3, 1)


def aged(page, since):
    """Let a page be public since a day."""
    OperatingModelPage.objects.filter(pk=page.pk).update(valid_since=since)
    return OperatingModelPage.objects.get(pk=page.pk)


@pytest.fixture
def live(author):
    """Return a public model."""
    return OperatingModelFactory(owner=author, title="Live model", complete=True, state="live")


def test_months_end_where_the_month_ends():
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2025, 12, 31), 2) == date(2026, 2, 28)
    for end in (date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 29), date(2025, 7, 31)):
        start = latest_start(end, 12)
        assert months_later(start, 12) <= end < months_later(start + DAY, 12)


def test_publication_begins_the_time(live):
    assert live.valid_since == timezone.localdate()


def test_a_page_that_is_public_as_it_is_made_has_a_time_too(author):
    made = OperatingModelFactory(owner=author, complete=True)
    made.live = True
    made.save()
    assert made.valid_since == timezone.localdate()


def test_what_was_stored_past_the_page_gets_its_time(live):
    """Rows that were written in bulk, for example by a load of data from elsewhere."""
    aged(live, None)
    long_ago = timezone.now() - 1000 * DAY
    Page.objects.filter(pk=live.pk).update(first_published_at=long_ago, last_published_at=None)
    assert not due_by(timezone.localdate()).exists()

    assert fill_gaps() == 1

    assert due_by(timezone.localdate()).get() == live
    live.refresh_from_db()
    assert live.valid_since == timezone.localdate(long_ago)
    assert fill_gaps() == 0


def test_a_draft_is_never_due(bare):
    assert bare.valid_since is None
    assert not state(bare).is_due


def test_it_is_soon_due_then_due_then_overdue(live):
    live = aged(live, date(2024, 3, 1))  # 24 months, 30 days before, 60 days after
    stages = {
        day: (state(live, today=day).is_due_soon, state(live, today=day).is_due)
        for day in (TODAY - 31 * DAY, TODAY - 30 * DAY, TODAY - DAY, TODAY)
    }
    assert list(stages.values()) == [
        (False, False), (True, False), (True, False), (False, True),
    ]  # fmt: skip
    assert state(live).overdue_from == TODAY + 60 * DAY


@pytest.mark.parametrize("since", [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31)])
def test_lists_and_pages_agree(live, since):
    live = aged(live, since)
    for offset in range(-120, 120):
        today = TODAY + offset * DAY
        shown = state(live, today=today)
        assert due_by(today).exists() == shown.is_due
        assert overdue(today=today).exists() == (shown.overdue_from <= today)
        assert soon_due(today=today).exists() == (shown.is_due or shown.is_due_soon)


def test_a_list_is_one_query_over_an_index(live):
    settings = PortalSettings.current()
    with CaptureQueriesContext(connection) as captured:
        list(overdue(settings))
    assert len(captured) == 1


def test_the_settings_hold_at_once(live):
    live = aged(live, timezone.localdate() - 200 * DAY)
    assert not state(live).is_due
    PortalSettings.objects.create(confirmation_months=6)
    assert state(live).is_due


def test_confirming_changes_the_date_in_every_language_and_is_logged(author, live):
    swedish = OperatingModelFactory(
        complete=True, state="live", language="sv", translation_key=live.translation_key
    )
    for page in (live, swedish):
        aged(page, date(2020, 1, 1))
    draft = live.get_latest_revision_as_object()
    draft.title = "A draft goes on"
    draft.save_revision()

    assert confirm(live, author) == 2

    for page in (live, swedish):
        page.refresh_from_db()
        assert page.confirmed_on == page.valid_since == timezone.localdate()
        assert PageLogEntry.objects.filter(page=page.pk, action="mallisto.confirmed").exists()
    assert live.title == "Live model"
    assert live.get_latest_revision_as_object().title == "A draft goes on"


def test_publishing_an_older_revision_takes_no_confirmation_back(author, live):
    older = live.save_revision()
    confirm(live, author)

    older.publish()

    live.refresh_from_db()
    assert live.confirmed_on == timezone.localdate()


def test_who_may_confirm(author, editor, live, bare):
    assert may_confirm(author, live)
    assert may_confirm(editor, live)
    assert not may_confirm(UserFactory(role="author"), live)
    assert not may_confirm(author, bare)
    author.is_active = False
    assert not may_confirm(author, live)
