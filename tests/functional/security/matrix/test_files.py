"""Originals are for nobody, and no number or content tells whether a file of others is there.

Who is served which document is asked in ``test_matrix.py`` (``wagtaildocs_serve``).
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from .arguments import MISSING
from .asking import REFUSED
from .rules import ANONYMOUS, COAUTHOR, EDITOR, OTHER, OWNER, ROLES
from .world import SECRET

pytestmark = pytest.mark.django_db
STRANGERS = (OTHER, ANONYMOUS)


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_originals_are_for_nobody(world, asking, kind):
    for thing in world.objects[kind]:
        name = thing.file.file.name
        assert thing.file.file.storage.exists(name)
        for role in ROLES:
            for path in (
                f"/media/{name}",
                f"/media/images/../{name}",
                f"/media/images/%2e%2e/{name}",
            ):
                assert asking.ask(role, "GET", path).verdict == REFUSED, (role, path)


def same(asking, role, there, missing):
    """Return whether two addresses are answered alike, their numbers apart, and tell nothing."""
    answers = [asking.ask(role, "GET", url) for url in (there, missing)]
    whys = [re.sub(r"\d+", "", answer.why) for answer in answers]
    telling = any(answer.told(SECRET) for answer in answers)
    return whys[0] == whys[1] and not telling, [
        (answer.why, answer.around(SECRET)) for answer in answers
    ]


BY_NUMBER = {
    "documents": [
        "wagtaildocs_chooser:chosen",
        "wagtaildocs:edit",
        "wagtaildocs:delete",
        "wagtaildocs:document_usage",
        "wagtailadmin_api:documents:detail",
    ],
    "images": [
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:select_format",
        "wagtailimages:edit",
        "wagtailimages:delete",
        "wagtailimages:image_usage",
        "wagtailadmin_api:images:detail",
    ],
}


@pytest.mark.parametrize("kind", BY_NUMBER)
def test_a_number_tells_nothing_of_what_is_there(world, asking, kind):
    thing = world.one(kind, "of draft")
    for name in BY_NUMBER[kind]:
        for role in STRANGERS:
            there, missing = (reverse(name, args=[pk]) for pk in (thing.file.pk, MISSING))
            for url in (there, missing):
                answer = asking.ask(role, "GET", url)
                assert answer.verdict == REFUSED, (name, role)
                assert not answer.told(SECRET), (name, role)


def test_a_document_that_is_not_there_and_one_of_others_are_answered_alike(world, asking):
    thing = world.one("documents", "of draft")
    name = thing.file.filename
    for role in (OTHER, ANONYMOUS):
        urls = (f"/documents/{thing.file.pk}/{name}", f"/documents/{MISSING}/{name}")
        alike, answers = same(asking, role, *urls)
        assert alike, answers
        # Nor does another name beside the number.
        urls = (f"/documents/{thing.file.pk}/x.txt", f"/documents/{MISSING}/x.txt")
        alike, answers = same(asking, role, *urls)
        assert alike, answers


def test_choosing_by_number_answers_alike(world, asking):
    for kind, chooser in (
        ("documents", "wagtaildocs_chooser"),
        ("images", "wagtailimages_chooser"),
    ):
        url = reverse(f"{chooser}:chosen_multiple")
        pk = world.one(kind, "of draft").file.pk
        alike, answers = same(asking, OTHER, f"{url}?id={pk}", f"{url}?id={MISSING}")
        assert alike, answers


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("documents", "wagtaildocs:add_multiple"),
        ("images", "wagtailimages:add_multiple"),
        ("documents", "wagtaildocs_chooser:create"),
        ("images", "wagtailimages_chooser:create"),
    ],
)
def test_the_same_content_tells_nothing_of_what_is_there(world, asking, kind, address):
    thing = world.one(kind, "of draft")
    with thing.file.open_file() as stored:
        content = stored.read()
    prefix = "document-chooser-upload-" if kind == "documents" else "image-chooser-upload-"

    for role, is_told in ((OTHER, False), (EDITOR, None)):
        ending = "txt" if kind == "documents" else "png"
        file = SimpleUploadedFile(f"mine.{ending}", content)
        data = {"files[]": file} if "multiple" in address else {f"{prefix}file": file}
        data |= {f"{prefix}title": "Mine", "title": "Mine"}
        answer = asking.ask(
            role,
            "POST",
            reverse(address),
            data,
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        if is_told is not None:
            assert not answer.told(SECRET), address
            assert '"duplicate": true' not in answer.text


def test_who_sees_the_draft_is_served_what_it_uses(world, asking):
    for label in ("of draft", "of review", "of changed"):
        url = world.one("documents", label).file.url
        served = {role for role in ROLES if asking.ask(role, "GET", url).verdict != REFUSED}
        assert served == {OWNER, COAUTHOR, "editor", "administrator"}, label
