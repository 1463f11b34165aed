"""What waits for an account, and its own models: for the admin home.

Every list is bounded and costs the same few queries however many models there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from models_pages import completeness
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.models.coauthor import coauthored_keys
from models_pages.panels import stations

SHOWN = 20

STATES: dict[str, str | Promise] = {
    "returned": _("Returned to be mended"),
    "in_review": _("In review"),
    "scheduled": _("Waits for its publication time"),
    "live": pgettext_lazy("state of a page", "Public"),
    "changed": _("Public, with unpublished changes"),
    "draft": pgettext_lazy("state of a page", "Draft"),
}


@dataclass(frozen=True, slots=True)
class InReview:
    """A page that waits for an editor."""

    title: str
    kind: str
    submitter: str
    since: datetime
    edit_url: str
    preview_url: str
    compare_url: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A page that an editor returned to its people."""

    title: str
    reason: str
    editor: str
    at: datetime | None
    edit_url: str


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model of the account: its state, and what it lacks."""

    title: str
    language: str
    state: str
    edited_at: datetime | None
    edit_url: str
    live_url: str = ""
    is_coauthored: bool = False
    stations: list[dict[str, Any]] = field(default_factory=list)
    lacking: list[completeness.Missing] = field(default_factory=list)

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return STATES[self.state]

    @property
    def first_lacking(self) -> list[completeness.Missing]:
        """As many as fit a line or two."""
        return self.lacking[:3]

    @property
    def more_lacking(self) -> int:
        """How many more there are."""
        return max(0, len(self.lacking) - 3)


@dataclass(frozen=True, slots=True)
class Shown:
    """The first rows of a list, and how many there are in all."""

    rows: list[Any]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.total - len(self.rows))


def _edit_url(page: Page, *, comes_back: bool = False) -> str:
    """The page's form; where it comes back, a decision leads to the admin home again."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{address}?next={reverse('wagtailadmin_home')}" if comes_back else address


# Editors


def is_reviewer(user: Any) -> bool:
    """Whether some review task is the account's."""
    return user.is_superuser or user.groups.filter(reviewtask__active=True).exists()


def waiting_for_review(user: Any) -> Shown:
    """Pages that the account may decide on, the longest waiting first."""
    states = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type__app_label="wagtailcore"
    )
    first = list(
        states.select_related("workflow_state__requested_by").order_by("started_at", "pk")[:SHOWN]
    )
    keys = [int(state.workflow_state.object_id) for state in first]
    pages = Page.objects.select_related("content_type", "locale").in_bulk(keys)
    decided = _decided_before(first)
    rows = [
        _in_review(state, pages[key], decided.get(state.workflow_state_id))
        for state, key in zip(first, keys, strict=True)
        if key in pages
    ]
    return Shown(rows, len(first) if len(first) < SHOWN else states.count())


def _decided_before(states: list[TaskState]) -> dict[int, int]:
    """The revision that was returned last, by review."""
    returned = TaskState.objects.filter(
        workflow_state__in=[state.workflow_state_id for state in states],
        status=TaskState.STATUS_REJECTED,
    ).order_by("started_at", "pk")
    return dict(returned.values_list("workflow_state_id", "revision_id"))


def _in_review(state: TaskState, page: Page, decided: int | None) -> InReview:
    base: int | str | None = "live" if page.live else decided
    submitter = state.workflow_state.requested_by
    return InReview(
        title=page.get_admin_display_title(),
        kind=str(page.page_type_display_name),
        submitter=submitter.get_full_name() if submitter else "",
        since=state.started_at,
        edit_url=_edit_url(page, comes_back=True),
        preview_url=reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id]),
        compare_url=reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, base, "latest"])
        if base
        else "",
    )


# Authors


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
        edit_url=_edit_url(page, comes_back=True),
    )


def own_models(user: Any) -> Shown:
    """Models that the account owns or co-authors, the last edited first."""
    models: Any = OperatingModelPage.objects.filter(_own(user), alias_of=None)
    first = list(
        models.defer_streamfields()
        .select_related("latest_revision", "locale")
        .annotate_approved_schedule()
        .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    )
    reviews = _reviews_of(first)
    requirements = completeness.Requirements()
    rows = [_own_model(page, user, reviews.get(page.pk), requirements) for page in first]
    return Shown(rows, len(first) if len(first) < SHOWN else models.count())


def _own_model(
    page: Any,
    user: Any,
    review: WorkflowState | None,
    requirements: completeness.Requirements,
) -> OwnModel:
    revision = page.latest_revision
    content = completeness.DraftContent(page, revision.content) if revision else page
    return OwnModel(
        title=page.get_admin_display_title(),
        language=page.locale.language_code,
        state=_state(page, review),
        edited_at=page.latest_revision_created_at,
        edit_url=_edit_url(page),
        live_url=page.url or "" if page.live else "",
        is_coauthored=page.owner_id != user.pk,
        stations=stations(content),
        lacking=completeness.missing(content, requirements),
    )


def _state(page: Any, review: WorkflowState | None) -> str:
    if review is not None:
        is_returned = review.status == WorkflowState.STATUS_NEEDS_CHANGES
        return "returned" if is_returned else "in_review"
    if page.approved_schedule:
        return "scheduled"
    if page.live:
        return "changed" if page.has_unpublished_changes else "live"
    return "draft"


def new_model_url(user: Any) -> str:
    """The form of a new model in the account's language; empty where it may not make one."""
    indexes = OperatingModelIndexPage.objects.select_related("locale").order_by("path")
    for index in sorted(indexes, key=lambda page: page.locale.language_code != user.language):
        if index.permissions_for_user(user).can_add_subpage():
            return reverse(
                "wagtailadmin_pages:add", args=["models_pages", "operatingmodelpage", index.pk]
            )
    return ""
