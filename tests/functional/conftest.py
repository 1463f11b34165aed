"""The people and drafts that tests through the portal's doors share."""

import pytest
from django.test import Client

from search import log
from tests.factories import OperatingModelFactory, UserFactory


@pytest.fixture
def author(db):
    """Return an account that writes models."""
    return UserFactory(role="author", email="author@example.org")


@pytest.fixture
def editor(db):
    """Return an account that reviews."""
    return UserFactory(role="editor", email="editor@example.org")


@pytest.fixture
def administrator(db):
    """Return an account that administers the portal and is no superuser."""
    return UserFactory(role="administrator", email="admin@example.org")


@pytest.fixture
def as_author(client, author):
    """Return the author's browser."""
    client.force_login(author)
    return client


@pytest.fixture
def as_editor(client, editor):
    """Return the editor's browser."""
    client.force_login(editor)
    return client


@pytest.fixture
def as_administrator(administrator):
    """Return the administrator's browser, beside another's."""
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def bare(author):
    """Return a draft that has a name and nothing else."""
    return OperatingModelFactory(owner=author, title="Bare model")


@pytest.fixture
def whole(author):
    """Return a draft that lacks nothing."""
    return OperatingModelFactory(owner=author, title="Whole model", complete=True)


@pytest.fixture
def counting(settings):
    """Count searches, from none on."""
    settings.SEARCH_LOG_DAYS = 180
    log.discard()
    yield
    log.discard()
