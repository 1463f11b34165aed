"""The review task: editors approve, return or decline, and approve only what is ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from models_pages import completeness

from ..review import approving
from ..review.workflow_forms import ApprovalForm, ReturnForm


class ReviewTask(AbstractGroupApprovalTask):
    """Members of the chosen groups review; a page that lacks something is neither taken in nor
    approved, whichever screen is used.
    """

    class Meta:
        verbose_name = _("editors' review")
        verbose_name_plural = _("editors' reviews")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Take the page to review; ``PublicationRefused`` where it is not ready."""
        page = workflow_state.content_object.get_latest_revision_as_object()
        if lacking := completeness.missing(page):
            _put_back(workflow_state)
            raise completeness.PublicationRefused(page, lacking)
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return with a reason, approve or decline, for members of the groups.

        Whoever has a stake in the page may not approve it.
        """
        if not super().get_actions(obj, user):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Return with a reason"), True)]
        if approving.may_decide(user, obj) is None:
            actions += [
                ("approve", _("Approve"), False),
                ("approve", _("Approve with a comment"), True),
            ]
        return [*actions, ("decline", _("Decline"), True)]

    def get_form_for_action(self, action: str) -> type[ApprovalForm]:
        """A reason is asked for where a page is returned or declined."""
        return ApprovalForm if action == "approve" else ReturnForm

    @transaction.atomic
    def on_action(
        self,
        task_state: TaskState,
        user: Any,
        action_name: str,
        *,
        revision: int | None = None,
        comment: str = "",
        checklist: Sequence[dict[str, Any]] | None = None,
        go_live_at: datetime | None = None,
        step: str = "",
    ) -> None:
        """Approve, return or decline; ``approving.decide`` tells what is refused, and how.

        Wagtail's views check the page of their address, not the one under review: asked again
        here, while the page is locked, so that nobody saves or decides meanwhile.
        """
        page, state = approving.locked(task_state)
        page.editing_step = step
        self._check(page, state, user, action_name)
        seen = approving.seen_revision(page, state, revision, action_name)
        state.revision = seen
        with approving.deciding():
            if action_name == "approve":
                approving.carry_approvals(state, page, seen)
                go_live_at = self._approve(state, seen, user, comment, go_live_at)
            elif action_name == "reject":
                state.reject(user=user, comment=comment)
            else:
                _decline(state, user, comment)
        approving.log(
            page,
            action_name,
            state,
            seen,
            user,
            comment=comment,
            checklist=checklist,
            go_live_at=go_live_at if action_name == "approve" else None,
        )

    def _check(self, page: Any, state: TaskState, user: Any, action: str) -> None:
        if state.task_id != self.pk or not super().get_actions(page, user):
            raise PermissionDenied
        if action not in {"approve", "reject", "decline"}:
            raise PermissionDenied
        if state.status != TaskState.STATUS_IN_PROGRESS:
            raise approving.DecisionRefused(
                page, _now("Somebody has decided on “%(title)s” already.") % {"title": page}
            )
        if action == "approve":
            if refusal := approving.may_decide(user, page):
                raise approving.HasStake(page, refusal)
            rights = page.permissions_for_user(user)
            if state.workflow_state.is_at_final_task and not rights.has_publish_right():
                raise PermissionDenied

    def _approve(
        self, state: TaskState, seen: Any, user: Any, comment: str, go_live_at: datetime | None
    ) -> datetime | None:
        """Approve what was seen; gives the date of its publication, where it has one."""
        draft = seen.as_object()
        if lacking := completeness.missing(draft):
            raise completeness.PublicationRefused(draft, lacking)
        # The workflow publishes at its last step, and asks it for the date.
        state.workflow_state.go_live_at = go_live_at
        state.approve(user=user, comment=comment)
        return approving.appointment(draft, go_live_at)

    @classmethod
    def get_description(cls) -> str:
        """Shown where an administrator chooses a type of task."""
        return str(_("Members of the chosen groups review the page; what is missing is asked for."))


def _decline(state: TaskState, user: Any, comment: str) -> None:
    """End the review: the page stays a draft, and nobody is asked to mend it."""
    state.reject(user=user, comment=comment, update=False)
    state.workflow_state.cancel(user=user)
    approving.declined.send(sender=WorkflowState, instance=state.workflow_state, user=user)


def _put_back(workflow_state: WorkflowState) -> None:
    """Undo what ``WorkflowState.resume()`` saved before the refusal: it is not atomic."""
    returned = (
        workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED)
        .order_by("-started_at", "-pk")
        .first()
    )
    if returned is not None and workflow_state.current_task_state_id is None:
        workflow_state.status = WorkflowState.STATUS_NEEDS_CHANGES
        workflow_state.current_task_state = returned
        workflow_state.save()
