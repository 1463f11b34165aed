"""The review queue's screen, and taking, giving and releasing what is in it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import IndexView
from wagtail.models import Page, Task

from models_pages.models import PortalPage

from ..home.overview import is_reviewer
from . import assigning, queue, queue_rows
from .queue_rows import Waiting

NOBODY = "nobody"


def _kinds() -> list[tuple[str, Any]]:
    kinds = [model for model in apps.get_models() if issubclass(model, PortalPage)]
    return [(str(kind._meta.model_name), capfirst(kind._meta.verbose_name)) for kind in kinds]


def _holders(request: HttpRequest, waiting: list[Waiting]) -> list[tuple[str, Any]]:
    holders = {row.wait.assignee for row in waiting if row.wait.assignee and not row.is_mine}
    return [
        (str(request.user.pk), _("You")),
        (NOBODY, _("Nobody")),
        *((str(person.pk), person.name) for person in sorted(holders, key=_by_name)),
    ]


def _by_name(person: queue.Person) -> tuple[str, int]:
    return person.sort_key, person.pk


class QueueFilterSet(WagtailFilterSet):
    """By who has the page, time, kind and language."""

    assigned = django_filters.ChoiceFilter(
        label=gettext_lazy("Assigned to"), empty_label=gettext_lazy("All"), method="assigned_to"
    )
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Due date"),
        choices=[("overdue", gettext_lazy("Overdue")), ("in_time", gettext_lazy("In time"))],
        empty_label=gettext_lazy("All"),
        method="by_due_date",
    )
    submission = django_filters.ChoiceFilter(
        label=gettext_lazy("Submission"),
        choices=[
            ("first", gettext_lazy("First time")),
            ("again", gettext_lazy("Decided on before")),
        ],
        empty_label=gettext_lazy("All"),
        method="by_submission",
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a page", "Kind"),
        empty_label=gettext_lazy("All"),
        method="of_kind",
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        empty_label=gettext_lazy("All"),
        method="in_language",
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, waiting: list[Waiting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = _kinds()
        self.filters["assigned"].extra["choices"] = _holders(self.request, waiting)

    def filter_queryset(self, queryset: list[Waiting]) -> list[Waiting]:
        """Those that every filter lets through: rows in memory, not a queryset of Django's."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def assigned_to(self, waiting: list[Waiting], name: str, value: str) -> list[Waiting]:
        """Those that somebody has, or nobody."""
        wanted = None if value == NOBODY else int(value)
        return [row for row in waiting if row.assignee_id == wanted]

    def by_due_date(self, waiting: list[Waiting], name: str, value: str) -> list[Waiting]:
        """Those that are overdue, or the others."""
        return [row for row in waiting if bool(row.overdue) == (value == "overdue")]

    def by_submission(self, waiting: list[Waiting], name: str, value: str) -> list[Waiting]:
        """Those on which was decided before, or the others."""
        return [row for row in waiting if row.is_resubmitted == (value == "again")]

    def of_kind(self, waiting: list[Waiting], name: str, value: str) -> list[Waiting]:
        """Those of a type of pages."""
        return [row for row in waiting if row.type == value]

    def in_language(self, waiting: list[Waiting], name: str, value: str) -> list[Waiting]:
        """Those in a language."""
        return [row for row in waiting if row.language == value]


class _WaitingColumn(Column):
    """A cell that shows a part of ``Waiting``; the template is named for the column."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, accessor="title", **kwargs)
        self.cell_template_name = f"editorial/queue/{name}_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["waiting"] = instance
        return context


class _AssignedColumn(_WaitingColumn):
    """Who has the page, with a button to take or release it."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["user"] = parent_context["request"].user
        context["csrf_token"] = get_token(parent_context["request"])
        return context


class _QueueTable(Table):
    def get_row_classname(self, instance: Any) -> str:
        return "queue-row queue-row--overdue" if instance.overdue else "queue-row"

    def get_caption(self) -> str:
        return str(_("Pages that wait for review"))


class _Paginator(WagtailPaginator):
    verbose_name = gettext_lazy("page")
    verbose_name_plural = gettext_lazy("pages")


class QueueView(IndexView):
    """Pages that wait for the account, the longest waiting first."""

    model = Page
    page_title = gettext_lazy("Review queue")
    header_icon = "clipboard-list"
    index_url_name = "editorial:queue"
    index_results_url_name = "editorial:queue_results"
    template_name = "editorial/queue/queue.html"
    results_template_name = "editorial/queue/results.html"
    default_ordering = queue_rows.DEFAULT_ORDER
    paginate_by = 25
    paginator_class = _Paginator
    table_class = _QueueTable
    table_classname = "listing queue"
    filterset_class = QueueFilterSet
    search_fields = ["draft_title"]
    is_searchable = True
    i18n_enabled = False
    show_export_buttons = False
    columns = [
        _WaitingColumn("title", label=gettext_lazy("Name"), sort_key="title"),
        _WaitingColumn("since", label=gettext_lazy("Waiting since"), sort_key="waiting_since"),
        _WaitingColumn("due", label=gettext_lazy("Due date")),
        _WaitingColumn("sections", label=gettext_lazy("Sections"), sort_key="sections"),
        _AssignedColumn("assigned", label=gettext_lazy("Assigned to"), sort_key="assignee"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who decide at some step of review."""
        if not is_reviewer(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    @cached_property
    def add_url(self) -> None:
        """Nothing is added here."""
        return

    @cached_property
    def review_days(self) -> int:
        """In how many working days a page should be answered."""
        return queue.review_days()

    @cached_property
    def waiting(self) -> list[Waiting]:
        """All that waits for the account."""
        user = self.request.user
        return queue_rows.rows(queue.waits(user), user, self.review_days)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Adds what waits: those who have some of it can be chosen."""
        return {**super().get_filterset_kwargs(), "waiting": self.waiting}

    def get_base_queryset(self) -> list[Waiting]:
        """What waits: read at once, as sorting and narrowing it is quicker here."""
        return self.waiting

    def search_queryset(self, queryset: list[Waiting]) -> list[Waiting]:
        """By name."""
        return queue_rows.titled(queryset, self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: list[Waiting]) -> list[Waiting]:
        """As asked."""
        if self.ordering.endswith("sections"):
            queryset = queue_rows.with_sections(queryset)
        return queue_rows.ordered(queryset, self.ordering)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the sections of what is shown, and how soon to answer."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = queue_rows.with_sections(context["object_list"])
        context["object_list"] = shown
        context["table"] = self.get_table(shown)
        context["review_days"] = self.review_days
        return context


def waiting_page(request: HttpRequest, page_id: int) -> tuple[queue.Wait, Any, Task]:
    """A page that waits for the account, with the step; ``Http404`` for any other."""
    if not is_reviewer(request.user):
        raise PermissionDenied
    found = queue.waits(request.user, only=[page_id])
    if not found:
        raise Http404
    page = get_object_or_404(Page, pk=page_id)
    return found[0], page, Task.objects.get(pk=found[0].task_id).specific


@require_POST
def assign(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the page, give it to another editor, or release it."""
    try:
        _wait, page, task = waiting_page(request, page_id)
    except Http404:
        messages.warning(request, _("This page does not wait for review any more."))
        return redirect("editorial:queue")
    editors = assigning.editors_of(task)
    editor = None
    if number := request.POST.get("editor", ""):
        editor = editors.filter(pk=_number(number)).first()
        if number == str(request.user.pk):
            editor = request.user
        if editor is None:
            messages.error(request, _("Choose one of the editors of this step."))
            return redirect(_back(request))
    try:
        assigning.assign(
            page, task, editor, by=request.user, seen=_number(request.POST.get("seen", ""))
        )
    except assigning.AssignedMeanwhile as news:
        messages.warning(request, str(news))
    else:
        messages.success(request, _told(page, editor, request.user))
    return redirect(_back(request))


def _number(text: str) -> int | None:
    # Longer ones are too great for the database.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _back(request: HttpRequest) -> str:
    return str(get_valid_next_url_from_request(request) or reverse("editorial:queue"))


def _told(page: Page, editor: Any, user: Any) -> str:
    if editor is None:
        text = _("“%(title)s” is released: any editor may take it.")
    elif editor == user:
        text = _("“%(title)s” is now yours to review.")
    else:
        text = _("“%(title)s” is assigned to %(editor)s.")
    return text % {"title": page.get_admin_display_title(), "editor": editor}
