"""Similar models on a model's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from models_pages.similar import SHOWN
from search.index import sync
from tests.factories_search import content, model, publish

pytestmark = pytest.mark.django_db

HEADING = 'id="similar-title"'
TEXT = "Omaishoitajien vertaisryhmä kokoontuu kahvilassa ja jakaa arjen huolia yhdessä."
OTHER = "Kirjastoauto tuo lainattavat urheiluvälineet koulun pihalle talvisin."


@pytest.fixture
def pages(index):
    """Six models about one thing, and models about others to tell it apart from."""
    alike = [
        model(
            f"Omaishoitajien vertaisryhmä {number}",
            slug=f"ryhma-{number}",
            sections={"basic_idea": TEXT, "trial": TEXT},
        )
        for number in range(6)
    ]
    for number in range(6):
        model(f"Kirjastoauto {number}", slug=f"auto-{number}", sections={"basic_idea": OTHER})
    sync.apply_waiting(index)
    return alike


def similar(client, page):
    """The titles of the models that the page shows as similar."""
    cache.clear()
    response = client.get(page.url)
    assert response.status_code == 200
    return [one.title for one in response.context["similar"]]


def test_model_leads_to_those_like_it(pages, client):
    titles = similar(client, pages[0])
    assert len(titles) == SHOWN
    assert all(title.startswith("Omaishoitajien") for title in titles)
    assert pages[0].title not in titles

    html = client.get(pages[0].url).content.decode()
    assert html.count(HEADING) == 1
    part = html[html.index(HEADING) :]
    assert f'href="{pages[1].url}"' in part or f'href="{pages[2].url}"' in part
    assert "<h3" in part


@pytest.mark.parametrize("how", ["unpublished", "expired", "restricted", "deleted"])
def test_only_public_models_also_before_the_index_knows(pages, client, how):
    titles = similar(client, pages[0])
    gone = Page.objects.get(title=titles[0])
    if how == "unpublished":
        Page.objects.filter(pk=gone.pk).update(live=False)
    elif how == "expired":
        past = timezone.now() - timedelta(minutes=1)
        Page.objects.filter(pk=gone.pk).update(expire_at=past)
    elif how == "restricted":
        PageViewRestriction.objects.create(page=gone, restriction_type="login")
    else:
        gone.delete()

    # Also where the list of likely ones is remembered.
    html = client.get(pages[0].url).content.decode()
    assert gone.title not in html
    assert html.count(HEADING) == 1


def test_neither_translations_of_itself_nor_other_languages(pages, index, client):
    key = pages[0].translation_key
    model(
        "Omaishoitajien vertaisryhmä på svenska",
        language="sv",
        translation_key=key,
        sections={"basic_idea": TEXT},
    )
    model("Omaishoitajien vertaisryhmä också", language="sv", sections={"basic_idea": TEXT})
    sync.apply_waiting(index)

    assert not [
        title for title in similar(client, pages[0]) if "svenska" in title or "ocks" in title
    ]


def test_only_models_are_shown(pages, index, client):
    content("Omaishoitajien vertaisryhmä: opas", TEXT)
    sync.apply_waiting(index)
    assert "Omaishoitajien vertaisryhmä: opas" not in similar(client, pages[0])


def test_nothing_where_nothing_is_alike(index, client):
    page = model("Ainoa laatuaan")
    sync.apply_waiting(index)
    assert similar(client, page) == []
    assert HEADING not in client.get(page.url).content.decode()


def test_page_is_shown_while_no_index_answers(pages, client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    cache.clear()
    response = client.get(pages[0].url)
    assert response.status_code == 200
    assert HEADING not in response.content.decode()
    # And is whole again as soon as one does.
    settings.SEARCH_INDEX_DIR = settings.SEARCH_INDEX_DIR.with_name("index")
    assert HEADING in client.get(pages[0].url).content.decode()


def test_new_version_of_the_page_is_compared_anew(pages, index, client):
    assert similar(client, pages[0])[0].startswith("Omaishoitajien")
    sections = dict.fromkeys(("basic_idea", "trial"), "")
    changed = publish(
        pages[0],
        title="Kirjastoauto pihalla",
        **{key: [{"type": "paragraph", "value": f"<p>{OTHER}</p>"}] for key in sections},
    )
    sync.apply_waiting(index, early=True)
    response = client.get(changed.url)
    assert next(one.title for one in response.context["similar"]).startswith("Kirjastoauto")


def test_similar_models_cost_two_queries(pages, client):
    def queries():
        client.get(pages[0].url)
        with CaptureQueriesContext(connection) as captured:
            client.get(pages[0].url)
        return len(captured)

    with_similar = queries()
    cache.set(f"similar.{pages[0].pk}.{pages[0].live_revision_id}", (), 60)
    with CaptureQueriesContext(connection) as captured:
        assert HEADING not in client.get(pages[0].url).content.decode()
    assert with_similar - len(captured) <= 2


def test_path_view_asks_for_none(pages, client):
    response = client.get(f"{pages[0].url}kehittamisen-polku/")
    assert HEADING not in response.content.decode()
