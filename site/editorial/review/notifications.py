"""Mail about review: who is told what, written in the transaction that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState

from accounts import mail
from accounts.roles import EDITORS
from models_pages import completeness
from models_pages.models.coauthor import CoAuthor

from ..models.assignment import Assignment
from ..models.decision import Decision

Context = dict[str, Any]


def submitted(task_state: TaskState, by: Any) -> None:
    """Tell those who may review that a page waits for them."""
    task = task_state.task.specific
    page = task_state.workflow_state.content_object
    if not isinstance(task, AbstractGroupApprovalTask) or not isinstance(page, Page):
        return
    editors = _people(Q(groups__in=task.groups.all()), by, "submitted_notifications")
    context = {"submitter": _name(by), "review_url": _review_url(page)}
    _send("submitted", f"submitted:{task_state.pk}", editors, page, context)


def assigned(assignment: Assignment) -> None:
    """Tell an editor that another has given a page to them."""
    page = assignment.page
    editors = _people(Q(pk=assignment.editor_id), assignment.assigned_by)
    context = {"editor": _name(assignment.assigned_by), "review_url": _review_url(page)}
    _send("assigned", f"assigned:{assignment.pk}", editors, page, context)


def approved(workflow_state: WorkflowState, by: Any) -> None:
    """Tell the page's people that it was approved."""
    page = workflow_state.content_object
    if not isinstance(page, Page):
        return
    page.refresh_from_db()
    people = _people(_owners(page, workflow_state.requested_by_id), by, "approved_notifications")
    go_live_at = _go_live_at(page)
    context = {
        "editor": _name(by),
        "comment": _comment(workflow_state),
        "page_url": _page_url(page) if page.live and not go_live_at else "",
        "go_live_at": go_live_at,
        "edit_url": _edit_url(page),
    }
    _send("approved", f"approved:{workflow_state.pk}", people, page, context)


def returned(workflow_state: WorkflowState, by: Any) -> None:
    """Tell the page's people that it was returned, and why."""
    _not_published("returned", workflow_state.current_task_state_id, workflow_state, by)


def declined(workflow_state: WorkflowState, by: Any) -> None:
    """Tell the page's people that it is not published here, and why."""
    _not_published("declined", workflow_state.pk, workflow_state, by)


def _not_published(template: str, number: int, workflow_state: WorkflowState, by: Any) -> None:
    page = workflow_state.content_object
    if not isinstance(page, Page):
        return
    people = _people(_owners(page, workflow_state.requested_by_id), by, "rejected_notifications")
    context = {
        "editor": _name(by),
        "comment": _comment(workflow_state),
        "edit_url": _edit_url(page),
    }
    _send(template, f"{template}:{number}", people, page, context)


def scheduled_publication_refused(page: Page, revision: Revision, due: datetime) -> None:
    """Tell editors and the page's people that a revision was not ready when it was due."""
    people = _people(_owners(page) | Q(groups__name=EDITORS), by=None)
    context = {"edit_url": _edit_url(page), "lacking": completeness.missing(page)}
    key = f"schedule-refused:{revision.pk}:{due:%Y-%m-%dT%H:%M}"
    _send("schedule_refused", key, people, page, context, urgent=True)


def taken_down(page: Page, decision: Decision, by: Any) -> None:
    """Tell the page's people at once that it was taken down, and why."""
    people = _people(_owners(page), by)
    context = {"editor": _name(by), "comment": decision.reason, "edit_url": _edit_url(page)}
    _send("taken_down", f"taken-down:{decision.pk}", people, page, context, urgent=True)


# Who


def _owners(page: Page, requested_by: int | None = None) -> Q:
    co_authors = CoAuthor.objects.filter(translation_key=page.translation_key)
    return Q(pk__in=[page.owner_id, requested_by]) | Q(pk__in=co_authors.values("user_id"))


def _people(who: Q, by: Any, preference: str = "") -> QuerySet[Any]:
    people = get_user_model()._default_manager.filter(who, is_active=True)
    if by is not None:
        people = people.exclude(pk=by.pk)
    if preference:
        people = people.exclude(**{f"wagtail_userprofile__{preference}": False})
    return people.distinct().order_by("pk")


def _name(user: Any) -> str:
    return user.get_full_name() if user is not None else ""


# What


def _comment(workflow_state: WorkflowState) -> str:
    state = workflow_state.current_task_state
    return state.specific.get_comment().strip() if state is not None else ""


def _go_live_at(page: Page) -> Any:
    scheduled = page.scheduled_revision
    return timezone.localtime(scheduled.approved_go_live_at) if scheduled else None


def _edit_url(page: Page) -> str:
    return mail.absolute("wagtailadmin_pages:edit", page.pk)


def _review_url(page: Page) -> str:
    return mail.absolute("editorial:review", page.pk)


def _page_url(page: Page) -> str:
    parts = page.get_url_parts()
    return f"{settings.WAGTAILADMIN_BASE_URL}{parts[2]}" if parts and parts[2] else ""


# How


def _send(
    template: str,
    key: str,
    people: QuerySet[Any],
    page: Page,
    context: Context,
    *,
    urgent: bool = False,
) -> None:
    full = {"page": page, "title": page.get_admin_display_title(), **context}
    for receiver in people:
        mail.send(receiver, key, template, full, urgent=urgent)
