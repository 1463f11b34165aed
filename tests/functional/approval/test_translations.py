"""Translations: making one, updating, restarting or aliasing it publishes only for who may."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from models_pages.acting import request_of
from models_pages.models import OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory
from tests.functional.approval.conftest import browser, edit_url

pytestmark = pytest.mark.django_db(transaction=True)


def may_translate(user):
    """Give the one right that wagtail-localize asks for."""
    # Made by a migration, so a test that clears the database takes it along.
    permission, _created = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(TranslationSource),
        codename="submit_translation",
    )
    user.user_permissions.add(permission)
    return user


@pytest.fixture
def translator():
    """Return an author who may translate."""
    return may_translate(UserFactory(role="author"))


@pytest.fixture
def swedish():
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def source(author):
    """Return a live model of somebody's."""
    return OperatingModelFactory(owner=author, complete=True, state="live")


def translated(page, locale, owner):
    """Return the page's translation, a draft of the owner's, and wagtail-localize's record."""
    kept, _created = TranslationSource.update_or_create_from_instance(page)
    record = Translation.objects.create(source=kept, target_locale=locale)
    record.save_target(publish=False)
    target = OperatingModelPage.objects.get(translation_key=page.translation_key, locale=locale)
    Page.objects.filter(pk=target.pk).update(owner=owner)
    return OperatingModelPage.objects.get(pk=target.pk), record


def in_public(page):
    return Page.objects.filter(translation_key=page.translation_key, live=True).count()


def test_nobody_translates_what_they_may_not_edit(translator, source, swedish):
    address = reverse("wagtail_localize:submit_page_translation", args=[source.pk])

    browser(translator).post(address, {"locales": [swedish.pk]})

    assert Page.objects.filter(translation_key=source.translation_key).count() == 1


def test_nobody_updates_and_publishes_anothers(translator, source, swedish):
    target, record = translated(source, swedish, source.owner)
    before = target.latest_revision_id
    address = reverse("wagtail_localize:update_translations", args=[record.source_id])

    browser(translator).post(address, {"publish_translations": "on"})

    target.refresh_from_db()
    assert (target.live, target.latest_revision_id) == (False, before)


def test_nor_does_an_author_publish_an_own_translation(translator, swedish):
    page = OperatingModelFactory(owner=translator, complete=True, state="live")
    target, record = translated(page, swedish, translator)
    client = browser(translator)
    strings = StringSegment.objects.filter(source=record.source)

    client.post(
        reverse("wagtail_localize:update_translations", args=[record.source_id]),
        {"publish_translations": "on"},
    )
    client.post(edit_url(target), {"action": "publish"})
    client.put(
        reverse("wagtail_localize:edit_string_translation", args=[record.pk, strings.first().pk]),
        data="value=Text",
        content_type="application/x-www-form-urlencoded",
    )
    client.post(reverse("wagtail_localize:stop_translation", args=[record.pk]))
    client.post(edit_url(target), {"localize-restart-translation": "1"})

    assert in_public(page) == 1


def test_nor_makes_it_an_alias_of_what_is_public(translator, swedish):
    page = OperatingModelFactory(owner=translator, complete=True, state="live")
    target, _record = translated(page, swedish, translator)

    browser(translator).post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))

    assert in_public(page) == 1


def test_an_editor_publishes_a_translation(source, swedish, author):
    editor = may_translate(UserFactory(role="editor"))
    target, _record = translated(source, swedish, author)

    browser(editor).post(edit_url(target), {"action": "publish"})

    assert in_public(source) == 2
    assert Page.objects.get(pk=target.pk).live


def test_but_not_an_own_one(source, swedish):
    editor = may_translate(UserFactory(role="editor"))
    target, record = translated(source, swedish, editor)
    client = browser(editor)

    client.post(edit_url(target), {"action": "publish"})
    client.post(
        reverse("wagtail_localize:update_translations", args=[record.source_id]),
        {"publish_translations": "on"},
    )

    assert in_public(source) == 1


def test_nor_one_whose_strings_they_translated_last(source, swedish, author):
    """A string is stored beside the page's revisions: who wrote it has edited the page."""
    editor, colleague = (may_translate(UserFactory(role="editor")) for _one in range(2))
    target, record = translated(source, swedish, author)
    string = StringSegment.objects.filter(source=record.source).first()
    browser(editor).put(
        reverse("wagtail_localize:edit_string_translation", args=[record.pk, string.pk]),
        data="value=Text",
        content_type="application/x-www-form-urlencoded",
    )
    assert StringTranslation.objects.get().last_translated_by == editor

    browser(editor).post(edit_url(target), {"action": "publish"})
    assert in_public(source) == 1

    browser(colleague).post(edit_url(target), {"action": "publish"})
    assert in_public(source) == 2


def test_an_update_of_an_unfinished_model_publishes_nothing(author, swedish):
    editor = may_translate(UserFactory(role="editor"))
    bare = OperatingModelFactory(owner=author)
    target, record = translated(bare, swedish, author)

    browser(editor).post(
        reverse("wagtail_localize:update_translations", args=[record.source_id]),
        {"publish_translations": "on"},
    )
    browser(editor).post(edit_url(target), {"action": "publish"})

    assert in_public(bare) == 0


def test_a_simple_translation_is_a_draft_like_any_other(source, swedish, settings, author):
    settings.WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
    editor = may_translate(UserFactory(role="editor"))
    client = browser(editor)

    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[source.pk]),
        {"locales": [swedish.pk]},
    )

    target = OperatingModelPage.objects.get(translation_key=source.translation_key, locale=swedish)
    assert not target.live
    assert "page-edit-form" in client.get(edit_url(target)).content.decode()


@pytest.fixture
def asked_by(rf):
    """Return what lets an account make the request that is being answered."""
    tokens = []

    def ask(user):
        request = rf.post("/")
        request.user = user
        tokens.append(request_of.set(request))

    yield ask
    for token in reversed(tokens):
        request_of.reset(token)


def test_a_library_that_names_nobody_is_asked_for_whom_it_acts(asked_by, author, whole):
    asked_by(author)

    with pytest.raises(PermissionDenied):
        whole.latest_revision.publish()
    whole.live = True
    with pytest.raises(PermissionDenied):
        whole.save()

    assert not Page.objects.get(pk=whole.pk).live


def test_where_nobody_asks_completeness_alone_does(whole):
    whole.latest_revision.publish()

    assert Page.objects.get(pk=whole.pk).live
