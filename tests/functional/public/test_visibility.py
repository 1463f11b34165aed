"""What the public never gets: drafts, expired and restricted pages, and the files of these."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from models_pages import block_values
from tests.factories import DocumentFactory, ImageFactory, OperatingModelFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db):
    return DocumentFactory()


@pytest.fixture
def model(document):
    page = OperatingModelFactory(complete=True)
    page.attachments = [("attachment", {"document": document, "title": ""})]
    page.save()
    page.save_revision()
    return page


def status(client, url):
    """The status of the answer; a file in it is read, which closes it."""
    response = client.get(url)
    b"".join(response)
    return response.status_code


def publish(page):
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


def test_a_draft_is_not_served(client, model):
    assert client.get(model.url).status_code == 404
    publish(model)
    assert client.get(model.url).status_code == 200


def test_an_expired_page_is_not_served_before_the_scheduler_has_run(client, model):
    publish(model)
    type(model).objects.filter(pk=model.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert client.get(model.url).status_code == 404
    assert client.get(f"{model.url}kehittamisen-polku/").status_code == 404
    assert model.title not in client.get("/fi/toimintamallit/").content.decode()
    assert model.title not in client.get("/fi/").content.decode()
    assert model.url not in client.get("/sitemap.xml").content.decode()
    assert model.title not in client.get("/fi/syote/").content.decode()


def test_a_restricted_page_is_neither_served_nor_listed(client, model):
    publish(model)
    PageViewRestriction.objects.create(page=model, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(model.url)
    assert response.status_code == 302
    assert "login" in response.url
    assert model.title not in client.get("/fi/toimintamallit/").content.decode()
    assert model.url not in client.get("/sitemap.xml").content.decode()


class TestDocuments:
    def test_one_that_only_a_draft_uses_is_not_there(self, client, model, document):
        assert status(client, document.url) == 404

    def test_one_that_nothing_uses_is_not_there(self, client, document):
        assert status(client, document.url) == 404

    def test_one_that_a_live_page_uses_is_served(self, client, model, document):
        publish(model)
        assert status(client, document.url) == 200

    def test_one_in_a_section_is_served(self, client, document):
        page = OperatingModelFactory(
            complete=True,
            sections={
                **dict.fromkeys(("environment", "target_group", "tips"), "Text."),
                **dict.fromkeys(("conditions", "evaluation"), "Text."),
                "basic_idea": [block_values.attachment(document.pk)],
            },
        )
        assert status(client, document.url) == 404
        publish(page)
        assert status(client, document.url) == 200

    def test_one_of_an_expired_page_is_not_there(self, client, model, document):
        publish(model)
        past = timezone.now() - timedelta(minutes=1)
        type(model).objects.filter(pk=model.pk).update(expire_at=past)
        assert status(client, document.url) == 404

    def test_one_of_a_restricted_page_is_not_there_without_login(self, client, model, document):
        publish(model)
        PageViewRestriction.objects.create(page=model, restriction_type=PageViewRestriction.LOGIN)
        assert status(client, document.url) == 404
        client.force_login(UserFactory())
        assert status(client, document.url) == 200

    def test_a_drafts_document_is_for_its_authors_and_editors(self, client, model, document):
        owner, stranger = UserFactory(role="author"), UserFactory(role="author")
        type(model).objects.filter(pk=model.pk).update(owner=owner)
        for user, answer in (
            (owner, 200),
            (stranger, 404),
            (UserFactory(role="editor"), 200),
            (UserFactory(), 404),
        ):
            client.force_login(user)
            assert status(client, document.url) == answer

    def test_one_that_was_taken_out_of_the_live_page_is_not_there(self, client, model, document):
        publish(model)
        model.attachments = []
        model.save_revision().publish()
        assert status(client, document.url) == 404


class TestImages:
    def test_originals_are_not_served(self, client, settings):
        image = ImageFactory()
        assert status(client, f"/media/{image.file.name}") == 404

    def test_renditions_are_served(self, client):
        image = ImageFactory()
        OperatingModelFactory(complete=True, state="live", cover_image=image, cover_alt="Kansi")
        rendition = image.get_rendition("width-200")
        response = client.get(rendition.url)
        assert response.status_code == 200
        assert response["Cache-Control"].startswith("public")
        b"".join(response)

    def test_those_of_a_picture_that_no_public_page_shows_are_not(self, client):
        assert status(client, ImageFactory().get_rendition("width-200").url) == 404

    def test_no_other_file_is_served(self, client, document):
        for path in (
            f"/media/{document.file.name}",
            "/media/images/../documents/x.txt",
            "/media/images/%2e%2e/secret_key",
        ):
            assert status(client, path) == 404
