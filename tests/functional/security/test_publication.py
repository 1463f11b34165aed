"""An author never makes anything public, whichever address is tried."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from models_pages.models import HomePage, OperatingModelPage
from tests.factories import OperatingModelFactory, index, submit
from tests.functional.admin_forms import model_form

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def live(author):
    return OperatingModelFactory(owner=author, complete=True, state="live", title="Live model")


def page_url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def public_titles():
    return set(Page.objects.live().type(OperatingModelPage).values_list("title", flat=True))


def test_the_form_publishes_nothing(as_author, secret, live):
    for extra in (
        PUBLISH,
        {"live": "on", "owner": "1", "locked": "on"},
        {"go_live_at": "2020-01-01 00:00", **PUBLISH},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {"action-unpublish": "1"},
    ):
        as_author.post(page_url("edit", secret.pk), model_form(secret, **extra))
        as_author.post(page_url("edit", live.pk), model_form(live, title="Changed", **extra))

    assert public_titles() == {"Live model"}
    live.refresh_from_db()
    assert live.title == "Live model"


def test_autosave_publishes_nothing(as_author, secret):
    as_author.post(
        page_url("edit", secret.pk),
        model_form(secret, **PUBLISH),
        headers={"Accept": "application/json"},
    )

    assert public_titles() == set()


def test_fields_that_the_form_does_not_show_are_not_taken(as_author, secret, author, stranger):
    before = (secret.owner_id, secret.live, secret.translation_key, secret.path, secret.locale_id)
    english = Locale.objects.get(language_code="en")

    as_author.post(
        page_url("edit", secret.pk),
        model_form(
            secret,
            owner=stranger.pk,
            live="on",
            locked="on",
            locked_by=stranger.pk,
            translation_key="00000000-0000-0000-0000-000000000000",
            path="00010001",
            locale=english.pk,
            first_published_at="2020-01-01",
            show_in_menus="on",
            alias_of="1",
        ),
    )

    secret.refresh_from_db()
    after = (secret.owner_id, secret.live, secret.translation_key, secret.path, secret.locale_id)
    assert after == before
    taken = [name for name in ("locked", "show_in_menus", "alias_of") if getattr(secret, name)]
    assert taken == []


def test_no_decision_on_ones_own_review(as_author, secret):
    task = submit(secret)
    for action in ("approve", "reject"):
        as_author.post(page_url("workflow_action", secret.pk, action, task.pk), {"comment": "x"})
        as_author.post(
            page_url("collect_workflow_action_data", secret.pk, action, task.pk), {"comment": "x"}
        )

    secret.refresh_from_db()
    assert not secret.live
    assert secret.current_workflow_state.status == "in_progress"


def test_no_copy_is_public(as_author, live):
    for extra in ({"publish_copies": "on"}, {"alias": "on"}):
        as_author.post(
            page_url("copy", live.pk),
            {
                "new_title": "Copy",
                "new_slug": f"copy-{len(extra)}-{next(iter(extra))}".replace("_", "-"),
                "new_parent_page": live.get_parent().pk,
                **extra,
            },
        )

    copies = OperatingModelPage.objects.filter(slug__startswith="copy")
    assert not copies.filter(live=True).exists()
    assert not copies.filter(alias_of__isnull=False).exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_no_bulk_action(as_author, secret, live, action):
    numbers = f"?id={secret.pk}&id={live.pk}&childOf={live.get_parent().pk}"
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + numbers

    as_author.post(url, {"include_descendants": "on", "chooser": index(HomePage).pk})

    live.refresh_from_db()
    assert live.live
    assert live.get_parent().pk != index(HomePage).pk
    assert public_titles() == {"Live model"}


def test_nothing_of_anothers_is_changed(as_stranger, secret, live):
    submit(secret)
    secret.refresh_from_db()
    revision = secret.latest_revision_id
    task = secret.current_workflow_task_state
    parent = secret.get_parent().pk
    before = list(Page.objects.order_by("pk").values("path", "title", "live", "locked", "owner_id"))

    for page in (secret, live):
        for name, args in (
            ("delete", ()),
            ("unpublish", ()),
            ("move", ()),
            ("move_confirm", (parent,)),
            ("copy", ()),
            ("convert_alias", ()),
            ("lock", ()),
            ("unlock", ()),
            ("set_privacy", ()),
            ("confirm_workflow_cancellation", ()),
            ("revisions_revert", (revision,)),
            ("revisions_unschedule", (revision,)),
            ("workflow_action", ("approve", task.pk)),
            ("set_page_position", ()),
            ("edit", ()),
            ("preview_on_edit", ()),
        ):
            as_stranger.post(
                page_url(name, page.pk, *args),
                model_form(page, title="Taken", co_authors="", **{"action-cancel-workflow": "1"}),
            )

    after = list(Page.objects.order_by("pk").values("path", "title", "live", "locked", "owner_id"))
    assert after == before
    secret.refresh_from_db()
    assert secret.latest_revision_id == revision
    assert secret.current_workflow_state.status == "in_progress"


@pytest.mark.parametrize("name", ["submit_page_translation", "convert_to_alias"])
def test_no_translation_is_made_or_published(as_author, live, name):
    url = reverse(f"wagtail_localize:{name}", args=[live.pk])
    locales = [locale.pk for locale in Locale.objects.all()]

    as_author.post(url, {"locales": locales, "select_all": "on"})

    assert Page.objects.filter(translation_key=live.translation_key).count() == 1


def test_authors_may_translate_nothing(author):
    assert not author.has_perm("wagtail_localize.submit_translation")
    assert not author.has_perm("simple_translation.submit_translation")


def test_a_forged_request_from_another_site_is_refused(author, secret):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)

    assert client.post(page_url("edit", secret.pk), model_form(secret)).status_code == 403
    assert client.post(reverse("wagtailadmin_logout")).status_code == 403
    data = json.dumps({})
    url = page_url("delete", secret.pk)
    assert client.post(url, data, content_type="application/json").status_code == 403
