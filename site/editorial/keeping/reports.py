"""Lists for editors: models that nobody has confirmed in time, and the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import ListingButton

from models_pages import confirmation
from models_pages.models import OperatingModelPage
from models_pages.models.portal_settings import PortalSettings

from ..home.lists import edit_url
from ..reviewers import ReviewersOnly


class _TitleColumn(ButtonsColumnMixin, TitleColumn):
    """The model, with what can be done about it."""

    def __init__(self, *args: Any, actions: Sequence[tuple[str, Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = actions

    def get_buttons(self, instance: Any, parent_context: Any) -> list[ListingButton]:
        """Of its own name in a sentence each: a screen reader lists links without their rows."""
        return [
            ListingButton(
                label,
                reverse(f"editorial:{name}", args=[instance.pk]),
                priority=priority,
                attrs={"aria-label": str(sentence) % {"title": instance.title}},
            )
            for priority, (name, label, sentence) in enumerate(self.actions)
        ]


def _owner(page: Any) -> str:
    if page.owner is None:
        return _("Nobody")
    name: str = page.owner.get_full_name()
    return name if page.owner.is_active else _("%(name)s (account closed)") % {"name": name}


def _language(page: Any) -> str:
    return str(page.locale.get_display_name())


class _LabelledColumn(Column):
    """A cell that names its column where a row is a card."""

    cell_template_name = "editorial/keeping/labelled_cell.html"


class _DayColumn(_LabelledColumn):
    """A day as a date: "two years ago" may be a year off."""

    def get_value(self, instance: Any) -> str:
        """The day of the attribute."""
        value = getattr(instance, self.name)
        day = timezone.localdate(value) if isinstance(value, datetime) else value
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class _Paginator(WagtailPaginator):
    verbose_name = pgettext_lazy("after a number", "operating model")
    verbose_name_plural = pgettext_lazy("after a number", "operating models")


class ModelsReport(ReviewersOnly, ReportView):
    """A list of models, for those who review."""

    template_name = "editorial/keeping/report.html"
    table_classname = "listing queue"
    paginator_class = _Paginator
    model = OperatingModelPage
    default_ordering = "title"
    paginate_by = 50

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """As asked; what is equal by title."""
        return queryset.order_by(self.ordering or self.default_ordering, "title", "pk")


class OverdueReport(ModelsReport):
    """Models whose time of grace is over: their people were asked twice and have not answered."""

    page_title = gettext_lazy("Overdue models")
    header_icon = "time"
    index_url_name = "editorial:overdue"
    index_results_url_name = "editorial:overdue_results"
    results_template_name = "editorial/keeping/overdue_results.html"
    default_ordering = "valid_since"
    columns = [
        _TitleColumn(
            "title",
            label=gettext_lazy("Model"),
            get_url=edit_url,
            sort_key="title",
            actions=(
                ("confirm", gettext_lazy("Confirm"), gettext_lazy("Confirm “%(title)s”")),
                ("archive", gettext_lazy("Archive"), gettext_lazy("Archive “%(title)s”")),
            ),
        ),
        _LabelledColumn("language", label=gettext_lazy("Language"), accessor=_language),
        _LabelledColumn(
            "owner", label=gettext_lazy("Owner"), accessor=_owner, sort_key="owner__last_name"
        ),
        _DayColumn(
            "valid_since",
            label=gettext_lazy("Last published or confirmed"),
            sort_key="valid_since",
        ),
    ]

    @cached_property
    def settings(self) -> PortalSettings:
        """The settings, asked once."""
        return PortalSettings.current()

    def get_base_queryset(self) -> QuerySet:
        """The overdue, with what a row shows."""
        pages = confirmation.overdue(self.settings).select_related("owner", "locale")
        return pages.defer_streamfields()  # type: ignore[attr-defined]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the note above the list says."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["settings_of_keeping"] = self.settings
        return context


class ArchivedReport(ModelsReport):
    """Models that are in the archive."""

    page_title = gettext_lazy("Archived models")
    header_icon = "folder"
    index_url_name = "editorial:archived"
    index_results_url_name = "editorial:archived_results"
    results_template_name = "editorial/keeping/archived_results.html"
    default_ordering = "-archived_at"
    columns = [
        _TitleColumn(
            "title",
            label=gettext_lazy("Model"),
            get_url=edit_url,
            sort_key="title",
            actions=(("restore", gettext_lazy("Restore"), gettext_lazy("Restore “%(title)s”")),),
        ),
        _LabelledColumn("language", label=gettext_lazy("Language"), accessor=_language),
        _LabelledColumn(
            "owner", label=gettext_lazy("Owner"), accessor=_owner, sort_key="owner__last_name"
        ),
        _DayColumn("archived_at", label=gettext_lazy("Archived"), sort_key="archived_at"),
        _LabelledColumn("successor", label=gettext_lazy("Successor"), accessor="successor"),
    ]

    def get_base_queryset(self) -> QuerySet:
        """The archived, with what a row shows."""
        pages = OperatingModelPage.objects.filter(live=False, alias_of=None)
        pages = pages.exclude(archived_at=None).select_related("owner", "locale", "successor")
        return pages.defer_streamfields()
