"""The home page and the list of models stay quick with a hundred thousand models."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_pages.provisioning import provision_structure
from tests.factories_search import model

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/fi/", "/fi/toimintamallit/"])
def test_models_are_counted_and_ordered_without_reading_their_texts(client, address):
    """Beside the texts only a page of models is read, asked for by ids."""
    provision_structure()
    for number in range(3):
        model(f"Neuvola {number}")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.content.decode().count("Neuvola ") >= 3

    texts = [query["sql"] for query in captured if 'page"."basic_idea"' in query["sql"]]
    whole = [
        query["sql"]
        for query in captured
        if 'JOIN "wagtailcore_page"' in query["sql"]
        and 'FROM "models_pages_operatingmodelpage"' in query["sql"]
    ]
    assert not texts
    assert len(whole) == 1
    assert '"page_ptr_id" IN (' in whole[0]
    assert "COUNT" not in whole[0]
