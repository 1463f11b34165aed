"""The review queue: what waits, since when, who has it; taking, giving and releasing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from editorial.models import Assignment
from editorial.review import assigning, decisions, working_days
from models_pages.models import PortalSettings
from models_pages.sections import SUMMARY_KINDS
from tests.factories import CollectionFactory, OperatingModelFactory, UserFactory, submit

QUEUE = "/admin/editorial/queue/"


def waiting(author, title, *, days=0, **fields):
    """Return a submitted model that waits since so many days."""
    page = OperatingModelFactory(owner=author, complete=True, title=title, **fields)
    state = submit(page)
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - timedelta(days=days))
    return page


def titles(answer):
    return [row.title for row in answer.context["object_list"]]


@pytest.fixture
def colleague(db):
    """Return another editor."""
    return UserFactory(role="editor", first_name="Aino", last_name="Apuri")


def test_the_longest_waiting_stands_first_and_tells_what_an_editor_needs(as_editor, author):
    waiting(author, "Newer", days=1)
    waiting(author, "Older", days=3)
    answer = as_editor.get(QUEUE)
    assert titles(answer) == ["Older", "Newer"]
    shown = answer.content.decode()
    for told in (author.get_full_name(), "First time", "Operating model", "Finnish"):
        assert told in shown
    row = answer.context["object_list"][0]
    assert row.sections == 6
    assert row.due == working_days.due(timezone.now() - timedelta(days=3), 10)


@pytest.mark.parametrize("role", ["author", None])
def test_authors_and_others_are_refused(client, author, whole, role):
    waiting(author, "Waiting")
    client.force_login(author if role else UserFactory(role=None))
    for address in (QUEUE, f"{QUEUE}results/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "Waiting" not in answer.content.decode()
    assert reverse("editorial:queue") not in client.get("/admin/").content.decode()


def test_an_author_takes_nothing(client, author):
    page = waiting(author, "Waiting")
    client.force_login(author)
    answer = client.post(
        reverse("editorial:assign", args=[page.pk]), {"editor": author.pk, "seen": ""}
    )
    assert answer.status_code == 302
    assert not Assignment.objects.exists()


def test_the_menu_counts_what_waits(as_editor, author):
    waiting(author, "One")
    waiting(author, "Two")
    assert "Review queue (2)" in as_editor.get("/admin/").content.decode()


def test_overdue_is_said_in_words_and_can_be_chosen(as_editor, author):
    waiting(author, "Late", days=30)
    waiting(author, "In time", days=1)
    shown = as_editor.get(QUEUE).content.decode()
    assert "Overdue by" in shown
    assert titles(as_editor.get(QUEUE, {"due": "overdue"})) == ["Late"]
    assert titles(as_editor.get(QUEUE, {"due": "in_time"})) == ["In time"]


def test_an_administrator_sets_the_time_for_review(client, author):
    waiting(author, "Waits three weeks", days=21)
    client.force_login(UserFactory(role="administrator"))
    assert titles(client.get(QUEUE, {"due": "overdue"})) == ["Waits three weeks"]
    PortalSettings.objects.update_or_create(pk=1, defaults={"review_days": 60})
    assert titles(client.get(QUEUE, {"due": "overdue"})) == []


def test_filters_by_kind_language_submission_and_holder(as_editor, author, editor, colleague):
    swedish = waiting(author, "Modell", language="sv")
    collection = CollectionFactory(owner=author, title="Kokonaisuus")
    submit(collection)
    taken = waiting(author, "Taken")
    task = taken.current_workflow_task_state.task
    assigning.assign(taken, task, colleague, by=colleague, seen=None)
    again = waiting(author, "Again")
    decisions.record(again, "returned", user=editor, reason="Mend.")

    def found(**filters):
        return set(titles(as_editor.get(QUEUE, filters)))

    assert found(language="sv") == {swedish.title}
    assert found(kind="collectionpage") == {"Kokonaisuus"}
    assert found(submission="again") == {"Again"}
    assert found(assigned=colleague.pk) == {"Taken"}
    assert "Taken" not in found(assigned="nobody")
    assert found(assigned=editor.pk) == set()


def test_search_by_name_knows_capital_letters_of_finnish(as_editor, author):
    waiting(author, "Äänekosken ÄLYKOTI")
    waiting(author, "Muu malli")
    assert titles(as_editor.get(QUEUE, {"q": "älykoti ään"})) == ["Äänekosken ÄLYKOTI"]
    assert "Nothing that waits matches" in as_editor.get(QUEUE, {"q": "puuttuu"}).content.decode()


def test_sorts_by_name_in_finnish_order(as_editor, author):
    for title in ("Öinen", "älykoti", "Zeta", "Aamu"):
        waiting(author, title)
    assert titles(as_editor.get(QUEUE, {"ordering": "title"})) == [
        "Aamu",
        "Zeta",
        "älykoti",
        "Öinen",
    ]
    assert titles(as_editor.get(QUEUE, {"ordering": "-title"}))[0] == "Öinen"


def test_sorts_by_holder_and_what_nobody_has_comes_last(as_editor, author, editor, colleague):
    nobodys = waiting(author, "Nobody's", days=9)
    for title, holder in (("Tester's", editor), ("Apuri's", colleague)):
        page = waiting(author, title)
        task = page.current_workflow_task_state.task
        assigning.assign(page, task, holder, by=holder, seen=None)
    by_name = ["Apuri's", "Tester's"]
    assert titles(as_editor.get(QUEUE, {"ordering": "assignee"})) == [*by_name, nobodys.title]
    assert titles(as_editor.get(QUEUE, {"ordering": "-assignee"})) == [
        *reversed(by_name),
        nobodys.title,
    ]


def test_sorts_by_the_number_of_written_sections(as_editor, author):
    written = {kind.key: "Text." for kind in SUMMARY_KINDS}
    waiting(author, "Six", days=1)
    waiting(author, "Seven", days=2, sections={**written, "needs": "Why it was made."})
    submit(CollectionFactory(owner=author, title="Has no sections"))
    by_number = ["Six", "Seven"]
    last = "Has no sections"
    assert titles(as_editor.get(QUEUE, {"ordering": "sections"})) == [*by_number, last]
    assert titles(as_editor.get(QUEUE, {"ordering": "-sections"})) == [*reversed(by_number), last]
    shown = {row.title: row.sections for row in as_editor.get(QUEUE).context["object_list"]}
    assert shown == {"Six": 6, "Seven": 7, last: None}


def test_drafts_are_read_once_to_count_their_sections(as_editor, author):
    for number in range(3):
        waiting(author, f"Model {number}")

    def reads():
        with CaptureQueriesContext(connection) as captured:
            as_editor.get(QUEUE, {"ordering": "sections"})
        return sum('"wagtailcore_revision"."content"' in query["sql"] for query in captured)

    assert [reads(), reads()] == [1, 0]
    waiting(author, "A new one")
    assert reads() == 1


def test_an_empty_queue_says_so(as_editor):
    assert "Nothing is waiting for review" in as_editor.get(QUEUE).content.decode()


@pytest.mark.parametrize("address", [QUEUE, "/admin/"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_pages(
    as_editor, author, colleague, address
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert as_editor.get(address).status_code == 200
        return len(captured)

    waiting(author, "First")
    as_editor.get(address)
    few = queries()
    for number in range(12):
        owner = UserFactory(role="author")
        page = waiting(owner, f"Model {number}", days=number * 2)
        task = page.current_workflow_task_state.task
        assigning.assign(page, task, colleague, by=colleague, seen=None)
    # New drafts are read once.
    assert queries() <= few + 1
    assert queries() == few
    assert few <= 22


# Taking


def take(client, page, editor, seen=""):
    return client.post(
        reverse("editorial:assign", args=[page.pk]),
        {"editor": getattr(editor, "pk", ""), "seen": seen},
        follow=True,
    )


def test_an_editor_takes_gives_and_releases(as_editor, author, editor, colleague):
    page = waiting(author, "Waiting")
    assert "is now yours" in take(as_editor, page, editor).content.decode()
    assert Assignment.objects.get().editor == editor
    given = take(as_editor, page, colleague, seen=editor.pk)
    assert "assigned to Aino Apuri" in given.content.decode()
    released = take(as_editor, page, None, seen=colleague.pk)
    assert "any editor may take it" in released.content.decode()
    assert not Assignment.objects.exists()


def test_of_two_editors_at_once_the_slower_is_told_who_has_it(as_editor, author, editor, colleague):
    page = waiting(author, "Waiting")
    other = Client()
    other.force_login(colleague)
    take(other, page, colleague)
    answer = take(as_editor, page, editor)
    assert "Aino Apuri has taken “Waiting” meanwhile" in answer.content.decode()
    assert Assignment.objects.get().editor == colleague


def test_taking_what_one_has_already_is_no_news(as_editor, author, editor):
    page = waiting(author, "Waiting")
    take(as_editor, page, editor)
    take(as_editor, page, editor)
    assert Assignment.objects.get().editor == editor


def test_nothing_is_given_to_an_author_or_to_nonsense(as_editor, author):
    page = waiting(author, "Waiting")
    for number in (author.pk, "9" * 40, "x"):
        answer = as_editor.post(
            reverse("editorial:assign", args=[page.pk]), {"editor": number, "seen": ""}, follow=True
        )
        assert "Choose one of the editors" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_what_does_not_wait_any_more_is_not_taken(as_editor, author, editor, whole):
    answer = take(as_editor, whole, editor)
    assert "does not wait for review any more" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_returned_page_comes_back_to_whoever_had_it_and_a_withdrawn_one_to_nobody(
    as_editor, author, editor
):
    page = waiting(author, "Waiting")
    take(as_editor, page, editor)
    page.current_workflow_task_state.reject(user=editor, comment="Mend.")
    page.current_workflow_state.resume(user=author)
    assert titles(as_editor.get(QUEUE, {"assigned": editor.pk})) == ["Waiting"]
    page.current_workflow_state.cancel(user=author)
    assert not Assignment.objects.exists()
