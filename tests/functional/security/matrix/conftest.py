"""One world for all tests of a file: made once, in a transaction that is never committed."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import override_settings

from .asking import Asking
from .world import build


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Return the folder of the world's files and index."""
    return tmp_path_factory.mktemp("matrix")


@pytest.fixture(scope="module")
def world(media, django_db_setup, django_db_blocker):
    """Make the world; undo it after the file's tests."""
    folders = {"MEDIA_ROOT": media / "media", "SEARCH_INDEX_DIR": media / "index"}
    with django_db_blocker.unblock(), override_settings(**folders), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asking(world):
    """Return what asks in every role."""
    return Asking(world)


@pytest.fixture(autouse=True)
def _own_data_folder():
    """Leave the world's folders as they are, for all tests of the file."""
