"""The admin home: what waits for the account, and its own models."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from editorial.review import assigning
from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory, index, submit

HOME = "/admin/"


def test_editor_sees_what_waits_the_longest_waiting_first(as_editor, author):
    titles = [f"Waiting {number}" for number in range(3)]
    for title in titles:
        submit(OperatingModelFactory(owner=author, complete=True, title=title))

    shown = as_editor.get(HOME).content.decode()

    assert sorted(titles, key=shown.index) == titles
    assert f"submitted by {author.get_full_name()}" in shown
    assert "Review" in shown


def test_editor_with_nothing_to_do_is_told_so(as_editor):
    assert "Nothing is waiting for review." in as_editor.get(HOME).content.decode()


def test_wagtails_own_panels_of_the_same_are_gone(as_editor, whole):
    submit(whole)

    names = [panel.name for panel in as_editor.get(HOME).context["panels"]]

    assert "workflow_objects_to_moderate" not in names
    assert "user_objects_in_workflow_moderation" not in names
    assert names[:3] == ["returned", "waiting", "own_models"]


def test_editor_sees_the_first_few_how_many_wait_and_the_way_to_the_queue(as_editor, author):
    for number in range(7):
        submit(OperatingModelFactory(owner=author, complete=True, title=f"Waiting {number}"))

    shown = as_editor.get(HOME).content.decode()

    assert "7 wait" in shown
    assert "7 are nobody’s" in shown
    assert "and 2 more" in shown
    assert "Waiting 4" in shown
    assert "Waiting 5" not in shown
    assert reverse("editorial:queue") in shown


def test_editors_own_task_stands_before_older_ones_and_a_colleagues_last(as_editor, author, editor):
    pages = {
        title: OperatingModelFactory(owner=author, complete=True, title=title)
        for title in ("A colleague has this", "Nobody has this", "I have this")
    }
    colleague = UserFactory(role="editor")
    holders = {"A colleague has this": colleague, "I have this": editor}
    for title, page in pages.items():
        task = submit(page).task
        if title in holders:
            assigning.assign(page, task, holders[title], by=editor, seen=None)

    shown = as_editor.get(HOME).content.decode()

    order = ["I have this", "Nobody has this", "A colleague has this"]
    assert sorted(pages, key=shown.index) == order
    assert "assigned to you" in shown


def test_author_sees_what_was_returned_and_why(as_author, editor, whole):
    submit(whole).reject(user=editor, comment="Tell more about <costs>.")

    shown = as_author.get(HOME).content.decode()

    assert "Tell more about &lt;costs&gt;." in shown
    assert f"{editor.get_full_name()} returned this on" in shown
    assert "Returned to be mended" in shown


def test_co_author_sees_the_model_and_its_return(client, author, editor, whole):
    helper = UserFactory(role="author")
    set_coauthors(whole, [helper])
    submit(whole).reject(user=editor, comment="Mend it, please.")
    client.force_login(helper)

    shown = client.get(HOME).content.decode()

    assert "Mend it, please." in shown
    assert "you are a co-author" in shown


def test_author_sees_nothing_of_others(as_author, whole):
    other = UserFactory(role="author")
    submit(OperatingModelFactory(owner=other, complete=True, title="Somebody else's"))
    OperatingModelFactory(owner=other, title="A stranger's draft")

    shown = as_author.get(HOME).content.decode()

    assert "Somebody else" not in shown
    assert "stranger" not in shown
    assert "Whole model" in shown


def test_nobody_sees_totals_and_others_edits_on_the_home_page(as_author, as_editor_too):
    for window in (as_author, as_editor_too):
        context = window.get(HOME).context
        assert context["site_summary"].summary_items == []
        assert "recent_edits" not in [panel.name for panel in context["panels"]]


@pytest.fixture
def as_editor_too(editor):
    client = Client()
    client.force_login(editor)
    return client


def state_in(response, title):
    panel = next(p for p in response.context["panels"] if p.name == "own_models")
    rows = panel.get_context_data({"request": response.wsgi_request})["models"].rows
    return next(row for row in rows if row.title == title)


def test_states_of_the_authors_models(as_author, author, editor):
    def make(title, **kwargs):
        return OperatingModelFactory(owner=author, complete=True, title=title, **kwargs)

    make("A draft")
    submit(make("In review"))
    submit(make("Returned")).reject(user=editor, comment="Mend")
    make("Live", state="live")
    changed = make("Changed", state="live")
    changed.get_latest_revision_as_object().save_revision(clean=False)

    response = as_author.get(HOME)

    found = {
        title: state_in(response, title).state
        for title in ("A draft", "In review", "Returned", "Live", "Changed")
    }
    assert found == {
        "A draft": "draft",
        "In review": "in_review",
        "Returned": "returned",
        "Live": "live",
        "Changed": "changed",
    }


def test_each_model_says_what_it_lacks_with_a_way_to_the_place(as_author, bare):
    response = as_author.get(HOME)
    shown = response.content.decode()

    assert len(state_in(response, "Bare model").lacking) == 10
    assert "Lacks 10 things:" in shown
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert f"{edit}#go-to-short_description" in shown


def test_what_is_lacking_is_of_the_draft_not_of_the_public_version(as_author, author):
    page = OperatingModelFactory(owner=author, complete=True, state="live", title="Losing")
    draft = page.get_latest_revision_as_object()
    draft.basic_idea = []
    draft.save_revision(clean=False)

    lacking = state_in(as_author.get(HOME), "Losing").lacking

    assert [item.field for item in lacking] == ["basic_idea"]


def test_new_model_is_started_in_the_authors_language(as_author, author):
    author.language = "sv"
    author.save()
    swedish = index(OperatingModelIndexPage, "sv")
    address = reverse(
        "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", swedish.pk]
    )

    assert address in as_author.get(HOME).content.decode()
    assert as_author.get(address).status_code == 200


def test_number_of_queries_does_not_follow_the_number_of_models(
    as_author, author, django_assert_max_num_queries
):
    def count(number):
        for _ in range(number):
            OperatingModelFactory(owner=author, complete=True)
        with django_assert_max_num_queries(60) as queries:
            as_author.get(HOME)
        return len(queries)

    few = count(2)
    assert count(20) <= few + 1  # the rest are counted
    assert count(20) <= few + 1


def test_editors_queries_do_not_follow_the_queue(as_editor, author, django_assert_max_num_queries):
    def count(number):
        for _ in range(number):
            submit(OperatingModelFactory(owner=author, complete=True))
        with django_assert_max_num_queries(60) as queries:
            as_editor.get(HOME)
        return len(queries)

    few = count(2)
    assert count(20) <= few + 1  # the rest are counted
    assert WorkflowState.objects.active().count() == 22


def stored_in_bulk(page):
    """Leave the page as a load of data in bulk does: without any version."""
    Page.objects.filter(pk=page.pk).update(latest_revision=None)
    page.revisions.all().delete()


@pytest.mark.parametrize("role", ["author", "editor"])
def test_home_of_one_with_many_models_costs_few_queries(client, author, role):
    """Some of them in review, returned, due to be confirmed, or stored without a version."""
    person = UserFactory(role=role)
    editor = UserFactory(role="editor")
    for number in range(30):
        page = OperatingModelFactory(owner=person, complete=True, state="live")
        if number % 3 == 0:
            OperatingModelPage.objects.filter(pk=page.pk).update(valid_since=date(2020, 1, 1))
        if number % 4 == 0:
            submit(page, author)
        if number % 4 == 1:
            submit(page, author).reject(user=editor, comment="Mend")
        if number % 4 == 2:
            stored_in_bulk(page)
    client.force_login(person)
    for address in (HOME, reverse("editorial:own_models")):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # Three of them for models without a version, one for what was returned.
        assert len(queries) <= 29


def test_what_a_model_lacks_is_told_of_one_without_a_version_too(as_author, bare, author):
    stored_in_bulk(bare)
    stored_in_bulk(OperatingModelFactory(owner=author, complete=True, title="Lacks nothing"))
    answer = as_author.get(HOME)
    assert len(state_in(answer, "Bare model").lacking) == 10
    assert state_in(answer, "Lacks nothing").lacking == []
