"""The review task: editors approve or return, and only what is ready."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from models_pages import completeness


class ReviewTask(AbstractGroupApprovalTask):
    """Members of the chosen groups review; a page that lacks something is neither taken in nor
    approved, whichever screen is used.
    """

    class Meta:
        verbose_name = _("editors' review")
        verbose_name_plural = _("editors' reviews")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Take the page to review; ``PublicationRefused`` where it is not ready."""
        page = workflow_state.content_object.get_latest_revision_as_object()
        if lacking := completeness.missing(page):
            raise completeness.PublicationRefused(page, lacking)
        return super().start(workflow_state, user=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or return; ``PublicationRefused`` where what would be published is not ready."""
        if action_name == "approve":
            page = task_state.workflow_state.content_object.get_latest_revision_as_object()
            if lacking := completeness.missing(page):
                raise completeness.PublicationRefused(page, lacking)
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Shown where an administrator chooses a type of task."""
        return str(_("Members of the chosen groups review the page; what is missing is asked for."))
