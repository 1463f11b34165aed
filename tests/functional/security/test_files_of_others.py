"""Files follow their pages: a number typed into a draft of one's own opens nobody's file."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from models_pages import block_values
from models_pages.coauthors import set_coauthors
from models_pages.models import PortalDocument, PortalImage
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    OperatingModelFactory,
    UserFactory,
    png,
    submit,
)
from tests.functional.admin_forms import model_form
from tests.functional.security.conftest import SECRET, browser


def status(client, url):
    """Return the status; a file in the answer is read, which closes it."""
    response = client.get(url)
    b"".join(response)
    return response.status_code


def kept(client, url):
    """Return how an answer may be kept; read, as above."""
    response = client.get(url)
    b"".join(response)
    return response["Cache-Control"].split(",")[0]


def publish(page):
    page.save_revision(clean=False).publish()


def test_a_document_of_a_draft_is_only_for_its_people(secret, document, as_author, as_stranger):
    assert status(as_author, document.url) == 200
    assert status(as_stranger, document.url) == 404
    assert status(browser(), document.url) == 404


def test_its_number_in_a_draft_of_ones_own_opens_no_file(secret, document, stranger, as_stranger):
    OperatingModelFactory(
        owner=stranger, attachments=[("attachment", {"document": document, "title": ""})]
    )

    assert status(as_stranger, document.url) == 404


def test_a_co_author_downloads_what_the_owner_attached(secret, document, stranger, as_stranger):
    set_coauthors(secret, [stranger])

    assert status(as_stranger, document.url) == 200


def test_no_condition_tells_whether_a_document_is_there(secret, document):
    for header in ({"If-None-Match": "*"}, {"If-None-Match": f'"{document.get_file_hash()}"'}):
        assert browser().get(document.url, headers=header).status_code == 404


@pytest.mark.parametrize("number", ["99999999999999999999999", "0", "1" * 300])
def test_numbers_that_no_document_has(db, number):
    assert status(browser(), f"/documents/{number}/x.txt") == 404


# Choosing


def test_authors_choose_among_their_own_and_what_is_public(
    secret, document, image, as_stranger, as_editor, stranger
):
    mine = DocumentFactory(title="Mine", uploaded_by_user=stranger)
    shown = OperatingModelFactory(
        complete=True,
        attachments=[
            ("attachment", {"document": DocumentFactory(title="Shown"), "title": ""}),
        ],
    )
    publish(shown)
    url = reverse("wagtaildocs_chooser:choose_results")

    body = as_stranger.get(url).content.decode()

    assert mine.title in body
    assert "Shown" in body
    assert SECRET not in body
    assert SECRET in as_editor.get(url).content.decode()


# An author changes nothing that is public, or that an editor is deciding on


def replace(client, media, content, **more):
    name = "wagtaildocs:edit" if isinstance(media, PortalDocument) else "wagtailimages:edit"
    return client.post(
        reverse(name, args=[media.pk]),
        {"title": "Replaced", "collection": media.collection_id, "file": content, **more},
    )


@pytest.fixture
def other_text():
    return SimpleUploadedFile("other.txt", b"not what was approved", "text/plain")


def stored(document):
    document = PortalDocument.objects.get(pk=document.pk)
    with document.open_file() as file:
        return document.title, file.read()


def test_an_author_replaces_the_file_of_a_draft(secret, document, as_author, other_text):
    replace(as_author, document, other_text)

    assert stored(document) == ("Replaced", b"not what was approved")


def test_but_not_of_a_live_page(secret, document, as_author, other_text):
    publish(secret)
    before = stored(document)

    replace(as_author, document, other_text)
    as_author.post(reverse("wagtaildocs:delete", args=[document.pk]))

    assert stored(document) == before


def test_nor_of_a_page_in_review(secret, document, as_author, other_text):
    submit(secret)
    before = stored(document)

    replace(as_author, document, other_text)

    assert stored(document) == before


def test_nor_of_the_next_version_in_review_of_a_live_page(
    secret, document, as_author, author, other_text
):
    secret.attachments = []
    publish(secret)
    draft = secret.get_latest_revision_as_object()
    draft.attachments = [("attachment", {"document": document, "title": ""})]
    draft.save_revision(user=author)
    secret.refresh_from_db()
    submit(secret, author)
    before = stored(document)

    replace(as_author, document, other_text)

    assert stored(document) == before


def test_nor_the_picture_of_a_live_page(secret, image, as_author):
    publish(secret)
    other = SimpleUploadedFile("other.png", png(colour="#ffffff"), "image/png")

    replace(as_author, image, other, description="Other", tags="")
    as_author.post(reverse("wagtailimages:delete", args=[image.pk]))
    as_author.post(
        reverse("wagtail_bulk_action", args=["models_pages", "portalimage", "delete"])
        + f"?id={image.pk}"
    )

    assert PortalImage.objects.get(pk=image.pk).title == image.title


def test_an_editor_does(secret, document, as_editor, other_text):
    publish(secret)

    replace(as_editor, document, other_text)

    assert stored(document)[0] == "Replaced"


# Pictures


def test_a_picture_of_a_draft_has_no_address_to_guess(image):
    again = [ImageFactory(file=ContentFile(png(), name="same.png")) for _time in range(2)]

    names = [Path(found.file.name).name for found in again]
    assert all(re.fullmatch(r"[0-9a-f]{16}-same.*\.png", name) for name in names)
    assert len({name[:16] for name in names}) == 2


def test_a_picture_of_a_draft_is_shown_to_those_who_see_the_draft(
    author, stranger, editor, secret, image
):
    coauthor = UserFactory(role="author")
    set_coauthors(secret, [coauthor])
    known = image.get_rendition("max-165x165").url

    assert [status(browser(user), known) for user in (author, coauthor, editor)] == [200] * 3
    assert [status(browser(user), known) for user in (None, stranger)] == [404] * 2
    assert kept(browser(author), known) == "private"

    publish(secret)
    assert status(browser(), known) == 200
    assert kept(browser(), known) == "public"


@pytest.mark.parametrize(
    "path",
    [
        "images/",
        "images/..%2f..%2fsecret_key",
        "images/%2e%2e/documents/doc-0.txt",
        "images/..\\..\\secret_key",
        "images//etc/passwd",
        "images/%00.png",
        "images/" + "a" * 300 + ".png",
        "original_images/x.png",
        "documents/doc-0.txt",
        "avatar_images/x.png",
    ],
)
def test_no_path_leads_out_of_the_renditions(db, path):
    assert status(browser(), f"/media/{path}") == 404


# Numbers in the form


FOREIGN = "may not use"


def save(client, page, **changes):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), model_form(page, **changes)
    )


@pytest.fixture
def own(stranger):
    return OperatingModelFactory(owner=stranger, title="Own model")


def test_a_form_takes_no_number_of_a_file_that_its_writer_may_not_choose(
    secret, document, image, own, as_stranger
):
    for changes in (
        {"cover_image": image.pk},
        {"attachments": [block_values.attachment(document.pk)]},
        {"adapted_from": secret.pk},
        {"tips": f'<a linktype="page" id="{secret.pk}">x</a>'},
    ):
        response = save(as_stranger, own, **changes)
        assert response.status_code == 200, changes
        assert FOREIGN in str(response.context["form"].errors)


def forged(kind, number):
    """Return what the text editor would post of a text with a link to a number."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "aaaaa",
                    "text": "Own words.",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
                }
            ],
            "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": {"id": number}}},
        }
    )


@pytest.mark.parametrize("is_wrong_besides", [False, True])
@pytest.mark.parametrize("door", ["edit", "add"])
def test_nor_does_the_form_that_is_shown_again_tell_of_it(
    secret, document, image, own, stranger, as_stranger, is_wrong_besides, door
):
    picture = block_values.image(image.pk, "Words of a picture")
    blocks = [picture, block_values.attachment(document.pk)]
    if is_wrong_besides:
        # Where the section itself is in error, nothing was asked of its references.
        blocks.append({"type": "link", "value": {"title": "Own link", "url": "no address"}})
    for changes in (
        {"cover_image": image.pk},
        {"attachments": blocks[1:]},
        {"tips": blocks},
        {"further_sections": [{"type": "section", "value": {"heading": "Own", "body": blocks}}]},
        {"adapted_from": secret.pk},
        {"basic_idea": "LINK", "number": secret.pk},
        {"basic_idea": "DOCUMENT", "number": document.pk},
    ):
        number = changes.pop("number", None)
        data = model_form(own, **changes) | ({"title": ""} if is_wrong_besides else {})
        if number:
            data["basic_idea-0-value"] = forged(changes["basic_idea"], number)
        url = reverse("wagtailadmin_pages:edit", args=[own.pk])
        if door == "add":
            url = reverse(
                "wagtailadmin_pages:add",
                args=["models_pages", "operatingmodelpage", own.get_parent().pk],
            )
        response = as_stranger.post(url, data)

        assert response.status_code == 200, changes
        told = response.content.decode().lower()
        assert SECRET.lower() not in told, told[told.index(SECRET.lower()) - 200 :][:300]
        if number:
            assert "Own words." in response.content.decode()
