"""Messages on submission and decision, in place of Wagtail's own, and a guard of scheduling."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from models_pages import completeness
from models_pages.acting import acting_user
from models_pages.steps import settle

from ..models.decision import Action
from . import approving, decisions, notifications


def on_submission(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Tell the editors."""
    notifications.submitted(instance, user)


def on_approval(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Tell the page's people."""
    notifications.approved(instance, user)


def on_return(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Tell the page's people, with the reason."""
    notifications.returned(instance, user)


def on_cancel(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A review also ends when an editor publishes past it: the same news to the page's people."""
    page = instance.content_object
    if not isinstance(page, Page):
        return
    page.refresh_from_db()
    if page.live and not page.has_unpublished_changes:
        notifications.approved(instance, user)


def on_decline(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Tell the page's people, with the reason."""
    notifications.declined(instance, user)


def refuse_incomplete_schedule(
    instance: Revision, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """A revision gets an appointment only when it is ready: also past ``page.publish()``."""
    if raw or instance.approved_go_live_at is None or instance._state.adding:
        return
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    page = instance.as_object()
    if lacking := completeness.missing(page):
        raise completeness.PublicationRefused(page, lacking)
    settle(instance)


DIRECT = {"wagtail.publish": Action.APPROVED, "wagtail.publish.schedule": Action.SCHEDULED}


def log_direct_publication(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Who publishes past the review decides too: the log of decisions tells of it."""
    action = DIRECT.get(instance.action)
    user = instance.user or acting_user()
    if action is None or not created or user is None or approving.is_deciding():
        return
    page = instance.page
    when = instance.revision.approved_go_live_at if instance.revision else None
    decisions.record(page, action, user=user, revision=instance.revision, go_live_at=when)


def connect() -> None:
    """Connect the receivers.

    Wagtail's own messages are connected under these names when its admin starts, after this app:
    a name that is taken is not connected again, so nobody is told twice.
    """
    task_submitted.connect(
        on_submission,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
    workflow_approved.connect(
        on_approval,
        sender=WorkflowState,
        dispatch_uid="workflow_state_approved_email_notification",
    )
    workflow_rejected.connect(
        on_return,
        sender=WorkflowState,
        dispatch_uid="workflow_state_rejected_email_notification",
    )
    workflow_cancelled.connect(
        on_cancel, sender=WorkflowState, dispatch_uid="editorial_workflow_cancelled"
    )
    approving.declined.connect(on_decline, dispatch_uid="editorial_declined")
    post_save.connect(
        log_direct_publication, sender=PageLogEntry, dispatch_uid="editorial_direct_publication"
    )
    pre_save.connect(
        refuse_incomplete_schedule, sender=Revision, dispatch_uid="editorial_schedule_guard"
    )
