"""The review queue's screen, and taking, giving and releasing what is in it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
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
from . import assigning, queue

NOBODY = "nobody"


def _kinds() -> list[tuple[str, Any]]:
    kinds = [model for model in apps.get_models() if issubclass(model, PortalPage)]
    return [(str(kind._meta.model_name), capfirst(kind._meta.verbose_name)) for kind in kinds]


def _holders(request: HttpRequest) -> list[tuple[str, Any]]:
    people = assigning.holders(queue.states_for(request.user)).exclude(pk=request.user.pk)
    return [
        (str(request.user.pk), _("You")),
        (NOBODY, _("Nobody")),
        *((str(person.pk), person.get_full_name()) for person in people),
    ]


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
        field_name="content_type__model",
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        empty_label=gettext_lazy("All"),
        field_name="locale__language_code",
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = _kinds()
        self.filters["assigned"].extra["choices"] = _holders(self.request)

    def assigned_to(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        """Those that somebody has, or nobody."""
        if value == NOBODY:
            return pages.filter(assignee_id=None)
        return pages.filter(assignee_id=int(value))

    def by_due_date(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        """Those that are overdue, or the others."""
        late = queue.overdue(queue.review_days())
        return pages.filter(late if value == "overdue" else ~late)

    def by_submission(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        """Those on which was decided before, or the others."""
        return pages.filter(is_resubmitted=value == "again")


class _WaitingColumn(Column):
    """A cell that shows a part of ``queue.Waiting``; the template is named for the column."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, accessor="waiting", **kwargs)
        self.cell_template_name = f"editorial/queue/{name}_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["waiting"] = instance.waiting
        context["user"] = parent_context["request"].user
        context["csrf_token"] = get_token(parent_context["request"])
        return context


class _QueueTable(Table):
    def get_row_classname(self, instance: Any) -> str:
        return "queue-row queue-row--overdue" if instance.waiting.overdue else "queue-row"

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
    default_ordering = "waiting_since"
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
        _WaitingColumn("title", label=gettext_lazy("Name"), sort_key="draft_title"),
        _WaitingColumn("since", label=gettext_lazy("Waiting since"), sort_key="waiting_since"),
        _WaitingColumn("due", label=gettext_lazy("Due date")),
        _WaitingColumn("sections", label=gettext_lazy("Sections")),
        _WaitingColumn("assigned", label=gettext_lazy("Assigned to"), sort_key="assignee_name"),
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

    def get_base_queryset(self) -> QuerySet[Page]:
        """What waits for the account."""
        return queue.pages_for(self.request.user)

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """By name."""
        return queue.titled(queryset, self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """As asked; what is equal by how long it waits."""
        return queryset.order_by(self.ordering, "waiting_since", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Rows know what the table shows of them."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        pages = list(context["object_list"].select_related("locale"))
        days = queue.review_days()
        rows = queue.rows(pages, self.request.user, days, with_sections=True)
        for page, waiting in zip(pages, rows, strict=True):
            page.waiting = waiting
        context["object_list"] = pages
        context["table"] = self.get_table(pages)
        context["review_days"] = days
        return context


def waiting_page(request: HttpRequest, page_id: int) -> tuple[Any, Task]:
    """A page that waits for the account, with the step; ``Http404`` for any other."""
    if not is_reviewer(request.user):
        raise PermissionDenied
    page: Any = get_object_or_404(queue.pages_for(request.user), pk=page_id)
    return page, Task.objects.get(pk=page.waiting_task).specific


@require_POST
def assign(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the page, give it to another editor, or release it."""
    try:
        page, task = waiting_page(request, page_id)
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
