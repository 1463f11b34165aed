"""Scheduled publishing: refused when the appointment is made, and again when it is due."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry, Revision

from editorial.review.scheduling import publish_due
from models_pages.completeness import PublicationRefused
from models_pages.models import SectionGuidance
from models_pages.sections import BY_KEY
from tests.delivered import delivered
from tests.factories import OperatingModelFactory, UserFactory
from tests.functional.admin_forms import assert_saved, model_form

HOUR = timezone.timedelta(hours=1)


def schedule(page, ahead=HOUR):
    page.go_live_at = timezone.now() + ahead
    page.save_revision(clean=False).publish()


def become_due(page):
    past = timezone.now() - HOUR
    for revision in page.revisions.exclude(approved_go_live_at=None):
        Revision.objects.filter(pk=revision.pk).update(
            approved_go_live_at=past,
            content={**revision.content, "go_live_at": past.isoformat()},
        )


@pytest.fixture
def made_incomplete(author):
    """Return a page that was whole when its appointment was made, and is not when it is due."""
    page = OperatingModelFactory(owner=author, complete=True, title="No longer whole")
    schedule(page)
    become_due(page)
    revision = page.scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "phase": ""})
    return page


def test_appointment_of_an_unfinished_page_is_refused_in_the_form(as_editor, bare):
    later = (timezone.localtime() + HOUR).strftime("%Y-%m-%d %H:%M")
    data = model_form(bare, go_live_at=later, **{"action-publish": "1"})

    response = as_editor.post(reverse("wagtailadmin_pages:edit", args=[bare.pk]), data)

    assert "phase" in response.context["form"].errors
    assert bare.scheduled_revision is None


def test_appointment_is_refused_in_code(bare):
    with pytest.raises(PublicationRefused):
        schedule(bare)
    assert bare.scheduled_revision is None


def test_appointment_of_a_whole_page_is_kept(as_editor, whole):
    later = (timezone.localtime() + HOUR).strftime("%Y-%m-%d %H:%M")
    data = model_form(whole, go_live_at=later, **{"action-publish": "1"})

    assert_saved(as_editor.post(reverse("wagtailadmin_pages:edit", args=[whole.pk]), data))

    assert whole.scheduled_revision is not None
    assert publish_due().published == 0
    become_due(whole)
    assert publish_due().published == 1
    whole.refresh_from_db()
    assert whole.live


def test_one_refused_page_is_told_and_the_rest_go_on(made_incomplete, whole, editor, caplog):
    schedule(whole)
    become_due(whole)

    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=whole.pk).live
    assert not Page.objects.get(pk=made_incomplete.pk).live
    assert Page.objects.get(pk=made_incomplete.pk).scheduled_revision is None
    assert PageLogEntry.objects.filter(
        page=made_incomplete.pk, action="mallisto.publish.refused"
    ).exists()
    told = {receiver for message in delivered() for receiver in message.to}
    assert told == {editor.email, made_incomplete.owner.email}
    assert "Choose the phase of the development." in delivered()[0].body


def test_refusal_is_told_once(made_incomplete, editor):
    publish_due()
    publish_due()

    assert len(delivered()) == 2


def test_refusal_is_told_in_the_receivers_language(author, editor, made_incomplete):
    author.language = "sv"
    author.save()
    SectionGuidance.objects.filter(language="fi", kind="ideas").update(required=True)

    publish_due()

    bodies = {message.to[0]: message.body for message in delivered()}
    for user in (author, editor):
        with translation.override(user.language):
            heading = str(BY_KEY["ideas"].heading)
            expected = translation.gettext("The section “%(heading)s” is empty.")
        assert expected % {"heading": heading} in bodies[user.email]
    assert bodies[author.email] != bodies[editor.email]


def test_requirement_that_came_later_is_asked_when_due(whole):
    schedule(whole)
    become_due(whole)
    SectionGuidance.objects.filter(language="fi", kind="ideas").update(required=True)

    run = publish_due()

    assert (run.published, run.refused) == (0, 1)


def test_expired_page_is_taken_down(author):
    live = OperatingModelFactory(
        owner=author, complete=True, state="live", expire_at=timezone.now() + HOUR
    )
    Page.objects.filter(pk=live.pk).update(expire_at=timezone.now() - HOUR)

    run = publish_due()

    live.refresh_from_db()
    assert run.expired == 1
    assert (live.live, live.expired) == (False, True)


def test_unexpected_failure_leaves_the_appointment_and_the_rest_go_on(whole, author, monkeypatch):
    broken = OperatingModelFactory(owner=author, complete=True, title="Breaks")
    for page in (broken, whole):
        schedule(page)
        become_due(page)
    original = Revision.publish

    def publish(self, *args, **kwargs):
        if self.object_str == "Breaks":
            raise OSError("disk full")
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)

    run = publish_due()

    assert (run.published, run.failed) == (1, 1)
    assert broken.scheduled_revision is not None


def test_dry_run_changes_nothing(whole, capsys):
    schedule(whole)
    become_due(whole)

    call_command("publish_scheduled", dryrun=True)

    assert "Whole model" in capsys.readouterr().out
    whole.refresh_from_db()
    assert not whole.live


def test_the_command_is_ours():
    """Django takes the command of the app that stands first."""
    from django.core.management import get_commands

    assert get_commands()["publish_scheduled"] == "editorial"


def test_editors_without_a_stake_are_told_too(made_incomplete):
    other = UserFactory(role="editor")

    publish_due()

    assert other.email in {message.to[0] for message in delivered()}
