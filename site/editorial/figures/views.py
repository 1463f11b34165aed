"""Reports of figures: each a table, a chart, CSV and xlsx."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from editorial.reviewers import ReviewersMenuItem, ReviewersOnly

from . import charts, models, sections, throughput


class FiguresView(
    ReviewersOnly, SpreadsheetExportMixin, WagtailAdminTemplateMixin, TemplateView, ABC
):
    """A report whose rows are counted, not stored; for those who review pages."""

    header_icon = "table"
    index_url_name = ""
    headings: dict[str, str | Promise] = {}
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @abstractmethod
    def rows(self) -> Sequence[Any]:
        """What is shown, and exported."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the rows as a file."""
        rows = self.rows()
        # A file is written after the view, when the language is no longer the reader's.
        self.list_export = list(self.headings)
        self.export_headings = {name: str(label) for name, label in self.headings.items()}
        if self.is_export:
            file: HttpResponse = self.as_spreadsheet(rows, request.GET["export"])
            return file
        return self.render_to_response(self.get_context_data(rows=rows, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``rows``, ``chart``, and addresses of the files."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {
            "chart": self.chart(kwargs["rows"]),
            "csv_url": self.csv_export_url,
            "xlsx_url": self.xlsx_export_url,
        }
        return context

    @abstractmethod
    def chart(self, rows: Sequence[Any]) -> Any:
        """What the template draws."""


class ModelsFigures(FiguresView):
    """Public models by phase, theme, region …"""

    page_title = _("Models in figures")
    template_name = "editorial/figures/models.html"
    index_url_name = "editorial:figures_models"
    export_filename = "models-in-figures"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """What the rows are grouped by; the phase where the address says nothing we know."""
        super().setup(request, *args, **kwargs)
        asked = request.GET.get("by", "")
        self.grouping = asked if asked in models.GROUPINGS else models.PHASE
        self.headings = {
            "label": models.GROUPINGS[self.grouping],
            "models": _("Models"),
            "share": _("Share, %"),
        }

    def rows(self) -> list[models.Row]:
        """The rows of the grouping."""
        return models.by(self.grouping)

    def chart(self, rows: Sequence[models.Row]) -> charts.Bars:
        """A bar for each of the first rows."""
        return charts.bars([(row.label, row.models) for row in rows])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the groupings, and how many models there are in all."""
        return super().get_context_data(
            groupings=models.GROUPINGS,
            grouping=self.grouping,
            grouping_label=models.GROUPINGS[self.grouping],
            has_several=self.grouping in models.SEVERAL,
            total=models.total(),
            shown=charts.SHOWN,
            **kwargs,
        )


class ThroughputFigures(FiguresView):
    """How review goes on, by month."""

    page_title = _("Review in figures")
    header_icon = "time"
    template_name = "editorial/figures/throughput.html"
    index_url_name = "editorial:figures_throughput"
    export_filename = "review-in-figures"
    headings = {
        "label": _("Month"),
        "submitted": _("Submitted"),
        "approved": _("Approved"),
        "returned": _("Returned"),
        "declined": _("Declined"),
        "waiting": _("Median wait, days"),
    }

    def rows(self) -> list[throughput.Month]:
        """The last twelve months, this one first."""
        return throughput.months()

    def chart(self, rows: Sequence[throughput.Month]) -> charts.Columns:
        """Three columns a month, the latest on the right."""
        return charts.columns(
            [
                (f"{row.first:%-m}/{row.first:%y}", (row.submitted, row.approved, row.returned))
                for row in reversed(rows)
            ]
        )


class SectionsFigures(FiguresView):
    """In how many public models each section is written."""

    page_title = _("Sections in figures")
    header_icon = "list-ul"
    template_name = "editorial/figures/sections.html"
    index_url_name = "editorial:figures_sections"
    export_filename = "sections-in-figures"
    headings = {
        "label": _("Section"),
        "is_required": _("Required"),
        "models": _("Models"),
        "share": _("Share, %"),
    }

    def rows(self) -> list[sections.Section]:
        """Every section."""
        return sections.written()

    def chart(self, rows: Sequence[sections.Section]) -> charts.Bars:
        """A bar for each section."""
        return charts.bars([(row.label, row.models) for row in rows])


REPORTS = (ModelsFigures, SectionsFigures, ThroughputFigures)


def menu_items() -> list[ReviewersMenuItem]:
    """The reports' items in the menu."""
    return [
        ReviewersMenuItem(
            report.page_title,
            reverse(report.index_url_name),
            name=report.index_url_name.replace("editorial:", ""),
            icon_name=report.header_icon,
            order=200 + order,
        )
        for order, report in enumerate(REPORTS)
    ]
