"""Mail about review: who is told what, in the receiver's language, after the commit.

A mail that cannot be sent is logged; it never breaks what somebody did.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from accounts.roles import EDITORS
from models_pages import completeness
from models_pages.models.coauthor import CoAuthor

logger = logging.getLogger("mallisto.mail")

Context = dict[str, Any]


def submitted(task_state: TaskState, by: Any) -> None:
    """Tell those who may review that a page waits for them."""
    task = task_state.task.specific
    page = task_state.workflow_state.content_object
    if not isinstance(task, AbstractGroupApprovalTask) or not isinstance(page, Page):
        return
    editors = _people(Q(groups__in=task.groups.all()), by, "submitted_notifications")
    _send("submitted", editors, page, {"submitter": _name(by), "edit_url": _edit_url(page)})


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
    _send("approved", people, page, context)


def returned(workflow_state: WorkflowState, by: Any) -> None:
    """Tell the page's people that it was returned, and why."""
    page = workflow_state.content_object
    if not isinstance(page, Page):
        return
    people = _people(_owners(page, workflow_state.requested_by_id), by, "rejected_notifications")
    context = {
        "editor": _name(by),
        "comment": _comment(workflow_state),
        "edit_url": _edit_url(page),
    }
    _send("returned", people, page, context)


def scheduled_publication_refused(page: Page) -> None:
    """Tell editors and the page's people that a scheduled page was not ready when it was due."""
    people = _people(_owners(page) | Q(groups__name=EDITORS), by=None)
    context = {"edit_url": _edit_url(page), "lacking": completeness.missing(page)}
    _send("schedule_refused", people, page, context)


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
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def _page_url(page: Page) -> str:
    parts = page.get_url_parts()
    return f"{settings.WAGTAILADMIN_BASE_URL}{parts[2]}" if parts and parts[2] else ""


# How


def _send(template: str, people: Iterable[Any], page: Page, context: Context) -> None:
    receivers = list(people)
    if not receivers:
        return
    full = {"page": page, "title": page.get_admin_display_title(), **context}
    transaction.on_commit(partial(_deliver, template, receivers, full), robust=True)


def _deliver(template: str, receivers: list[Any], context: Context) -> None:
    try:
        connection = get_connection()
        connection.open()
    except Exception:
        logger.exception("No mail can be sent: “%s” to %d people", template, len(receivers))
        return
    try:
        for receiver in receivers:
            try:
                _message(template, receiver, context, connection).send()
            except Exception:
                logger.exception("Mail “%s” to account %s was not sent", template, receiver.pk)
    finally:
        connection.close()


def _message(template: str, receiver: Any, context: Context, connection: Any) -> EmailMessage:
    with translation.override(receiver.language):
        full = {**context, "receiver": receiver}
        subject = render_to_string(f"editorial/mail/{template}_subject.txt", full)
        body = render_to_string(f"editorial/mail/{template}.txt", full)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[receiver.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
