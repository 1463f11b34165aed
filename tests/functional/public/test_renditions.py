"""Pictures are made when a page is published, so that no reader waits for them."""

import pytest

from models_pages import block_values
from models_pages.models import PortalRendition
from models_pages.sections import SUMMARY_KINDS
from tests.factories import ImageFactory, OperatingModelFactory

pytestmark = pytest.mark.django_db


def publish(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish()


def test_readers_make_no_pictures(client, django_capture_on_commit_callbacks):
    sections = {kind.key: "Text." for kind in SUMMARY_KINDS}
    sections["tips"] = [block_values.image(ImageFactory().pk, "Kuva")]
    page = OperatingModelFactory(
        complete=True, sections=sections, cover_image=ImageFactory(), cover_alt="Kansi"
    )
    publish(page, django_capture_on_commit_callbacks)
    made = PortalRendition.objects.count()
    assert made > 3
    for url in (page.url, f"{page.url}kehittamisen-polku/", "/fi/toimintamallit/", "/fi/"):
        assert "/media/images/" in client.get(url).content.decode() or url == "/fi/"
    assert PortalRendition.objects.count() == made


def test_a_broken_picture_does_not_stop_publication(client, django_capture_on_commit_callbacks):
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    page = OperatingModelFactory(complete=True, cover_image=image, cover_alt="Kansi")
    publish(page, django_capture_on_commit_callbacks)
    assert client.get(page.url).status_code == 200
