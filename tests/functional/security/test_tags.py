"""Tags of files are completed for everybody: they are words of editors, not of drafts."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from models_pages.models import PortalDocument, PortalImage
from tests.factories import png

TAG = "salaisuusxtag"


def upload(client, kind, name, content, **more):
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse(f"{kind}:add"), {"title": "New", "file": file, "collection": 1, **more}
    )


def test_an_author_tags_nothing(as_author, author):
    upload(as_author, "wagtaildocs", "a.txt", b"text", tags=TAG)
    upload(as_author, "wagtailimages", "a.png", png(6, 4), tags=TAG)

    for model in (PortalDocument, PortalImage):
        file = model.objects.get(title="New")
        assert file.uploaded_by_user == author
        assert list(file.tags.names()) == []
    many = reverse("wagtail_bulk_action", args=["models_pages", "portaldocument", "add_tags"])
    number = PortalDocument.objects.get(title="New").pk
    assert as_author.post(f"{many}?id={number}", {"tags": TAG}).status_code == 302
    assert list(PortalDocument.objects.get(pk=number).tags.names()) == []


def test_an_editor_does(as_editor):
    upload(as_editor, "wagtaildocs", "a.txt", b"text", tags="forms")

    assert list(PortalDocument.objects.get(title="New").tags.names()) == ["forms"]
    assert "forms" in as_editor.get(reverse("wagtaildocs:index")).content.decode()
