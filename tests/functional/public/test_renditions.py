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


def status(client, address):
    """Return the status; a file in the answer is read, which closes it."""
    response = client.get(address)
    b"".join(response)
    return response.status_code


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


def test_a_picture_that_leaves_a_public_page_leaves_public_view(
    client, django_capture_on_commit_callbacks
):
    """Whoever kept its address does not get it; a page that still shows it keeps it public."""
    gone, stays, shared = (ImageFactory() for _one in range(3))
    sections = {kind.key: "Text." for kind in SUMMARY_KINDS}
    sections["tips"] = [block_values.image(image.pk, "Kuva") for image in (gone, stays, shared)]
    page = OperatingModelFactory(complete=True, sections=sections)
    other = OperatingModelFactory(complete=True, cover_image=shared, cover_alt="Kansi")
    for one in (page, other):
        publish(one, django_capture_on_commit_callbacks)
    addresses = [image.renditions.first().url for image in (gone, stays, shared)]
    assert [status(client, address) for address in addresses] == [200] * 3

    draft = page.get_latest_revision_as_object()
    del draft.tips[2], draft.tips[0]
    draft.save_revision()
    assert [status(client, address) for address in addresses] == [200] * 3
    page.refresh_from_db()
    publish(page, django_capture_on_commit_callbacks)

    assert [status(client, address) for address in addresses] == [404, 200, 200]
    gone.refresh_from_db()
    assert status(client, gone.get_rendition("max-480x1200|format-webp").url) == 404
