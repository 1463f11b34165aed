"""Figures for editors: models, sections and review, as a page and as files."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from editorial.review import decisions
from tests.factories import OperatingModelFactory, RegionFactory, ThemeFactory

NAMES = ("figures_models", "figures_sections", "figures_throughput")


def rows(client, name, **asked):
    """Return the rows of a report's CSV, without the headings."""
    response = client.get(reverse(f"editorial:{name}"), asked | {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))[1:]


def live(**values):
    return OperatingModelFactory(complete=True, state="live", **values)


class TestModels:
    def test_public_models_are_counted_by_phase(self, as_editor, author):
        live(phase="trial"), live(phase="trial"), live(phase="in_use")
        OperatingModelFactory(complete=True, phase="trial")
        hidden = live(phase="trial")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")

        counted = {label: (int(models), int(share)) for label, models, share in
                   rows(as_editor, "figures_models")}  # fmt: skip

        assert counted["Trial"] == (2, 67)
        assert counted["In use"] == (1, 33)
        assert sum(models for models, _share in counted.values()) == 3

    def test_a_model_with_two_themes_counts_for_both_and_without_for_none(self, as_editor):
        first, second = ThemeFactory(label_en="Ageing"), ThemeFactory(label_en="Families")
        live(themes=[first, second]), live(themes=[first]), live(themes=[])
        assert rows(as_editor, "figures_models", by="themes") == [
            ["Ageing", "2", "67"],
            ["Families", "1", "33"],
            ["Not told", "1", "33"],
        ]

    def test_by_region_and_year(self, as_editor):
        region = RegionFactory(label_en="Kainuu")
        model = live(regions=[region])
        live(regions=[region])
        type(model).objects.filter(pk=model.pk).update(
            first_published_at=timezone.now() - timedelta(days=800)
        )
        assert rows(as_editor, "figures_models", by="regions") == [["Kainuu", "2", "100"]]
        years = [label for label, *_ in rows(as_editor, "figures_models", by="year")]
        assert years[0] == str(timezone.localdate().year)
        assert len(years) >= 3, "years without a model stand between"

    def test_the_page_has_table_and_chart(self, as_editor):
        live(phase="trial")
        said = as_editor.get(reverse("editorial:figures_models"), {"by": "nonsense"})
        assert "<svg" in said.content.decode()
        assert '<th scope="row">Trial</th>' in said.content.decode()

    def test_nothing_to_count_is_said(self, as_editor):
        said = as_editor.get(reverse("editorial:figures_models"), {"by": "themes"})
        assert "nothing to count" in said.content.decode()


def test_sections_tell_in_how_many_models_they_are_written(as_editor):
    live(), live(trial=[])
    counted = {row[0]: row[1:] for row in rows(as_editor, "figures_sections")}
    assert counted["Basic idea of the solution"] == ["True", "2", "100"]
    assert counted["Ideas and choosing the solution"][1:] == ["0", "0"]


class TestThroughput:
    def test_a_month_counts_what_was_decided_and_the_median_wait(self, as_editor, editor, whole):
        now = timezone.now()
        for days, action in ((2, "approved"), (4, "returned"), (9, "declined")):
            decisions.record(whole, action, user=editor, submitted_at=now - timedelta(days=days))
        whole.get_workflow().start(whole.specific, whole.owner)
        this = rows(as_editor, "figures_throughput")[0]
        assert this[0] == f"{timezone.localdate():%Y-%m}"
        assert this[1:] == ["1", "1", "1", "1", "4.0"]

    def test_twelve_months_are_shown_across_the_turn_of_a_year(self, db):
        from editorial.figures import throughput

        labels = [month.label for month in throughput.months(today=date(2026, 2, 28))]
        assert labels[:3] == ["2026-02", "2026-01", "2025-12"]
        assert len(labels) == 12


@pytest.mark.parametrize("name", NAMES)
class TestEach:
    def test_a_spreadsheet_holds_the_same(self, as_editor, name):
        live()
        response = as_editor.get(reverse(f"editorial:{name}"), {"export": "xlsx"})
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert sheet.max_row == len(rows(as_editor, name)) + 1

    def test_authors_see_none(self, as_author, name):
        assert as_author.get(reverse(f"editorial:{name}")).status_code == 302

    def test_more_models_cost_no_more_queries(self, as_editor, name, django_assert_max_num_queries):
        for _ in range(3):
            live(themes=[ThemeFactory()])
        as_editor.get(reverse(f"editorial:{name}"))
        with django_assert_max_num_queries(25):
            as_editor.get(reverse(f"editorial:{name}"), {"by": "themes"})
