"""An archived model: its address says so, and it is found nowhere else; restored by editors."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from editorial.keeping import archiving
from editorial.models import Decision
from editorial.review.scheduling import publish_due
from models_pages.coauthors import set_coauthors
from models_pages.completeness import PublicationRefused
from models_pages.models import OperatingModelPage, SectionGuidance
from tests.delivered import delivered
from tests.factories import OperatingModelFactory, UserFactory, submit


@pytest.fixture
def live(author):
    """Return a public model."""
    return OperatingModelFactory(owner=author, title="Live model", complete=True, state="live")


@pytest.fixture
def second(editor):
    """Return another public model."""
    return OperatingModelFactory(title="Second model", complete=True, state="live")


def archive_url(page):
    return reverse("editorial:archive", args=[page.pk])


def fresh(page):
    return OperatingModelPage.objects.get(pk=page.pk)


def test_the_address_answers_with_a_note_and_the_successor(client, author, live, second):
    client.force_login(author)
    client.post(archive_url(live), {"note": "It <b>ended</b>.", "successor": second.pk})
    client.logout()

    response = client.get(live.url)
    said = response.content.decode()

    assert response.status_code == 410
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in said
    assert "Live model" in said
    assert "It &lt;b&gt;ended&lt;/b&gt;." in said
    assert f'href="{second.url}"' in said
    assert "What the model is, in a sentence." not in said
    assert client.get(f"{live.url}kehittamisen-polku/").status_code == 410
    assert client.get(f"{live.url}muuta/").status_code == 404


def test_a_successor_that_is_no_longer_public_is_not_shown(client, author, live, second):
    archiving.archive(live, author, successor=second)
    second.unpublish()

    assert "Second model" not in client.get(live.url).content.decode()


def test_it_is_found_nowhere(client, author, live, second):
    pages = ["/fi/", "/fi/toimintamallit/", "/fi/syote/", "/sitemap.xml", "/api/v1/models/"]
    before = [live.url in client.get(url).content.decode() for url in pages]
    assert all(before[1:])

    archiving.archive(live, author)

    for url in pages:
        assert live.url not in client.get(url).content.decode(), url
    assert client.get(f"/api/v1/models/{live.pk}/").status_code == 404


def test_all_languages_go_together_and_come_back_together(client, author, editor, live):
    swedish = OperatingModelFactory(
        complete=True, state="live", language="sv", translation_key=live.translation_key
    )

    archiving.archive(live, author)
    assert client.get(swedish.url).status_code == 410

    archiving.restore(fresh(live), editor)
    assert client.get(swedish.url).status_code == 200
    assert client.get(live.url).status_code == 200
    assert fresh(live).archived_at is None


def test_the_log_names_who_and_why(author, editor, live):
    archiving.archive(live, author, "It ended.")
    archiving.restore(fresh(live), editor)

    restored, archived = Decision.objects.filter(page_id=live.pk)
    assert (archived.action, archived.reason, archived.editor) == ("archived", "It ended.", author)
    assert (restored.action, restored.editor) == ("restored", editor)


def test_its_people_are_told_when_somebody_else_archives_it(author, editor, live):
    co_author = UserFactory(role="author")
    set_coauthors(live, [co_author])
    delivered().clear()

    archiving.archive(live, editor, "It ended.")

    told = delivered()
    assert sorted(message.to[0] for message in told) == sorted([author.email, co_author.email])
    assert told[0].subject == "Archived: Live model"
    assert "It ended." in told[0].body


@pytest.mark.parametrize("role", ["author", "editor"])
def test_who_may_archive(client, live, role):
    other = UserFactory(role=role)
    client.force_login(other)

    client.post(archive_url(live), {})

    assert fresh(live).is_archived == (role == "editor")


def test_authors_do_not_restore_what_was_public(client, author, live):
    archiving.archive(live, author)
    client.force_login(author)

    client.post(reverse("editorial:restore", args=[live.pk]))

    assert not fresh(live).live
    assert client.get(reverse("wagtailadmin_pages:edit", args=[live.pk])).status_code == 200


def test_restoring_asks_what_is_required_by_now(client, author, editor, live):
    archiving.archive(live, author)
    SectionGuidance.objects.filter(language="fi", kind="ideas").update(required=True)

    with pytest.raises(PublicationRefused):
        archiving.restore(fresh(live), editor)
    client.force_login(editor)
    response = client.post(reverse("editorial:restore", args=[live.pk]), follow=True)

    assert response.status_code == 200
    assert "cannot be published yet" in response.content.decode()
    assert fresh(live).is_archived


def test_what_comes_back_is_what_was_public_and_no_draft_is_lost(author, editor, live):
    draft = live.get_latest_revision_as_object()
    draft.title = "A later draft"
    draft.save_revision(user=author)

    archiving.archive(fresh(live), author)
    archiving.restore(fresh(live), editor)

    page = fresh(live)
    assert (page.title, page.live, page.has_unpublished_changes) == ("Live model", True, True)
    assert page.get_latest_revision_as_object().title == "A later draft"


def test_approving_a_new_version_takes_it_out_of_the_archive(author, editor, live):
    archiving.archive(live, author)
    page = fresh(live).get_latest_revision_as_object()
    page.title = "Revived"
    page.save_revision(user=author)

    fresh(live).latest_revision.publish(user=editor)

    page = fresh(live)
    assert (page.live, page.title, page.archived_at) == (True, "Revived", None)


def test_a_review_and_an_appointment_end(author, live):
    live.get_latest_revision_as_object().save_revision(user=author)
    submit(fresh(live))
    page = fresh(live)
    page.revisions.filter(pk=page.latest_revision_id).update(
        approved_go_live_at=timezone.now() + timezone.timedelta(hours=1)
    )

    archiving.archive(fresh(live), author)

    assert not fresh(live).workflow_in_progress
    publish_due(timezone.now() + timezone.timedelta(days=2))
    assert fresh(live).is_archived


def test_a_draft_is_put_aside_and_its_address_stays_empty(client, author, bare):
    client.force_login(author)
    client.post(archive_url(bare), {})
    assert fresh(bare).is_archived
    assert client.get(fresh(bare).url).status_code == 404

    client.post(reverse("editorial:restore", args=[bare.pk]))
    assert not fresh(bare).is_archived
    assert not fresh(bare).live


def test_looking_archives_nothing(as_author, live):
    assert as_author.get(archive_url(live)).status_code == 200
    assert fresh(live).live


def test_a_successor_must_be_another_public_model(as_author, live, bare):
    hidden = OperatingModelFactory(title="A hidden draft")
    for wrong in (live.pk, bare.pk, hidden.pk, "x", "9" * 30):
        response = as_author.post(archive_url(live), {"note": "Kept text", "successor": wrong})
        assert response.status_code == 200
        assert "Kept text" in response.content.decode()
        assert "hidden draft" not in response.content.decode()
    assert fresh(live).live


def test_a_copy_is_not_archived(author, editor, live):
    archiving.archive(live, author)
    copy = fresh(live).copy(update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False)

    assert copy.archived_at is None
    assert copy.confirmed_on is None


def test_editors_see_the_archive(as_editor, author, live):
    assert "The archive is empty" in as_editor.get(reverse("editorial:archived")).content.decode()
    archiving.archive(live, author)

    said = as_editor.get(reverse("editorial:archived")).content.decode()
    assert "Live model" in said
    assert reverse("editorial:restore", args=[live.pk]) in said
    assert Page.objects.filter(pk=live.pk).exists()


def test_its_owner_finds_it_among_the_own_models(as_author, author, live, bare):
    archiving.archive(live, author)
    url = reverse("editorial:own_models")

    archived = as_author.get(url, {"state": "archived"}).content.decode()
    drafts = as_author.get(url, {"state": "draft"}).content.decode()

    assert "Live model" in archived
    assert "Bare model" not in archived
    assert "Live model" not in drafts
    assert "Bare model" in drafts
