"""The report of decisions: for editors and administrators, filtered, as CSV and xlsx."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial.review import decisions
from tests.factories import CollectionFactory, OperatingModelFactory, UserFactory

REPORT = "/admin/editorial/decisions/"


@pytest.fixture
def made(author, editor, whole):
    """Return decisions of two editors on pages of two kinds; one of the pages is gone."""
    other = UserFactory(role="editor", first_name="Aino", last_name="Apuri")
    gone = CollectionFactory(owner=author, title="A programme that is gone", language="sv")
    rows = [
        decisions.record(whole, "returned", user=editor, reason="=HYPERLINK(1)"),
        decisions.record(gone, "approved", user=other, reason="Fine."),
    ]
    gone.delete()
    return rows


def titles(answer):
    return {row.page_title for row in answer.context["object_list"]}


def test_editors_and_administrators_see_every_decision(as_editor, client, made, whole):
    answer = as_editor.get(REPORT)
    assert titles(answer) == {"Whole model", "A programme that is gone"}
    text = answer.content.decode()
    assert reverse("wagtailadmin_pages:history", args=[whole.pk]) in text
    assert REPORT in as_editor.get("/admin/").content.decode()
    client.force_login(UserFactory(role="administrator"))
    assert titles(client.get(REPORT)) == {"Whole model", "A programme that is gone"}


@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx", "results/"])
def test_authors_are_refused(client, made, whole, query):
    client.force_login(whole.owner)
    answer = client.get(f"{REPORT}{query}")
    assert answer.status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"action": "approved"}, {"A programme that is gone"}),
        ({"page_type": "operatingmodelpage"}, {"Whole model"}),
        ({"language": "sv"}, {"A programme that is gone"}),
        ({"q": "whole"}, {"Whole model"}),
        ({"q": "fine"}, {"A programme that is gone"}),
    ],
)
def test_filters_and_search(as_editor, made, query, expected):
    assert titles(as_editor.get(REPORT, query)) == expected


def test_by_editor_and_by_time(as_editor, editor, made):
    assert titles(as_editor.get(REPORT, {"editor": editor.pk})) == {"Whole model"}
    today = timezone.localdate()
    assert len(titles(as_editor.get(REPORT, {"at_from": today.isoformat()}))) == 2
    later = (today + timedelta(days=1)).isoformat()
    assert titles(as_editor.get(REPORT, {"at_from": later})) == set()


def test_a_table_holds_every_column_and_no_formula(as_editor, editor, whole):
    decisions.record(
        whole,
        "returned",
        user=editor,
        revision=whole.latest_revision,
        reason="=HYPERLINK(1)",
        checklist=[{"question": "Is it told?", "answer": "no", "note": "Not yet"}],
    )
    csv = b"".join(as_editor.get(f"{REPORT}?export=csv").streaming_content).decode()
    assert "Decided by" in csv
    assert "'=HYPERLINK(1)" in csv
    assert "Is it told? No (Not yet)" in csv
    answer = as_editor.get(f"{REPORT}?export=xlsx")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "Whole model" in rows[1]
    assert "Returned" in rows[1]


def test_the_number_of_queries_does_not_depend_on_the_number_of_decisions(
    as_editor, author, editor
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            as_editor.get(REPORT)
        return len(captured)

    decisions.record(OperatingModelFactory(owner=author), "approved", user=editor)
    queries()
    few = queries()
    for _number in range(5):
        page = OperatingModelFactory(owner=author)
        decisions.record(page, "approved", user=UserFactory(role="editor"))
    assert queries() == few
