"""The buttons of a page's form and the main menu, in the words of review."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.models import WorkflowState

from .review.approving import may_withdraw


class SubmitForReview(SubmitForModerationMenuItem):
    """Submits; the workflow's own name says nothing to an author."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The label tells a first submission from a later one."""
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        is_returned = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit again for review") if is_returned else _("Submit for review")
        return context


class WithdrawFromReview(CancelWorkflowMenuItem):
    """Takes the page back from review."""

    label = _("Withdraw from review")

    def is_shown(self, context: Any) -> bool:
        """As in Wagtail, and for co-authors."""
        page = context.get("page")
        state = page.current_workflow_state if context["view"] == "edit" and page else None
        return state is not None and may_withdraw(context["request"].user, state, page)


def page_actions(items: list[Any], context: dict[str, Any]) -> list[Any]:
    """Wagtail's buttons of a page, renamed; during review, approving is the way to publish."""
    is_reviewing = any(isinstance(item, WorkflowMenuItem) for item in items)
    left_out: tuple[type, ...] = (RestartWorkflowMenuItem, CancelWorkflowMenuItem)
    if is_reviewing:
        left_out = (*left_out, PublishMenuItem)
    shown = [_renamed(item) for item in items if not isinstance(item, left_out)]
    withdraw = WithdrawFromReview(order=40)
    if withdraw.is_shown(context):
        shown = sorted([*shown, withdraw], key=lambda item: item.order)
    return shown


def _renamed(item: Any) -> Any:
    if isinstance(item, SubmitForModerationMenuItem):
        return SubmitForReview(order=item.order)
    if isinstance(item, WorkflowMenuItem) and item.name == "approve":
        # Wagtail adds “and publish” to any label at the last step; ours says so already.
        item.label = _("Approve with a comment") if item.launch_modal else _("Approve and publish")
    return item
