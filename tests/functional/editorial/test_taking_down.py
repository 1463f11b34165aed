"""An editor takes a public page down at once, with a reason that is logged and told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Message
from editorial.models import Decision
from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory

REASON = "Asiakas voidaan tunnistaa tekstistä."


@pytest.fixture
def public(author):
    """Return the author's public model."""
    return OperatingModelFactory(owner=author, complete=True, state="live", title="Public model")


def address(page):
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def test_from_that_moment_the_public_sees_it_no_more(as_editor, client, editor, public):
    url, revision = public.url, public.live_revision_id
    assert client.get(url).status_code == 200
    assert "Take it down now" in as_editor.get(address(public)).content.decode()
    answer = as_editor.post(address(public), {"reason": REASON}, follow=True)
    assert "is taken down" in answer.content.decode()
    assert client.get(url).status_code in {404, 410}
    assert client.get(f"{url}kehittamisen-polku/").status_code in {404, 410}
    made = Decision.objects.get()
    assert (made.action, made.editor, made.reason) == ("taken_down", editor, REASON)
    assert (made.page_id, made.revision_id) == (public.pk, revision)


def test_the_owner_and_co_authors_are_told_why_at_once(as_editor, editor, author, public):
    co_author = UserFactory(role="author")
    set_coauthors(public, [co_author], by=author)
    as_editor.post(address(public), {"reason": REASON})
    told = Message.objects.filter(key__startswith="taken-down:")
    assert {message.receiver for message in told} == {author, co_author}
    assert all(REASON in message.text and "Public model" in message.subject for message in told)
    assert not any(message.waits_for_digest for message in told)


def test_a_reason_is_asked_for(as_editor, public):
    answer = as_editor.post(address(public), {"reason": "  "})
    assert "Tell why the page is taken down." in answer.content.decode()
    assert OperatingModelPage.objects.get(pk=public.pk).live
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", ["author", None])
def test_authors_and_others_are_refused(client, author, public, role):
    client.force_login(author if role else UserFactory(role=None))
    assert client.get(address(public)).status_code == 302
    client.post(address(public), {"reason": REASON})
    assert OperatingModelPage.objects.get(pk=public.pk).live
    assert not Decision.objects.exists()


def test_strangers_are_led_to_the_login(client, public):
    assert "/admin/login/" in client.post(address(public), {"reason": REASON})["Location"]
    assert OperatingModelPage.objects.get(pk=public.pk).live


def test_an_author_learns_nothing_of_anothers_draft(client, public):
    other = UserFactory(role="author")
    draft = OperatingModelFactory(owner=other, title="Secret draft")
    client.force_login(public.owner)
    answer = client.get(address(draft), follow=True)
    assert "Secret draft" not in answer.content.decode()


def test_what_is_not_public_is_not_taken_down(as_editor, whole):
    answer = as_editor.post(address(whole), {"reason": REASON}, follow=True)
    assert "is not public" in answer.content.decode()
    assert not Decision.objects.exists()


def test_an_appointment_that_waits_is_cancelled(as_editor, public):
    draft = public.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=9)
    draft.save_revision(clean=False).publish()
    as_editor.post(address(public), {"reason": REASON})
    page = OperatingModelPage.objects.get(pk=public.pk)
    assert not page.live
    assert page.scheduled_revision is None


def test_an_editors_own_page_can_be_taken_down_too(client, editor):
    own = OperatingModelFactory(owner=editor, complete=True, state="live", title="Own")
    client.force_login(editor)
    client.post(address(own), {"reason": REASON})
    assert not OperatingModelPage.objects.get(pk=own.pk).live


def test_several_at_once_are_refused_because_each_needs_its_reason(as_editor, public):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    answer = as_editor.post(f"{bulk}?id={public.pk}", follow=True)
    assert "one at a time" in answer.content.decode()
    assert OperatingModelPage.objects.get(pk=public.pk).live
