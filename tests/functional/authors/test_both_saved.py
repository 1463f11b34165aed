"""Two authors save one model at once: both versions stay, and the second is told of the first."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from models_pages.coauthors import set_coauthors
from tests.factories import OperatingModelFactory, UserFactory
from tests.functional.admin_forms import assert_saved, model_form

LOADED = re.compile(r'name="(loaded_revision_\w+)" value="([^"]*)"')


@pytest.fixture
def helper(db, bare):
    """Return a co-author of the draft."""
    user = UserFactory(role="author", first_name="Helmi")
    set_coauthors(bare, [user])
    return user


@pytest.fixture
def as_helper(helper):
    """Return the co-author's browser."""
    client = Client()
    client.force_login(helper)
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(browser, page):
    """What the form says of the version with which it was opened."""
    return dict(LOADED.findall(browser.get(edit(page)).content.decode()))


def save(browser, page, form, place, **headers):
    data = model_form(page, place=place, **form)
    return browser.post(edit(page), data, **headers)


def places(page):
    return [revision.as_object().place for revision in page.revisions.order_by("pk")]


def test_both_versions_are_kept_and_the_second_is_told(as_author, as_helper, bare):
    first, second = opened(as_helper, bare), opened(as_author, bare)

    assert_saved(save(as_helper, bare, first, "Lahti"))
    assert_saved(save(as_author, bare, second, "Oulu"))

    assert places(bare)[-2:] == ["Lahti", "Oulu"]
    shown = as_author.get(edit(bare)).content.decode()
    assert "Helmi Tester saved a version at" in shown
    theirs, mine = bare.revisions.order_by("-pk").values_list("pk", flat=True)[:2][::-1]
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[bare.pk, theirs, mine])
    assert compare in shown
    compared = as_author.get(compare)
    assert "Lahti" in compared.content.decode()
    go_on = reverse("wagtailadmin_pages:revisions_revert", args=[bare.pk, theirs])
    assert go_on in shown
    assert "Lahti" in as_author.get(go_on).content.decode()


def test_who_saves_alone_is_told_nothing(as_author, bare):
    for place in ("Lahti", "Oulu", "Turku"):
        assert_saved(save(as_author, bare, opened(as_author, bare), place))

    assert "saved a version at" not in as_author.get(edit(bare)).content.decode()


def test_the_first_to_save_is_told_nothing(as_author, as_helper, bare):
    first = opened(as_helper, bare)
    opened(as_author, bare)

    assert_saved(save(as_helper, bare, first, "Lahti"))

    assert "saved a version at" not in as_helper.get(edit(bare)).content.decode()


def test_another_window_of_ones_own_is_told_as_that(as_author, bare):
    first, second = opened(as_author, bare), opened(as_author, bare)
    assert_saved(save(as_author, bare, first, "Lahti"))
    assert_saved(save(as_author, bare, second, "Oulu"))

    assert "You, in another window, saved a version" in as_author.get(edit(bare)).content.decode()


def test_an_automatic_save_never_covers_anothers(as_author, as_helper, bare):
    first, second = opened(as_helper, bare), opened(as_author, bare)
    assert_saved(save(as_helper, bare, first, "Lahti"))

    answer = save(as_author, bare, second, "Oulu", HTTP_ACCEPT="application/json")

    assert answer.json()["error_code"] == "invalid_revision"
    assert places(bare)[-1] == "Lahti"


@pytest.mark.parametrize(
    "loaded",
    [
        {},
        {"loaded_revision_id": "x", "loaded_revision_created_at": "y"},
        {"loaded_revision_id": "9" * 30, "loaded_revision_created_at": "2026-01-01"},
        {"loaded_revision_id": "1", "loaded_revision_created_at": "2026-01-01T10:00:00"},
    ],
)
def test_a_form_that_says_something_else_is_saved_all_the_same(as_author, bare, loaded):
    assert_saved(save(as_author, bare, loaded, "Oulu"))

    assert as_author.get(edit(bare)).status_code == 200
    assert places(bare)[-1] == "Oulu"


def test_what_wagtail_says_of_it_is_true(as_author, as_helper, author, bare):
    loaded = opened(as_author, bare)
    assert_saved(save(as_helper, bare, opened(as_helper, bare), "Lahti"))
    shown = as_author.get(edit(bare)).content.decode()
    ping = re.search(r'data-w-swap-src-value="([^"]+)"', shown).group(1)

    answer = as_author.post(
        ping,
        {
            "revision_id": loaded["loaded_revision_id"],
            "revision_created_at": loaded["loaded_revision_created_at"],
        },
    ).json()

    assert "Helmi Tester saved a new version" in answer["html"]
    assert "Both versions are kept" in answer["html"]
    assert "overwrite" not in answer["html"]


def test_a_model_that_only_one_edits_keeps_its_versions(as_author, author):
    page = OperatingModelFactory(owner=author)
    form = opened(as_author, page)
    for place in ("Lahti", "Oulu"):
        assert_saved(save(as_author, page, form, place))

    assert places(page)[-2:] == ["Lahti", "Oulu"]
