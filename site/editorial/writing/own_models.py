"""An account's own models, and what editors said of them: for the admin home.

Every list is bounded and costs the same few queries however many models there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Window
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Comment, Page, TaskState, WorkflowState

from models_pages import completeness, confirmation
from models_pages.draft_contents import draft_contents
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.models.coauthor import coauthored_keys
from models_pages.models.portal_settings import PortalSettings
from models_pages.panels import stations

from ..home.lists import SHOWN, Shown, edit_url

# So many of what is lacking and of what was said a row shows.
FIRST = 3

STATES: dict[str, str | Promise] = {
    "returned": _("Returned to be mended"),
    "in_review": _("In review"),
    "scheduled": _("Waits for its publication time"),
    "live": pgettext_lazy("state of a page", "Public"),
    "changed": _("Public, with unpublished changes"),
    "draft": pgettext_lazy("state of a page", "Draft"),
    "archived": pgettext_lazy("state of a page", "Archived"),
}

# How many rows there are before the first few are cut off: a query less than counting.
_IN_ALL = Window(Count("*"))

# What a list may be narrowed to.
DUE = "due"
NARROWED: dict[str, str | Promise] = {**STATES, DUE: _("To be confirmed")}


@dataclass(frozen=True, slots=True)
class Returned:
    """A page that an editor returned to its people."""

    title: str
    reason: str
    editor: str
    at: datetime | None
    edit_url: str


@dataclass(frozen=True, slots=True)
class OpenComment:
    """What somebody else said in the form, and nobody has settled."""

    text: str
    author: str
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """A model of which its people are asked whether it still holds."""

    title: str
    validity: confirmation.Validity
    url: str


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model of the account: its state, what it lacks, and what was said of it."""

    title: str
    language: str
    state: str
    edited_at: datetime | None
    edit_url: str
    copy_url: str
    people_url: str
    validity: confirmation.Validity
    live_url: str = ""
    is_coauthored: bool = False
    reason: str = ""
    confirm_url: str = ""
    stations: list[dict[str, Any]] = field(default_factory=list)
    lacking: list[completeness.Missing] = field(default_factory=list)
    comments: list[OpenComment] = field(default_factory=list)

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return STATES[self.state]

    @property
    def first_lacking(self) -> list[completeness.Missing]:
        """As many as fit a line or two."""
        return self.lacking[:FIRST]

    @property
    def more_lacking(self) -> int:
        """How many more there are."""
        return max(0, len(self.lacking) - FIRST)

    @property
    def first_comments(self) -> list[OpenComment]:
        """As many as fit a line or two."""
        return self.comments[:FIRST]

    @property
    def more_comments(self) -> int:
        """How many more there are."""
        return max(0, len(self.comments) - FIRST)


def _own(user: Any) -> Q:
    return Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))


def _reviews_of(pages: list[Any]) -> dict[int, WorkflowState]:
    states = (
        WorkflowState.objects.active()
        .filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id__in=[str(page.pk) for page in pages],
        )
        .select_related("current_task_state__finished_by")
    )
    return {int(state.object_id): state for state in states}


def returned_to(user: Any) -> list[Returned]:
    """Pages of the account that an editor returned, the latest decision first."""
    # A generic key is text; Postgres compares it with a number only where it is cast.
    own = Page.objects.filter(_own(user), pk=Cast(OuterRef("object_id"), IntegerField()))
    states = (
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
        )
        .filter(Exists(own))
        .select_related("current_task_state__finished_by")
        .order_by("-current_task_state__finished_at")[:SHOWN]
    )
    pages = Page.objects.in_bulk([int(state.object_id) for state in states])
    return [
        _returned(pages[int(state.object_id)], state.current_task_state)
        for state in states
        if int(state.object_id) in pages and state.current_task_state
    ]


def _returned(page: Page, decision: TaskState) -> Returned:
    editor = decision.finished_by
    return Returned(
        title=page.get_admin_display_title(),
        reason=decision.comment,
        editor=editor.get_full_name() if editor else "",
        at=decision.finished_at,
        edit_url=edit_url(page, comes_back=True),
    )


def own_pages(user: Any, words: str = "", state: str = "") -> Any:
    """The models that the account owns or co-authors, the last edited first; a queryset.

    ``words`` stand in the name, in any order; ``state`` is a key of ``NARROWED``.
    """
    pages: Any = OperatingModelPage.objects.filter(_own(user), alias_of=None)
    for word in words.split():
        # SQLite's own comparison takes Ä and ä for two letters.
        written = {word, word.lower(), word.upper(), word.capitalize()}
        pages = pages.filter(
            reduce(or_, (Q(draft_title__icontains=variant) for variant in sorted(written)))
        )
    if state == DUE:
        pages = pages.filter(pk__in=confirmation.soon_due().order_by().values("pk"))
    elif state in STATES:
        pages = _in_state(pages, state)
    return pages.order_by("-latest_revision_created_at", "-pk")


def _in_state(pages: Any, state: str) -> Any:
    returned = _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES)
    in_review = _in_workflow(WorkflowState.STATUS_IN_PROGRESS)
    if state == "returned":
        return pages.filter(pk__in=returned)
    if state == "in_review":
        return pages.filter(pk__in=in_review)
    pages = pages.exclude(pk__in=returned).exclude(pk__in=in_review)
    pages = pages.annotate_approved_schedule()
    if state == "scheduled":
        return pages.filter(_approved_schedule=True)
    pages = pages.filter(_approved_schedule=False)
    if state in {"draft", "archived"}:
        return pages.filter(live=False, archived_at__isnull=state == "draft")
    return pages.filter(live=True, has_unpublished_changes=state == "changed")


def _in_workflow(status: str) -> Any:
    states = WorkflowState.objects.filter(
        status=status,
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    )
    # A generic key is text; Postgres compares it with a number only where it is cast.
    return states.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")


def own_models(user: Any, number: int = SHOWN, settings: PortalSettings | None = None) -> Shown:
    """The last edited of the account's models."""
    first = _read(own_pages(user).annotate(in_all=_IN_ALL)[:number])
    rows = own_rows(user, first, settings)
    return Shown(rows, first[0].in_all if first else 0)


def _read(pages: Any) -> list[Any]:
    return list(
        pages.defer_streamfields()
        .select_related("latest_revision", "locale")
        .annotate_approved_schedule()
    )


def own_rows(user: Any, pages: Any, settings: PortalSettings | None = None) -> list[OwnModel]:
    """What a list shows of these of the account's models; as many queries for one as for all."""
    shown = pages if isinstance(pages, list) else _read(pages)
    if not shown:
        return []
    reviews = _reviews_of(shown)
    comments = _open_comments(user, shown)
    contents = draft_contents(shown)
    requirements = completeness.Requirements()
    settings = settings or PortalSettings.current()
    return [
        _own_model(
            page,
            contents[page.pk],
            user,
            reviews.get(page.pk),
            comments.get(page.pk, []),
            requirements,
            confirmation.state(page, settings),
        )
        for page in shown
    ]


def due_for_confirmation(
    user: Any, number: int = FIRST, settings: PortalSettings | None = None
) -> Shown:
    """The account's models that are to be confirmed, the longest due first."""
    settings = settings or PortalSettings.current()
    due: Any = confirmation.soon_due(settings).filter(_own(user))
    first = list(due.defer_streamfields().annotate(in_all=_IN_ALL)[:number])
    rows = [
        Due(
            page.get_admin_display_title(),
            confirmation.state(page, settings),
            reverse("editorial:confirm", args=[page.pk]),
        )
        for page in first
    ]
    return Shown(rows, first[0].in_all if first else 0)


def _open_comments(user: Any, pages: list[Any]) -> dict[int, list[OpenComment]]:
    """What others said in the forms of these pages and is not settled, the latest first."""
    rows = (
        Comment.objects.filter(page__in=[page.pk for page in pages], resolved_at=None)
        .exclude(user=user)
        .select_related("user")
        .order_by("-created_at", "-pk")
    )
    found: dict[int, list[OpenComment]] = {}
    for row in rows:
        address = f"{reverse('wagtailadmin_pages:edit', args=[row.page_id])}?comment={row.pk}"
        comment = OpenComment(row.text, row.user.get_full_name(), address)
        found.setdefault(row.page_id, []).append(comment)
    return found


def _own_model(
    page: Any,
    content: Any,
    user: Any,
    review: WorkflowState | None,
    comments: list[OpenComment],
    requirements: completeness.Requirements,
    validity: confirmation.Validity,
) -> OwnModel:
    state = _state(page, review)
    decision = review.current_task_state if review else None
    return OwnModel(
        title=page.get_admin_display_title(),
        language=page.locale.language_code,
        state=state,
        edited_at=page.latest_revision_created_at,
        edit_url=edit_url(page),
        copy_url=reverse("editorial:copy", args=[page.pk]),
        people_url=reverse("editorial:people", args=[page.pk]),
        live_url=page.url or "" if page.live else "",
        is_coauthored=page.owner_id != user.pk,
        validity=validity,
        confirm_url=reverse("editorial:confirm", args=[page.pk])
        if validity.is_due or validity.is_due_soon
        else "",
        reason=decision.comment if decision and state == "returned" else "",
        stations=stations(content),
        lacking=completeness.missing(content, requirements),
        comments=comments,
    )


def _state(page: Any, review: WorkflowState | None) -> str:
    if review is not None:
        is_returned = review.status == WorkflowState.STATUS_NEEDS_CHANGES
        return "returned" if is_returned else "in_review"
    if page.approved_schedule:
        return "scheduled"
    if page.live:
        return "changed" if page.has_unpublished_changes else "live"
    return "archived" if page.is_archived else "draft"


def new_model_url(user: Any) -> str:
    """The form of a new model in the account's language; empty where it may not make one."""
    cached: str | None = getattr(user, "_new_model_url", None)
    if cached is None:
        cached = user._new_model_url = _form_of_new_model(user)  # noqa: SLF001 (of the request)
    return cached


def _form_of_new_model(user: Any) -> str:
    indexes = OperatingModelIndexPage.objects.select_related("locale").order_by("path")
    for index in sorted(indexes, key=lambda page: page.locale.language_code != user.language):
        if index.permissions_for_user(user).can_add_subpage():
            return reverse(
                "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", index.pk]
            )
    return ""


@dataclass(frozen=True, slots=True)
class Start:
    """A way to start a model: what to call it, what it is good for, where it leads."""

    label: str | Promise
    note: str | Promise
    url: str


def starts(user: Any, *, has_models: bool = True) -> list[Start]:
    """The ways in which the account may start a model, an empty one first; none for a reader.

    Who has no models has none to copy.
    """
    empty = new_model_url(user)
    if not empty:
        return []
    ways = [
        (_("Start a new model"), _("An empty form that leads through the sections."), empty),
        (
            _("Import a text or a Word document"),
            _("What is written already is led to its sections; you see them first."),
            _address("editorial:import"),
        ),
        (
            _("Adapt a published model"),
            _("Somebody does as you do: start from their text, and tell what you changed."),
            _address("editorial:adapt_choose"),
        ),
        (
            _("Copy a model of yours"),
            _("The list of your models has “Copy” at each."),
            _address("editorial:own_models") if has_models else "",
        ),
    ]
    return [Start(label, note, url) for label, note, url in ways if url]


def _address(name: str) -> str:
    """A view's address; empty where the portal has no such view."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
