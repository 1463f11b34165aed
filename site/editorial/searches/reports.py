"""Reports of what people searched for, with what editors can do about it.

Words may be somebody's name, so what was searched for only once or twice is shown to nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import ListingButton

from search import log
from search.models import SearchCount

from ..reviewers import ReviewersMenuItem, ReviewersOnly

_LANGUAGES = dict(settings.LANGUAGES)


PERIODS: dict[str, tuple[int, str | Promise]] = {
    "4": (4, _("Last four weeks")),
    "12": (12, _("Last twelve weeks")),
}


class SearchCountFilterSet(WagtailFilterSet):
    """By time and language."""

    period = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[(key, label) for key, (_weeks, label) in PERIODS.items()],
        empty_label=_("As long as counts are kept"),
        method="in_period",
    )
    language = django_filters.ChoiceFilter(
        label=_("Reader's language"), choices=settings.LANGUAGES, empty_label=_("All")
    )

    class Meta:
        model = SearchCount
        fields = ["period", "language"]

    def in_period(self, counts: QuerySet, name: str, value: str) -> QuerySet:
        """The counts of so many whole weeks and of this one."""
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        return counts.filter(week__gte=monday - timedelta(weeks=PERIODS[value][0]))


class _WordsColumn(ButtonsColumnMixin, TitleColumn):
    """The words, with what can be done about them."""

    def get_buttons(self, instance: dict[str, Any], parent_context: Any) -> list[ListingButton]:
        """To add a synonym, to pin a result: with the words filled in."""
        question = urlencode({"words": instance["words"], "language": instance["language"]})
        buttons = []
        # Of its own name in a sentence: a screen reader lists the links without their rows.
        named = {"words": instance["words"]}
        user = parent_context["request"].user
        if user.has_perm("search.add_searchsynonym"):
            label = _("Add a synonym for “%(words)s”") % named
            address = f"{reverse('search_synonyms:add')}?{question}"
            buttons.append(
                ListingButton(_("Add a synonym"), address, priority=10, attrs={"aria-label": label})
            )
        if user.has_perm("search.add_pinnedresult"):
            label = _("Pin a result to “%(words)s”") % named
            address = f"{reverse('search_pins:add')}?{question}"
            buttons.append(
                ListingButton(_("Pin a result"), address, priority=20, attrs={"aria-label": label})
            )
        return buttons


def _public_search(row: dict[str, Any]) -> str:
    with translation.override(row["language"]):
        return f"{reverse('search:search')}?{urlencode({'q': row['words']})}"


class _Paginator(WagtailPaginator):
    """Calls the rows what they are: each adds up the counts of several weeks."""

    verbose_name = _("search term")
    verbose_name_plural = _("search terms")


class SearchesReport(ReviewersOnly, ReportView):
    """Words and how often they were searched for, at least ``SEARCH_LOG_SHOWN_FROM`` times."""

    model = SearchCount
    paginator_class = _Paginator
    header_icon = "search"
    results_template_name = "editorial/searches/results.html"
    filterset_class = SearchCountFilterSet
    list_export = ["words", "language", "searches", "missed"]
    export_headings: dict[str, str | Promise] = {
        "words": pgettext_lazy("of a search", "Words"),
        "language": _("Reader's language"),
        "searches": _("Searches"),
        "missed": _("Without results"),
    }
    columns = [
        _WordsColumn(
            "words",
            label=pgettext_lazy("of a search", "Words"),
            get_url=_public_search,
            sort_key="words",
        ),
        Column(
            "language",
            label=_("Reader's language"),
            accessor=lambda row: _LANGUAGES.get(row["language"], row["language"]),
        ),
        Column("searches", label=_("Searches"), sort_key="searches"),
        Column("missed", label=_("Without results"), sort_key="missed"),
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The report, with what this process has counted up to now."""
        log.flush()
        # A table is written after the view, when the language is no longer the editor's.
        self.export_headings = {name: str(told) for name, told in self.export_headings.items()}
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet:
        """A row for each language's words, the weeks added up."""
        rows: QuerySet = (
            SearchCount.objects.values("language", "words")
            .annotate(searches=Sum("times"), missed=Sum("without_results"))
            .filter(searches__gte=settings.SEARCH_LOG_SHOWN_FROM)
        )
        return rows

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """As asked; what is equal by its words."""
        ordering = self.ordering or self.default_ordering
        return queryset.order_by(ordering, "words", "language")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the note below the filters says."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["shown_from"] = settings.SEARCH_LOG_SHOWN_FROM
        context["kept_days"] = settings.SEARCH_LOG_DAYS
        return context


class NotFoundReport(SearchesReport):
    """Searches that found nothing, the most frequent first."""

    page_title = _("Searches without results")
    index_url_name = "editorial:searches_not_found"
    index_results_url_name = "editorial:searches_not_found_results"
    default_ordering = "-missed"
    export_filename = "searches-without-results"

    def get_base_queryset(self) -> QuerySet:
        """Those that found nothing at least once."""
        return super().get_base_queryset().filter(missed__gte=1)


class CommonReport(SearchesReport):
    """What is searched for most."""

    page_title = _("Most common searches")
    index_url_name = "editorial:searches_common"
    index_results_url_name = "editorial:searches_common_results"
    default_ordering = "-searches"
    export_filename = "common-searches"


def report_items() -> list[MenuItem]:
    """The reports' items in the menu."""
    return [
        ReviewersMenuItem(
            report.page_title,
            reverse(report.index_url_name),
            name=name,
            icon_name=report.header_icon,
            order=order,
        )
        for report, name, order in (
            (NotFoundReport, "searches-not-found", 400),
            (CommonReport, "searches-common", 410),
        )
    ]
