"""An account's own models, and what editors said of them: for the admin home.

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

from .home_lists import SHOWN, Shown, edit_url

STATES: dict[str, str | Promise] = {
    "returned": _("Returned to be mended"),
    "in_review": _("In review"),
    "scheduled": _("Waits for its publication time"),
    "live": pgettext_lazy("state of a page", "Public"),
    "changed": _("Public, with unpublished changes"),
    "draft": pgettext_lazy("state of a page", "Draft"),
}


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
        edit_url=edit_url(page),
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
