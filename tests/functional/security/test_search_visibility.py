"""What the public may not read no door of search tells of, before an index knows of it either."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from models_pages.models import OperatingModelPage
from models_pages.sections import SUMMARY_KINDS
from search.index import indexes, rebuild
from search.models import IndexChange, IndexedDocument, PinnedResult
from search.vocabularies import registry
from tests.factories import CollectionFactory, OperatingModelFactory, ThemeFactory, index
from tests.functional.security.conftest import SECRET, browser

# Words and a theme that only the secret page has; what is typed is in small letters.
WORD = "Kuiskaustuokio"
THEME = "Kuiskaamo"
COMMON = "Omaishoitajien vertaisryhmä kokoontuu kahvilassa ja jakaa arjen huolia yhdessä."


@pytest.fixture
def models(db):
    """The secret model while it is public and indexed, and others like it."""
    registry.forget()
    cache.clear()
    for number in range(3):
        OperatingModelFactory(
            complete=True,
            state="live",
            title=f"Vertaisryhmä {number}",
            sections=_sections(COMMON),
        )
    for number in range(4):
        OperatingModelFactory(complete=True, state="live", title=f"Kirjastoauto {number}")
    secret = OperatingModelFactory(
        complete=True,
        state="live",
        title=f"{SECRET} vertaisryhmä",
        slug="salaisuusx",
        themes=[ThemeFactory(slug="kuiskaamo", label_fi=THEME)],
        sections=_sections(f"{COMMON} {WORD} auttaa."),
    )
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    assert IndexedDocument.objects.filter(pk=secret.pk).exists()
    return secret


def _sections(text):
    return {kind.key: "Teksti." for kind in SUMMARY_KINDS} | {"basic_idea": text}


def restrict(page, kind, **values):
    restriction = PageViewRestriction(page=page.page_ptr, restriction_type=kind, **values)
    restriction.save()
    if kind == "groups":
        restriction.groups.add(Group.objects.first())


def expire(page):
    past = timezone.now() - timedelta(minutes=1)
    page.expire_at = past
    page.save()


WAYS = {
    "unpublished": lambda page: page.unpublish(),
    "deleted": lambda page: OperatingModelPage.objects.get(pk=page.pk).delete(),
    "expired": expire,
    "log-in": lambda page: restrict(page, "login"),
    "password": lambda page: restrict(page, "password", password="kissa"),
    "group": lambda page: restrict(page, "groups"),
}


@pytest.fixture(params=WAYS)
def gone(request, models, django_capture_on_commit_callbacks):
    """The secret model, taken away a moment ago: no index has heard of it."""
    with django_capture_on_commit_callbacks(execute=False):
        WAYS[request.param](models)
    assert IndexChange.objects.filter(page_id=models.pk).exists()
    return models


def text(response):
    assert response.status_code == 200
    return b"".join(response).decode()


QUESTIONS = [
    *("salaisuusx", "kuiskaustuokio", "salaisuusx vertaisryhmä", '"salaisuusx vertaisryhmä"'),
    *("vertaisryhmä", "vertaisryhmä kuiskaustuokio", "salaisuusk", "kuiskaustuoki", "olematon"),
    *("salaisuusx olematonsana", "kuiskaustuokio -kahvila", ""),
]
DOORS = ["/fi/haku/", "/sv/sok/", "/fi/haku/syote/", "/fi/haku/csv/", "/api/v1/search/"]


def test_no_door_shows_or_counts_it(gone):
    client = browser()
    for question in QUESTIONS:
        for door in DOORS:
            found = text(client.get(door, {"q": question}))
            for word in (SECRET, WORD, THEME):
                assert word not in found, (door, question)
        response = client.get("/fi/haku/", {"q": question}, headers={"HX-Request": "true"})
        told = response.context["found"]
        assert told.total == len(told.hits), question
        for facet in told.facets:
            for choice in facet.every():
                assert choice.count <= told.total, (question, facet.key, choice)
                assert choice.label != THEME, question
        # Nearest questions and another spelling lead to something.
        for other in (*(one.asked.text for one in told.nearest), told.did_you_mean):
            assert not other or client.get("/fi/haku/", {"q": other}).context["found"].total
    for typed in ("sala", "salaisuusx", "kuisk", "vertaisryhmä", "kuiskaustuok"):
        answer = client.get("/api/v1/suggest/", {"q": typed}).json()
        words = {one["text"].lower() for one in answer["suggestions"]} - {typed}
        assert not any("salaisuusx" in one or "kuiskaustuokio" in one for one in words), words


def test_no_other_model_and_no_pin_leads_to_it(gone, author):
    other = OperatingModelPage.objects.get(title="Vertaisryhmä 0")
    assert SECRET not in text(browser().get(other.url))
    draft = OperatingModelFactory(
        owner=author, title=f"{SECRET} toinen", sections={"basic_idea": f"{COMMON} {WORD}"}
    )
    panel = text(browser(author).get(reverse("editorial:similar", args=[draft.pk])))
    assert "Vertaisryhmä" in panel
    assert SECRET not in panel

    if Page.objects.filter(pk=gone.pk).exists():
        PinnedResult.objects.create(words="kahvila", language="fi", page_id=gone.pk)
    response = browser().get("/fi/haku/", {"q": "kahvila"})
    assert SECRET not in response.content.decode()
    assert response.context["found"].total == 3


def test_it_was_found_by_every_door_before(models):
    client = browser()
    for door in DOORS:
        assert SECRET in text(client.get(door, {"q": "kuiskaustuokio"})), door
    assert "kuiskaustuokio" in text(client.get("/api/v1/suggest/", {"q": "kuisk"}))
    assert client.get("/fi/haku/", {"q": "kuiskaustuoki0"}).context["found"].total == 0


def test_a_restriction_above_hides_all_below(models, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        restrict(index(type(models.get_parent().specific)), "login")
    client = browser()
    for door in DOORS:
        assert SECRET not in text(client.get(door, {"q": "kuiskaustuokio"})), door
    assert client.get("/fi/haku/", {"q": "vertaisryhmä"}).context["found"].total == 0
    assert json.loads(text(client.get("/api/v1/suggest/", {"q": "kuisk"})))["suggestions"] == []


@pytest.mark.parametrize("state", ["never published", "a draft of a public page"])
def test_a_draft_is_in_no_index(models, author, state):
    words = f"{SECRET}luonnos"
    if state == "never published":
        OperatingModelFactory(owner=author, title=words, complete=True, sections=_sections(words))
    else:
        models.title = words
        models.basic_idea = [("paragraph", words)]
        models.save_revision(clean=False)
    built = indexes.get(indexes.names()[0])
    rebuild.rebuild(built)
    assert (
        not built.engine.words(words.lower()[:10], 5) or built.engine.words(words.lower(), 5) == ()
    )
    for door in DOORS:
        assert words not in text(browser().get(door, {"q": words.lower()}))


@pytest.mark.parametrize("how", ["log-in", "unpublished", "expired"])
def test_a_private_collection_names_nothing(db, how, django_capture_on_commit_callbacks):
    registry.forget()
    collection = CollectionFactory(state="live", title=f"{SECRET} ohjelma", slug="salaisuusx-o")
    model = OperatingModelFactory(complete=True, state="live", title="Avoin malli")
    model.collections = [collection]
    model.save()
    model.save_revision().publish()
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    client = browser()
    assert f"{SECRET} ohjelma" in text(client.get("/fi/haku/", {"q": "avoin"}))

    with django_capture_on_commit_callbacks(execute=False):
        WAYS[how](collection)
    for door in DOORS:
        told = text(client.get(door, {"q": "avoin"}))
        assert SECRET not in told, door
        assert "salaisuusx" not in told, door
        limited = text(client.get(door, {"q": "avoin", "collection": "salaisuusx-o"}))
        assert SECRET not in limited, door
