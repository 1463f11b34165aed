"""Deciding on a page under review: which revision, by whom, and what becomes of it.

``ReviewTask.on_action`` is the one place where a decision happens; whatever shows a button ends
there, or comes through ``decide``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from models_pages.models.coauthor import is_coauthor
from models_pages.stakes import Refusal, revision_before_step, stake

from ..models.decision import Action
from . import decisions

# A review that ended without a publication; sent with the workflow's state and the account.
declined = Signal()

_deciding: ContextVar[bool] = ContextVar("deciding", default=False)


@contextmanager
def deciding() -> Iterator[None]:
    """While a decision is carried out and logged."""
    token = _deciding.set(True)
    try:
        yield
    finally:
        _deciding.reset(token)


def is_deciding() -> bool:
    """Whether a decision is being carried out, which the log of decisions tells of anyway."""
    return _deciding.get()


class DecisionRefused(Exception):
    """A decision that was not carried out; ``str()`` tells the editor why."""

    def __init__(self, page: Any, message: str | Promise) -> None:
        self.page = page
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.args[0])


class NewerRevision(DecisionRefused):
    """The page was saved after what the editor saw; ``seen`` and ``latest`` can be compared."""

    def __init__(self, page: Any, seen: Revision | None, latest: Revision) -> None:
        self.seen = seen
        self.latest = latest
        super().__init__(
            page,
            _(
                "“%(title)s” was changed after the version that you saw, so nothing was decided. "
                "Look at what changed and decide again."
            )
            % {"title": page.draft_title},
        )


class HasStake(DecisionRefused):
    """The account has a stake in the page: somebody else approves it."""

    def __init__(self, page: Any, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(page, refusal.message)


def may_decide(user: Any, page: Any) -> Refusal | None:
    """Why the account may not approve the page; ``None`` where it may, its rights permitting."""
    return stake(user, page)


def decide(
    task_state: TaskState,
    user: Any,
    action: str,
    *,
    revision_id: int,
    comment: str = "",
    checklist: Sequence[dict[str, Any]] | None = None,
    go_live_at: datetime | None = None,
    step: str = "",
) -> None:
    """Approve (now or with a date), return (``reject``) or ``decline`` a page under review.

    ``revision_id`` is the revision that the editor saw; ``step`` the editing step in which the
    editor corrected it, where that is so. Raises ``NewerRevision`` where the page
    was saved since, ``HasStake`` where somebody else has to approve it, ``DecisionRefused`` where
    it was decided on already, ``PublicationRefused`` where the page lacks something, and
    ``PermissionDenied`` where the account does not review at this step.
    """
    task_state.task.specific.on_action(
        task_state,
        user,
        action,
        revision=revision_id,
        comment=comment,
        checklist=checklist,
        go_live_at=go_live_at,
        step=step,
    )


def locked(task_state: TaskState) -> tuple[Any, TaskState]:
    """The page under review and the state, as they are now; both stay so until the commit."""
    stored = TaskState.objects.select_related("workflow_state").get(pk=task_state.pk)
    page_id = stored.workflow_state.object_id
    Page.objects.select_for_update(of=("self",)).only("pk").get(pk=page_id)
    stored.refresh_from_db()
    return Page.objects.get(pk=page_id).specific, stored


def seen_revision(page: Any, task_state: TaskState, seen: int | None, action: str) -> Revision:
    """The revision on which is decided; ``NewerRevision`` where another was saved since.

    Who names none (Wagtail's own buttons) decides on what was submitted; returning that is
    possible whatever was saved since.
    """
    latest = page.latest_revision
    if seen is None and action != "approve":
        return latest
    number = task_state.revision_id if seen is None else seen
    if latest.pk == number:
        return latest
    raise NewerRevision(page, page.revisions.filter(pk=number).first(), latest)


def step_of_review(task_state: TaskState, user: Any) -> str:
    """The editing step of one editor's review: from the review view to the form and back.

    What the editor saves on the way are corrections of the step, not an edit of its own.
    """
    return f"review-{task_state.pk}-{user.pk}"


def may_withdraw(user: Any, workflow_state: WorkflowState, page: Any) -> bool:
    """Whether the account may take the page back from review: as in Wagtail, and co-authors."""
    if workflow_state.user_can_cancel(user):
        return True
    is_locked = page.locked and page.locked_by_id != user.pk
    rights = page.permissions_for_user(user)
    return not is_locked and is_coauthor(user, page.translation_key) and rights.can_edit()


def carry_approvals(state: TaskState, page: Any, seen: Revision) -> None:
    """Let earlier steps' approvals hold for what this step's editor only corrected.

    Approvals of anything that another saved over do not: the page goes through those steps again.
    """
    before = revision_before_step(page)
    if before is None or before == seen.pk:
        return
    earlier = state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    for approved in earlier.filter(revision=before):
        approved.copy(update_attrs={"revision": seen})


def appointment(draft: Any, go_live_at: datetime | None) -> datetime | None:
    """When an approved draft becomes public, where that is later: the editor's date, or its own."""
    when = go_live_at or draft.go_live_at
    return when if when is not None and when > timezone.now() else None


def log(
    page: Any,
    action: str,
    task_state: TaskState,
    revision: Revision,
    user: Any,
    *,
    comment: str,
    checklist: Sequence[dict[str, Any]] | None,
    go_live_at: datetime | None = None,
) -> None:
    """Write a decision into the log."""
    names = {"reject": Action.RETURNED, "decline": Action.DECLINED, "approve": Action.APPROVED}
    decisions.record(
        page,
        Action.SCHEDULED if go_live_at else names[action],
        user=user,
        revision=revision,
        reason=comment,
        checklist=checklist,
        go_live_at=go_live_at,
        submitted_at=task_state.started_at,
    )
