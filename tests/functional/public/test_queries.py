"""Public pages ask the database as often for many models as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CollectionFactory, ImageFactory, OperatingModelFactory

pytestmark = pytest.mark.django_db


def queries(client, url):
    """How many queries a page takes once what can be cached is."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_take_as_many_queries_for_many_models(client):
    collection = CollectionFactory(state="live")
    pages = ("/fi/", "/fi/toimintamallit/", "/fi/kokonaisuudet/", collection.url, "/fi/syote/")

    def more(number):
        for _ in range(number):
            OperatingModelFactory(
                complete=True,
                state="live",
                collections=[collection],
                cover_image=ImageFactory(),
                cover_alt="Kuva",
            )

    more(2)
    few = {url: queries(client, url) for url in pages}
    more(7)
    many = {url: queries(client, url) for url in pages}
    assert many == few
    assert max(many.values()) < 40
