"""The demo content as a newcomer meets it."""

import pytest

from models_pages.models import OperatingModelPage
from portal.demo import loader
from search.index import indexes, rebuild
from search.service import Asked, search

pytestmark = pytest.mark.django_db


def test_a_newcomer_who_searches_for_nothing_sees_models_first():
    loader.load(lambda title: None)
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    models = OperatingModelPage.objects.live().count()
    assert models >= 12
    shown = search(Asked(sort="newest"), "fi", per_page=models).hits
    assert {hit.type for hit in shown} == {"model"}
