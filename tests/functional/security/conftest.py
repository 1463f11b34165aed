"""People and a model that nobody but its owner and the editors may know of."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    OperatingModelFactory,
    UserFactory,
)

# A word that occurs nowhere else: where it is shown, a draft has leaked.
SECRET = "Salaisuusx"


def browser(user=None):
    """Return a browser, logged in where a user is given."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def author(db):
    """Return the one whose draft it is."""
    return UserFactory(role="author", first_name="Aino", last_name="Author")


@pytest.fixture
def stranger(db):
    """Return another author, who has nothing to do with it."""
    return UserFactory(role="author")


@pytest.fixture
def editor(db):
    """Return an editor."""
    return UserFactory(role="editor")


@pytest.fixture
def as_author(author):
    """Return the owner's browser."""
    return browser(author)


@pytest.fixture
def as_stranger(stranger):
    """Return the other author's browser."""
    return browser(stranger)


@pytest.fixture
def as_editor(editor):
    """Return the editor's browser."""
    return browser(editor)


@pytest.fixture
def document(author):
    """Return the draft's attachment."""
    return DocumentFactory(
        title=f"{SECRET} document",
        uploaded_by_user=author,
        file=ContentFile(b"text of the draft", name="salaisuusx.txt"),
    )


@pytest.fixture
def image(author):
    """Return the draft's picture."""
    return ImageFactory(title=f"{SECRET} picture", uploaded_by_user=author)


@pytest.fixture
def secret(author, document, image):
    """Return the author's whole draft, with a picture and an attachment."""
    return OperatingModelFactory(
        owner=author,
        complete=True,
        title=f"{SECRET} malli",
        slug="salaisuusx-malli",
        cover_image=image,
        cover_alt="A picture",
        attachments=[("attachment", {"document": document, "title": ""})],
    )
