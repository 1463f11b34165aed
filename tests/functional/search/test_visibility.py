"""Whether a page is public is told as fast among a hundred thousand pages as among ten."""

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from models_pages.models import HomePage
from search.index.visibility import visible

pytestmark = pytest.mark.django_db


def test_restrictions_are_read_before_the_pages_that_they_are_on(portal):
    home = HomePage.objects.get(locale__language_code="fi")
    below = Page.objects.descendant_of(home, inclusive=True)
    asked = visible(Page.objects.filter(pk=home.pk))
    with connection.cursor() as cursor:
        # With statistics, and none of an empty table, a database may choose another way.
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            sql, parameters = asked.query.sql_with_params()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            steps = [row[3] for row in cursor.fetchall()]
            scanned = [step for step in steps if step.startswith("SCAN")]
            assert len(scanned) == 1, steps
            assert "restriction" in scanned[0]
    assert visible(below).count() == below.live().count()
    PageViewRestriction.objects.create(page=home.page_ptr, restriction_type="login")
    assert not visible(below).exists()
    assert visible(Page.objects.exclude(pk__in=below)).exists()
