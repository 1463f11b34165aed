"""Many-to-many fields are the same in every translation, cleared ones too."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from models_pages.models import OperatingModelPage
from tests.factories import (
    CollectionFactory,
    OperatingModelFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def translate(page):
    """Make or update the page's Swedish translation as wagtail-localize does."""
    swedish = Locale.objects.get(language_code="sv")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    source.create_or_update_translation(swedish, user=None, publish=False, fallback=True)
    translation = OperatingModelPage.objects.get(
        translation_key=page.translation_key, locale=swedish
    )
    return translation.get_latest_revision_as_object()


def test_terms_are_carried_over_and_so_is_their_absence():
    theme, other = ThemeFactory(), ThemeFactory()
    page = OperatingModelFactory(complete=True, state="live", themes=[theme, other])
    translated = translate(page)
    assert set(translated.themes.all()) == {theme, other}
    assert list(translated.regions.all()) == list(page.regions.all())

    page.themes = []
    page.save_revision().publish()
    assert list(translate(OperatingModelPage.objects.get(pk=page.pk)).themes.all()) == []


def test_a_related_page_is_the_one_in_the_translations_language():
    finnish = CollectionFactory(state="live", slug="ohjelma")
    swedish = CollectionFactory(
        state="live", slug="program", language="sv", translation_key=finnish.translation_key
    )
    alone = CollectionFactory(state="live", slug="toinen")
    page = OperatingModelFactory(complete=True, state="live", collections=[finnish, alone])
    assert {c.pk for c in translate(page).collections.all()} == {swedish.pk, alone.pk}


def test_authors_come_along_with_their_names():
    page = OperatingModelFactory(complete=True, state="live")
    assert [author.name for author in translate(page).authors.all()] == ["Maija Meikäläinen"]
