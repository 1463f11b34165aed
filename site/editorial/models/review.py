"""The review task: editors approve or return, and only what is ready."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from models_pages import completeness

from ..forms import ApprovalForm, ReturnForm


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
        """Return with a reason, or approve, for members of the groups."""
        if not super().get_actions(obj, user):
            return []
        return [
            ("reject", _("Return with a reason"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_form_for_action(self, action: str) -> type[ApprovalForm]:
        """A reason is asked for where a page is returned."""
        return ReturnForm if action == "reject" else ApprovalForm

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or return; ``PublicationRefused`` where what would be published is not ready.

        Wagtail's dashboard view checks the page of its address, not the one under review: asked
        again here.
        """
        page = task_state.workflow_state.content_object
        if user is not None:
            allowed = {name for name, _label, _modal in self.get_actions(page, user)}
            if action_name not in allowed:
                raise PermissionDenied
        if action_name == "approve":
            draft = page.get_latest_revision_as_object()
            if lacking := completeness.missing(draft):
                raise completeness.PublicationRefused(draft, lacking)
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Shown where an administrator chooses a type of task."""
        return str(_("Members of the chosen groups review the page; what is missing is asked for."))


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
