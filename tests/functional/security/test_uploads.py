"""What authors may upload, and that nothing of it runs in a reader's browser."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from models_pages import block_values
from models_pages.models import PortalDocument, PortalImage
from tests.factories import OperatingModelFactory
from tests.functional.security.conftest import browser

HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def upload_document(client, name, content, declared="text/plain"):
    """Upload through the chooser of the form and through the list of documents."""
    for url, prefix in (
        (reverse("wagtaildocs_chooser:create"), "document-chooser-upload-"),
        (reverse("wagtaildocs:add_multiple"), ""),
        (reverse("wagtaildocs:add"), ""),
    ):
        files = "files[]" if "multiple" in url else f"{prefix}file"
        client.post(
            url,
            {
                f"{prefix}title": "Uploaded",
                f"{prefix}collection": 1,
                files: SimpleUploadedFile(name, content, declared),
            },
            headers={"X-Requested-With": "XMLHttpRequest"},
        )


@pytest.mark.parametrize(
    "name",
    ["x.html", "x.HTM", "x.svg", "x.xhtml", "x.xml", "x.js", "x.exe", "x.php", "x.txt.html", "x"],
)
def test_files_that_run_are_not_taken(as_author, name):
    upload_document(as_author, name, HTML)

    assert not PortalDocument.objects.exists()


@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.pdf", "x.rtf", "x.zip", "x.docx"])
@pytest.mark.parametrize("content", [HTML, SVG])
def test_a_page_under_another_name_is_never_shown_as_one(as_author, name, content):
    upload_document(as_author, name, content, "text/html")
    document = PortalDocument.objects.first()
    if document is None:
        return
    OperatingModelFactory(
        complete=True,
        attachments=[("attachment", {"document": document, "title": ""})],
        state="live",
    )

    response = browser().get(document.url)
    b"".join(response)

    assert response.status_code == 200
    assert "html" not in response.headers["Content-Type"]
    assert "svg" not in response.headers["Content-Type"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    if not name.endswith(".pdf"):
        assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "a\r\nSet-Cookie: x=1.txt", '"><svg>.txt', "ä.txt"]
)
def test_names_of_files_are_only_names(as_author, name, settings):
    upload_document(as_author, name, b"text")
    document = PortalDocument.objects.first()
    if document is None:
        return

    response = as_author.get(document.url)
    b"".join(response)

    assert response.status_code == 200
    assert "x" not in response.cookies
    assert document.file.name.startswith("documents/")
    assert ".." not in document.file.name
    page = OperatingModelFactory(
        complete=True,
        state="live",
        attachments=[("attachment", {"document": document, "title": ""})],
    )
    assert "<svg>" not in browser().get(page.url).content.decode()


def test_a_document_that_is_too_big_is_not_taken(as_author, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000

    upload_document(as_author, "x.txt", b"x" * 1001)

    assert not PortalDocument.objects.exists()


def test_an_archive_is_kept_closed(as_author):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.txt", b"x")
        archive.writestr("big", b"\0" * 5_000_000)

    upload_document(as_author, "x.zip", held.getvalue(), "application/zip")

    document = PortalDocument.objects.first()
    assert document.file.size == len(held.getvalue())


# Pictures


def upload_image(client, name, content, declared="image/png"):
    """Upload through the chooser of the form and through the list of images."""
    prefix = "image-chooser-upload-"
    client.post(
        reverse("wagtailimages_chooser:create"),
        {
            f"{prefix}title": "Uploaded",
            f"{prefix}collection": 1,
            f"{prefix}file": SimpleUploadedFile(name, content, declared),
        },
    )
    client.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "Uploaded",
            "collection": 1,
            "files[]": SimpleUploadedFile(name, content, declared),
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", SVG),
        ("x.png", SVG),
        ("x.jpg", HTML),
        ("x.gif", b"GIF89a/*" + HTML),
        ("x.html", HTML),
        ("x.ico", b"\0\0\1\0"),
    ],
)
def test_pictures_that_are_none_are_not_taken(as_author, name, content):
    # Wagtail has no kind word for a file that only begins as a picture does.
    as_author.raise_request_exception = False
    upload_image(as_author, name, content)

    assert not PortalImage.objects.exists()


def test_a_small_file_of_a_huge_picture_is_not_taken(as_author):
    held = io.BytesIO()
    Picture.new("1", (11_000, 11_000)).save(held, "PNG")
    assert len(held.getvalue()) < 100_000

    upload_image(as_author, "x.png", held.getvalue())

    assert not PortalImage.objects.exists()


def test_what_a_picture_carries_besides_is_not_served(author):
    held = io.BytesIO()
    Picture.new("RGB", (300, 300)).save(held, "PNG")
    image = PortalImage(title="Polyglot", uploaded_by_user=author)
    image.file = ContentFile(held.getvalue() + HTML, name="x.png")
    image.save()
    page = OperatingModelFactory(complete=True)
    page.basic_idea = [block_values.image(image.pk, "A picture")]
    page.save_revision(clean=False).publish()

    rendition = image.get_rendition("max-200x200|format-webp")
    response = browser().get(rendition.url)

    assert b"<script>" not in b"".join(response)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
