"""What tests of the review view share: a model that waits, and another editor."""

import pytest

from editorial.models import ChecklistQuestion
from tests.factories import UserFactory, submit


@pytest.fixture
def no_required_questions(db):
    """Let each test say what the checklist asks for."""
    ChecklistQuestion.objects.update(required=False)


@pytest.fixture
def waiting(whole):
    """Return the author's model, submitted."""
    submit(whole)
    return whole


@pytest.fixture
def colleague(db):
    """Return another editor."""
    return UserFactory(role="editor", first_name="Aino", last_name="Apuri")
