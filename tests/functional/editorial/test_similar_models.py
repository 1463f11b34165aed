"""An author of a draft is shown published models that resemble it."""

from __future__ import annotations

import logging
import re

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.sections import SUMMARY_KINDS
from search.index import indexes, rebuild, sync
from tests.factories import OperatingModelFactory, UserFactory, index
from tests.functional.admin_forms import model_form

TEXT = "Omaishoitajien vertaisryhmä kokoontuu kahvilassa ja jakaa arjen huolia yhdessä."


@pytest.fixture
def published(db):
    """Three public models about one thing, others about other things, all in the index."""
    for number in range(3):
        OperatingModelFactory(
            complete=True,
            state="live",
            title=f"Omaishoitajien ryhmä {number}",
            sections={**_sections(), "basic_idea": TEXT},
        )
    for number in range(5):
        OperatingModelFactory(complete=True, state="live", title=f"Kirjastoauto {number}")
    built = indexes.get(indexes.names()[0])
    rebuild.rebuild(built)
    return built


def _sections():
    return {kind.key: "Teksti." for kind in SUMMARY_KINDS}


@pytest.fixture
def draft(author):
    return OperatingModelFactory(
        owner=author,
        title="Omaishoitajien kahvila",
        short_description="<p>Omaishoitajien vertaisryhmä kahvilassa.</p>",
        sections={"basic_idea": TEXT},
    )


def look(client, page):
    return client.get(reverse("editorial:similar", args=[page.pk]))


def titles(response):
    assert response.status_code == 200
    return [model.title for model in response.context["models"]]


def test_author_sees_models_like_the_draft_and_how_to_apply_them(as_author, draft, published):
    response = look(as_author, draft)
    assert sorted(titles(response)[:3]) == [f"Omaishoitajien ryhmä {n}" for n in range(3)]

    html = response.content.decode()
    first = response.context["models"][0]
    assert f'href="{first.url}"' in html
    assert f'href="{first.url}#tips"' in html
    assert f'data-say="{len(titles(response))} published models resemble yours."' in html
    # The link's place is there for who follows it.
    assert 'id="tips"' in as_author.get(first.url).content.decode()


def test_latest_save_counts_not_the_stored_page(as_author, draft, published):
    latest = draft.get_latest_revision_as_object()
    latest.title = "Kirjastoauto"
    latest.short_description = "<p>Kirjastoauto.</p>"
    latest.basic_idea = []
    latest.save_revision(clean=False)

    assert "Kirjastoauto 0" in titles(look(as_author, draft))


def test_nothing_of_drafts_restricted_or_the_model_itself(as_author, author, draft, published):
    stranger = UserFactory(role="author")
    OperatingModelFactory(
        owner=stranger, title="Omaishoitajien salaisuus", sections={"basic_idea": TEXT}
    )
    hidden = OperatingModelPage.objects.get(title="Omaishoitajien ryhmä 0")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    changed = OperatingModelPage.objects.get(title="Omaishoitajien ryhmä 1")
    changed.title = "Omaishoitajien keskeneräinen muutos"
    changed.save_revision(clean=False)
    sync.apply_waiting(published, early=True)

    response = look(as_author, draft)
    assert sorted(titles(response)[:2]) == ["Omaishoitajien ryhmä 1", "Omaishoitajien ryhmä 2"]
    html = response.content.decode()
    for unseen in ("salaisuus", "keskener", "ryhmä 0", draft.title):
        assert unseen not in html


def test_public_model_does_not_resemble_itself(as_editor, published):
    page = OperatingModelPage.objects.get(title="Omaishoitajien ryhmä 1")
    assert page.title not in titles(look(as_editor, page))


def test_only_who_may_edit_the_draft_may_ask(client, draft, published):
    stranger = UserFactory(role="author")
    assert look(client, draft).status_code == 302
    client.force_login(stranger)
    response = look(client, draft)
    assert response.status_code in {302, 403}
    assert "Omaishoitajien" not in response.content.decode()

    set_coauthors(draft, [stranger])
    assert titles(look(client, draft))
    assert client.get(reverse("editorial:similar", args=[999999])).status_code == 404
    assert client.post(reverse("editorial:similar", args=[draft.pk])).status_code == 405


def test_search_that_is_down_is_no_error_of_the_authors(as_author, draft, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    response = look(as_author, draft)
    assert response.status_code == 200
    assert "Your draft is safe." in response.content.decode()


def test_draft_without_words_resembles_nothing(as_author, author, published):
    bare = OperatingModelFactory(owner=author, title="zzzz")
    response = look(as_author, bare)
    assert titles(response) == []
    assert "No published model resembles yours so far." in response.content.decode()


def test_draft_on_another_subject_is_told_that_nothing_resembles_it(as_author, author, published):
    """It shares a word with some, as any two texts do."""
    other = OperatingModelFactory(
        owner=author,
        title="Kalastusretki saaristoon",
        short_description="<p>Verkot, veneet ja eväät laiturille.</p>",
        sections={"basic_idea": "Kalastajat, verkot ja vene: laituri, jolle retki kokoontuu."},
    )
    response = look(as_author, other)
    assert titles(response) == []
    assert "No published model resembles yours so far." in response.content.decode()


def test_drafts_text_is_not_logged(as_author, draft, published, caplog, settings, tmp_path):
    with caplog.at_level(logging.DEBUG):
        look(as_author, draft)
        settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
        look(as_author, draft)
    ours = [record for record in caplog.records if record.name.startswith("mallisto")]
    assert not [record for record in ours if "mais" in record.getMessage()]


def test_form_of_a_draft_has_the_panel_and_that_of_a_public_model_has_not(
    as_author, as_editor, draft, published
):
    add = reverse(
        "wagtailadmin_pages:add",
        args=["models_pages", "operatingmodelpage", index(OperatingModelIndexPage).pk],
    )
    form = as_author.get(add).content.decode()
    assert "data-similar-models=" in form
    assert 'data-page=""' in form
    assert "portal/js/similar-models.js" in form
    edit = as_author.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert re.search(rf'data-page="{draft.pk}"', edit)

    public = OperatingModelPage.objects.get(title="Omaishoitajien ryhmä 1")
    shown = as_editor.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()
    assert "data-similar-models=" not in shown


def test_form_is_still_saved(as_author, draft):
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = as_author.post(address, model_form(draft, title="Omaishoitajien uusi kahvila"))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Omaishoitajien uusi kahvila"
