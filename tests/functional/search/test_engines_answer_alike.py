"""A reader sees the same page whichever engine answers: hits, marked passages, facets, order."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search.index import answering, indexes, rebuild
from search.vocabularies import registry
from tests.factories_search import model, region, theme

pytestmark = pytest.mark.django_db

QUERIES = (
    "ikääntyneiden palvelut",
    "hyvinvointialueiden yhteistyö",
    '"etsivä työ"',
    "nuoret -työpaja",
    "kirjasto",
    "xyzzy",
    "",
)


@pytest.fixture
def models(portal):
    """Models that share words in many fields, with facets."""
    old, young = theme("ikaantyneet", "Ikääntyneet"), theme("nuoret", "Nuoret")
    east = region("ita", "Itäinen hyvinvointialue")
    town = region("kunta", "Itäkunta", parent=east, kind="municipality")
    registry.forget()
    rows = [
        ("Ikääntyneiden ateriapalvelu", [old], "Palvelu tuodaan kotiin yhteistyössä kirjaston"),
        ("Etsivä nuorisotyö", [young], "Nuorten etsivä työ hyvinvointialueella ja kunnassa"),
        ("Kirjasto kaikille", [old, young], "Kirjastossa ikääntyneet ja nuoret kohtaavat"),
        ("Työpaja nuorille", [young], "Etsivää työtä ja hyvinvointialueen yhteistyötä"),
    ]
    return [
        model(
            title,
            themes=themes,
            regions=[town if number % 2 else east],
            phase=("idea", "trial")[number % 2],
            first_published_at=timezone.now() - timedelta(days=number),
            sections={"basic_idea": f"{text}. " * 3, "trial": f"Kokeilussa {text.lower()}."},
        )
        for number, (title, themes, text) in enumerate(rows)
    ]


@pytest.fixture
def answers(models, client, settings, elasticsearch_url):
    """Return what the JSON and the page say to every query, by engine."""

    def asked():
        found = {}
        for text in QUERIES:
            for limits in ({}, {"theme": "nuoret"}, {"theme": "nuoret", "region": "ita"}):
                given = {"q": text, "lang": "fi", **limits}
                found[text, *limits] = client.get(reverse("search_api:search"), given).json()
                page = client.get(reverse("search:search"), given)
                assert page.status_code == 200
                found["page", text, *limits] = page.content.decode()
        return found

    rebuild.rebuild(indexes.get(indexes.TANTIVY))
    embedded = asked()
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"alike-{uuid.uuid4().hex[:12]}"
    index = indexes.get(indexes.ELASTICSEARCH)
    try:
        rebuild.rebuild(index)
        # Whatever else could answer must not: the local index is made empty.
        indexes.get(indexes.local_name()).engine.rebuild([])
        assert answering.ask(lambda engine: engine.name) == "elasticsearch"
        return embedded, asked()
    finally:
        index.engine.remove()


def test_the_page_and_the_json_are_the_same(answers):
    embedded, server = answers
    assert sum(len(found["results"]) for key, found in embedded.items() if key[0] != "page") > 20
    assert "<mark" in json.dumps(embedded["kirjasto",])
    for key in embedded:
        assert server[key] == embedded[key], key
