"""The log of decisions as a report: who decided what and why, to filter and to export."""

from __future__ import annotations

from typing import Any

import django_filters
from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from models_pages.models import PortalPage

from ..models.decision import Decision, action_choices
from ..reviewers import ReviewersOnly
from . import checklist


def _kinds() -> dict[str, Any]:
    kinds = [model for model in apps.get_models() if issubclass(model, PortalPage)]
    return {str(kind._meta.model_name): capfirst(kind._meta.verbose_name) for kind in kinds}


class DecisionFilterSet(WagtailFilterSet):
    """By decision, editor, time, kind and language."""

    action = django_filters.ChoiceFilter(
        label=_("Decision"), choices=action_choices, empty_label=_("All")
    )
    editor = django_filters.ChoiceFilter(
        label=_("Decided by"), empty_label=_("All"), method="by_editor"
    )
    at = django_filters.DateFromToRangeFilter(label=_("Decided"), widget=DateRangePickerWidget)
    page_type = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a page", "Kind"), empty_label=_("All")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All")
    )

    class Meta:
        model = Decision
        fields = ["action", "editor", "at", "page_type", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = dict(
            Decision.objects.exclude(editor_id=None)
            .order_by("at")
            .values_list("editor_id", "editor_name")
            .distinct()
        )
        named = sorted(people.items(), key=lambda item: str(item[1]).casefold())
        self.filters["editor"].extra["choices"] = [(str(pk), name) for pk, name in named]
        self.filters["page_type"].extra["choices"] = list(_kinds().items())

    def by_editor(self, decisions: QuerySet, name: str, value: str) -> QuerySet:
        """Those of one account, also of one that is gone."""
        return decisions.filter(editor_id=int(value))


def _kind(decision: Decision) -> str:
    return str(_kinds().get(decision.page_type, decision.page_type))


def _moment(decision: Decision) -> str:
    # A log tells the time, not how long ago it was.
    return str(date_format(timezone.localtime(decision.at), "SHORT_DATETIME_FORMAT"))


def _url(decision: Decision) -> str | None:
    is_there = getattr(decision, "page_is_there", False)
    return reverse("wagtailadmin_pages:history", args=[decision.page_id]) if is_there else None


class DecisionsReport(ReviewersOnly, ReportView):
    """Every decision, the newest first."""

    model = Decision
    page_title = _("Decisions")
    header_icon = "clipboard-list"
    index_url_name = "editorial:decisions"
    index_results_url_name = "editorial:decisions_results"
    filterset_class = DecisionFilterSet
    default_ordering = "-at"
    is_searchable = True
    search_fields = ["page_title", "reason"]
    search_backend_name = None
    export_filename = "decisions"
    list_export = [
        "at",
        "action_told",
        "page_title",
        "page_id",
        "kind_told",
        "language",
        "editor_name",
        "reason",
        "checklist_told",
        "revision_id",
        "revision_at",
        "submitted_at",
        "go_live_at",
    ]
    export_headings: dict[str, str | Promise] = {
        "at": _("Decided"),
        "action_told": _("Decision"),
        "page_title": _("Title"),
        "page_id": _("Page number"),
        "kind_told": pgettext_lazy("of a page", "Kind"),
        "language": _("Language"),
        "editor_name": _("Decided by"),
        "reason": _("Reason"),
        "checklist_told": _("Checklist"),
        "revision_id": _("Version"),
        "revision_at": _("Time of the version"),
        "submitted_at": _("Submitted"),
        "go_live_at": _("To be published"),
    }
    columns = [
        TitleColumn("page_title", label=_("Title"), get_url=_url, sort_key="page_title"),
        Column("action", label=_("Decision"), accessor="get_action_display", sort_key="action"),
        Column("at", label=_("Decided"), accessor=_moment, sort_key="at"),
        Column("editor_name", label=_("Decided by"), sort_key="editor_name"),
        Column("kind", label=pgettext_lazy("of a page", "Kind"), accessor=_kind),
        Column("reason", label=_("Reason")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remembers the editor's language."""
        # A table is written after the view, when the language is no longer the editor's.
        self._language = get_language()
        self.export_headings = {name: str(told) for name, told in self.export_headings.items()}
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet:
        """The decisions, each with whether its page is still there."""
        there = Exists(Page.objects.filter(pk=OuterRef("page_id")))
        rows: QuerySet = Decision.objects.annotate(page_is_there=there)
        return rows

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """As asked; what is equal in the order in which it was written."""
        return queryset.order_by(self.ordering, "-pk")

    def to_row_dict(self, item: Decision) -> Any:
        """A row of the exported table, in words of the editor's language."""
        with translation.override(self._language):
            return self._row(item)

    def _row(self, item: Any) -> Any:
        item.action_told = str(item.get_action_display())
        item.kind_told = _kind(item)
        item.checklist_told = "; ".join(
            f"{told['question']} {told['answer']}" + (f" ({told['note']})" if told["note"] else "")
            for told in checklist.told(item.checklist)
        )
        row = super().to_row_dict(item)
        for name in ("at", "revision_at", "submitted_at", "go_live_at"):
            if row[name] is not None:
                row[name] = timezone.make_naive(row[name])
        return row
