"""What each role may do, through the admin's own addresses (docs: design, section 5)."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from models_pages.coauthors import set_coauthors
from models_pages.models import (
    CollectionIndexPage,
    HomePage,
    OperatingModelIndexPage,
    OperatingModelPage,
    SectionGuidance,
    Theme,
)
from tests.factories import (
    CollectionFactory,
    OperatingModelFactory,
    ThemeFactory,
    UserFactory,
    index,
    submit,
)
from tests.functional.admin_forms import assert_saved, model_form


def page_url(name, page, *more):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])


def is_refused(response):
    """Whether Wagtail turned the request away: it leads home with a message, or answers 403."""
    return response.status_code in {403, 404} or (
        response.status_code == 302 and response.url in {reverse("wagtailadmin_home"), "/admin/"}
    )


@pytest.fixture
def stranger(db):
    return UserFactory(role="author")


@pytest.fixture
def as_stranger(stranger):
    client = Client()
    client.force_login(stranger)
    return client


@pytest.fixture
def live(author):
    return OperatingModelFactory(owner=author, complete=True, state="live", title="Live model")


# Authors create models, and nothing else


def add_url(model, parent):
    return reverse(
        "wagtailadmin_pages:add", args=["models_pages", model._meta.model_name, parent.pk]
    )


def test_author_creates_a_model(as_author, author):
    parent = index(OperatingModelIndexPage)

    assert_saved(
        as_author.post(
            add_url(OperatingModelPage, parent), model_form(title="Newly made", slug="newly-made")
        )
    )

    page = OperatingModelPage.objects.get(slug="newly-made")
    assert page.owner == author
    assert not page.live


def test_author_who_forges_publication_of_a_new_model_makes_a_draft(as_author):
    data = model_form(title="Newly made", slug="newly-made", **{"action-publish": "1"})

    as_author.post(add_url(OperatingModelPage, index(OperatingModelIndexPage)), data)

    assert not OperatingModelPage.objects.filter(live=True, slug="newly-made").exists()


def test_author_creates_no_other_pages(as_author):
    collections = index(CollectionIndexPage)

    assert is_refused(as_author.get(add_url(CollectionFactory._meta.model, collections)))
    home = index(HomePage)
    assert is_refused(
        as_author.get(
            reverse("wagtailadmin_pages:add", args=["models_pages", "contentpage", home.pk])
        )
    )


# Editing


def test_author_edits_own_model(as_author, bare):
    assert as_author.get(page_url("edit", bare)).status_code == 200


@pytest.mark.parametrize(
    "view", ["edit", "view_draft", "history", "delete", "copy", "workflow_history", "usage"]
)
def test_author_gets_nowhere_with_anothers_draft(as_stranger, bare, view):
    assert is_refused(as_stranger.get(page_url(view, bare)))


def test_author_cannot_compare_anothers_versions(as_stranger, bare):
    bare.get_latest_revision_as_object().save_revision(clean=False)

    assert is_refused(as_stranger.get(page_url("revisions_compare", bare, "earliest", "latest")))


@pytest.mark.parametrize("view", ["unpublish", "delete", "move", "convert_alias"])
def test_author_takes_nothing_live_away(as_author, live, view):
    arguments = {"move": [live.pk]}.get(view, [live.pk])
    address = reverse(f"wagtailadmin_pages:{view}", args=arguments)

    as_author.post(address)

    live.refresh_from_db()
    assert live.live


def test_author_deletes_nothing(as_author, bare):
    as_author.post(page_url("delete", bare), {"title": bare.title})

    assert OperatingModelPage.objects.filter(pk=bare.pk).exists()


def test_author_does_not_edit_during_review(as_author, whole):
    submit(whole)

    as_author.post(page_url("edit", whole), model_form(whole, title="Changed in review"))

    whole.refresh_from_db()
    assert whole.draft_title == "Whole model"


def test_author_changes_a_live_model_as_a_draft(as_author, live):
    assert_saved(as_author.post(page_url("edit", live), model_form(live, title="Next version")))

    live.refresh_from_db()
    assert (live.title, live.draft_title) == ("Live model", "Next version")


# Co-authors


def test_co_author_edits_and_submits(as_stranger, stranger, whole, author):
    set_coauthors(whole, [stranger], by=author)

    assert as_stranger.get(page_url("edit", whole)).status_code == 200
    data = model_form(whole, title="By two", co_authors=stranger.email, **{"action-submit": "1"})
    assert_saved(as_stranger.post(page_url("edit", whole), data))

    whole.refresh_from_db()
    assert whole.draft_title == "By two"
    assert whole.current_workflow_state.requested_by == stranger


def test_co_author_does_not_publish(as_stranger, stranger, whole):
    set_coauthors(whole, [stranger])
    data = model_form(whole, co_authors=stranger.email, **{"action-publish": "1"})

    as_stranger.post(page_url("edit", whole), data)

    whole.refresh_from_db()
    assert not whole.live


# Others' drafts are not seen


DRAFT = "Unfinished secret"
EXPLORE = "wagtailadmin_explore"
REPORTS = "wagtailadmin_reports"


@pytest.fixture
def secret(author):
    page = OperatingModelFactory(owner=author, title=DRAFT, slug="unfinished-secret", complete=True)
    submit(page)
    return page


def models(page):
    return page.get_parent().pk


LISTINGS = {
    "explorer": lambda page: reverse(EXPLORE, args=[models(page)]),
    "explorer search": lambda page: reverse(EXPLORE, args=[models(page)]) + "?q=secret",
    "tree search": lambda page: reverse(EXPLORE, args=[index(HomePage).pk]) + "?q=secret",
    "search": lambda page: reverse("wagtailadmin_pages:search") + "?q=secret",
    "chooser": lambda page: reverse("wagtailadmin_choose_page_child", args=[models(page)]),
    "chooser search": lambda page: reverse("wagtailadmin_choose_page_search") + "?q=secret",
    "home": lambda page: reverse("wagtailadmin_home"),
    "api": lambda page: f"/admin/api/main/pages/?child_of={models(page)}&for_explorer=1",
    "api page": lambda page: f"/admin/api/main/pages/{page.pk}/",
    "workflows": lambda page: reverse(f"{REPORTS}:workflow"),
    "tasks": lambda page: reverse(f"{REPORTS}:workflow_tasks"),
    "history": lambda page: reverse(f"{REPORTS}:site_history"),
    "page types": lambda page: reverse(f"{REPORTS}:page_types_usage"),
}


@pytest.mark.parametrize("listing", LISTINGS)
def test_draft_is_seen_by_editors_and_not_by_other_authors(as_stranger, as_editor, secret, listing):
    url = LISTINGS[listing](secret)

    assert DRAFT in as_editor.get(url).content.decode()
    assert DRAFT not in as_stranger.get(url, follow=True).content.decode()


@pytest.mark.parametrize("report", ["locked_pages", "aging_pages"])
def test_authors_do_not_enter_reports(as_stranger, report):
    assert is_refused(as_stranger.get(reverse(f"{REPORTS}:{report}")))


def test_author_sees_own_draft_in_the_listing(as_author, secret):
    url = reverse("wagtailadmin_explore", args=[secret.get_parent().pk])

    assert DRAFT in as_author.get(url).content.decode()


# Editors and administrators


def test_editor_edits_publishes_and_unpublishes(as_editor, whole):
    assert as_editor.get(page_url("edit", whole)).status_code == 200
    submit(whole)
    state = whole.current_workflow_task_state
    as_editor.post(page_url("workflow_action", whole, "approve", state.pk), {"comment": ""})
    whole.refresh_from_db()
    assert whole.live

    as_editor.post(page_url("unpublish", whole), {"reason": "Asked for."})
    whole.refresh_from_db()
    assert not whole.live


def test_editor_manages_vocabularies_but_not_people_or_guidance(as_editor):
    theme = ThemeFactory()
    snippets = "wagtailsnippets_models_pages"

    assert as_editor.get(reverse(f"{snippets}_theme:edit", args=[theme.pk])).status_code == 200
    guidance = SectionGuidance.objects.first()
    assert is_refused(
        as_editor.get(reverse(f"{snippets}_sectionguidance:edit", args=[guidance.pk]))
    )
    assert is_refused(as_editor.get(reverse("wagtailusers_users:index")))


def test_author_manages_no_vocabularies(as_author):
    theme = ThemeFactory()

    address = reverse("wagtailsnippets_models_pages_theme:edit", args=[theme.pk])
    assert is_refused(as_author.get(address))
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.fixture
def as_administrator(client, db):
    client.force_login(UserFactory(role="administrator"))
    return client


def test_administrator_makes_an_account(as_administrator):
    response = as_administrator.post(
        reverse("wagtailusers_users:add"),
        {
            "email": "New.Person@example.org",
            "first_name": "New",
            "last_name": "Person",
            "language": "sv",
            "password1": "a-long-enough-secret",
            "password2": "a-long-enough-secret",
            "groups": [Group.objects.get(name="Authors").pk],
        },
    )

    assert response.status_code == 302, response.context["form"].errors
    person = User.objects.get(email="new.person@example.org")
    assert person.language == "sv"
    assert not person.is_superuser


def test_administrator_changes_guidance_and_what_is_required(as_administrator, bare):
    guidance = SectionGuidance.objects.get(kind="basic_idea", language="en")
    address = reverse("wagtailsnippets_models_pages_sectionguidance:edit", args=[guidance.pk])

    response = as_administrator.post(address, {"text": "Say it <b>simply</b>."})

    assert response.status_code == 302
    with translation.override("en"):
        shown = as_administrator.get(page_url("edit", bare)).content.decode()
    assert "Say it &lt;b&gt;simply&lt;/b&gt;." in shown
    guidance.refresh_from_db()
    assert not guidance.required


def test_administrator_manages_vocabularies_and_redirects(as_administrator):
    theme = ThemeFactory()

    for address in (
        reverse("wagtailsnippets_models_pages_theme:edit", args=[theme.pk]),
        reverse("wagtailredirects:index"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailadmin_workflows:index"),
    ):
        assert as_administrator.get(address).status_code == 200


def test_who_has_no_role_does_not_enter(client, db):
    client.force_login(UserFactory())

    assert client.get("/admin/").status_code in {302, 403}


def test_login_is_by_email_whatever_its_capitals(client, author):
    response = client.post(
        reverse("wagtailadmin_login"),
        {"username": "Author@Example.org", "password": "a-long-test-password"},
    )

    assert response.status_code == 302
    assert client.get("/admin/").status_code == 200
