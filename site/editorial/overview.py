"""What waits for an editor: for the admin home.

Every list is bounded and costs the same few queries however many models there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from wagtail.models import Page, TaskState

from .home_lists import SHOWN, Shown, edit_url


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
        edit_url=edit_url(page, comes_back=True),
        preview_url=reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id]),
        compare_url=reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, base, "latest"])
        if base
        else "",
    )
