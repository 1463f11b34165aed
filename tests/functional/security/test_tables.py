"""Tables of the admin's reports: what somebody typed is no formula of whoever opens them."""

import csv
import io

import pytest
from django.urls import reverse

from tests.factories import OperatingModelFactory, UserFactory, submit

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
REPORTS = ("aging_pages", "site_history", "workflow", "workflow_tasks", "locked_pages")


@pytest.fixture
def typed(db):
    """Make pages and people whose names are formulas, as far as a table of the admin tells."""
    author = UserFactory(role="author", first_name='=HYPERLINK("https://evil.example")')
    OperatingModelFactory(
        owner=author, complete=True, title="=1+1", slug="formula", state="live", locked=True
    )
    submit(OperatingModelFactory(owner=author, complete=True, title="@SUM(1)"), author)


def cells(response):
    content = b"".join(response).decode()
    return [cell for row in csv.reader(io.StringIO(content)) for cell in row]


@pytest.mark.parametrize("name", REPORTS)
def test_of_reports(typed, as_administrator, name):
    url = reverse(f"wagtailadmin_reports:{name}")

    found = cells(as_administrator.get(f"{url}?export=csv"))

    assert len(found) > 5
    assert [cell for cell in found if cell.startswith(FORMULAS)] == []
    assert any(cell.startswith(("'=", "'@")) for cell in found) or name == "locked_pages"


def test_of_decisions(typed, as_administrator):
    url = reverse("editorial:decisions")

    assert not [c for c in cells(as_administrator.get(f"{url}?export=csv")) if c[:1] in FORMULAS]
