"""What an autosave costs: it comes every few seconds from everybody who writes."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_pages import block_values
from models_pages.sections import BY_KEY
from tests.factories import OperatingModelFactory
from tests.functional.admin_forms import model_form

MOST = 60


def three_blocks(key):
    return [
        block_values.paragraph(f"<p>First of {key}.</p>"),
        block_values.subsection("A heading", "<p>Text under it.</p>"),
        block_values.quote("Words", "Somebody"),
    ]


def form_of(page, *, text, step="one", overwrite=None):
    """Return what the form posts by itself."""
    extra = {"overwrite_revision_id": overwrite} if overwrite else {}
    return model_form(page, environment=text, editing_step=step, **extra)


def autosave(client, page, data):
    """Post it; return the answer."""
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        data,
        headers={"Accept": "application/json"},
    )


@pytest.mark.parametrize("state", ["draft", "live"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "later"])
def test_autosave_of_a_long_model_takes_at_most_sixty_queries(
    as_author, author, state, again, record_property
):
    page = OperatingModelFactory(
        owner=author,
        complete=True,
        state=state,
        author_names=[f"Author {number}" for number in range(10)],
        sections={key: three_blocks(key) for key in BY_KEY},
    )
    # What a process asks once is asked now.
    autosave(as_author, page, form_of(page, text="Warm.", step="warm"))
    number = None
    if again:
        first = autosave(as_author, page, form_of(page, text="First."))
        number = json.loads(first.content)["revision_id"]
    data = form_of(page, text="Changed.", overwrite=number)

    with CaptureQueriesContext(connection) as queries:
        response = autosave(as_author, page, data)

    assert json.loads(response.content)["success"]
    page.refresh_from_db()
    assert "Changed." in str(page.latest_revision.as_object().environment)
    assert not again or page.latest_revision_id == number
    record_property("queries of an autosave", len(queries))
    assert len(queries) <= MOST, "\n".join(query["sql"][:200] for query in queries)
