"""Wagtail's edit view: a save is one transaction; a decision takes the step's corrections along.

A step is what is done between opening the form and leaving it; its token is in the form.
"""

from __future__ import annotations

import json
from copy import copy
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page, Revision

from models_pages.completeness import PublicationRefused

from ..middleware import refusal_buttons, refusal_text
from ..review.approving import (
    DecisionRefused,
    NewerRevision,
    decide,
    may_decide,
    may_withdraw,
    step_of_review,
)
from ..review.commenting import tell
from ..review.corrections import written
from .autosaving import LeanAutosave
from .conflicts import again_after_conflict

DECIDED = {
    "approve": _("You approved “%(title)s”."),
    "reject": _("You returned “%(title)s”. Its authors are told the reason."),
    "decline": _("You declined “%(title)s”. Its authors are told the reason."),
}


class OneStepEditView(LeanAutosave):
    """Editing a page, one save after another, each all or nothing."""

    page: Any
    workflow_action: str
    # Opened from a review: what is saved here belongs to that step.
    is_review_step = False

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Answer; what is posted is read and saved while nobody else saves the page."""
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)

        def attempt() -> HttpResponse:
            with transaction.atomic():
                # Before the page is read: a stale copy, saved, would undo what another did.
                Page.objects.select_for_update(of=("self",)).filter(pk=page_id).values("pk").first()
                return super(OneStepEditView, copy(self)).dispatch(request, page_id, **kwargs)

        return again_after_conflict(attempt)

    def get_object(self) -> Any:
        """The draft, told in which step it is edited."""
        page = super().get_object()
        told = self.request.POST if self.request.method == "POST" else self.request.GET
        step = told.get("editing_step", "")[:36]
        if step.startswith("review-"):
            state = page.current_workflow_task_state
            own = step_of_review(state, self.request.user) if state else ""
            self.is_review_step = step == own
            step = own
        if self.request.method == "POST":
            page.editing_step = step or uuid4().hex
            page.is_autosave = self.expects_json_response
        elif self.is_review_step:
            page.editing_step = step
        return page

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a reviewer who may not approve is told why."""
        task = self.page.current_workflow_task
        if task is not None and task.get_actions(self.page, request.user):
            refusal = may_decide(request.user, self.page)
            if refusal is not None:
                messages.info(request, str(refusal))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it all or nothing; what was refused is told above what was typed."""
        if self.expects_json_response:
            return super().post(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except (DecisionRefused, PublicationRefused) as refusal:
            messages.error(request, refusal_text(refusal), buttons=refusal_buttons(refusal))
            if isinstance(refusal, NewerRevision):
                if refusal.seen is None or not self.has_written_since(refusal.seen):
                    return self.redirect_and_remain()
                messages.warning(
                    request,
                    _(
                        "Your own corrections are still below. Deciding again publishes what you "
                        "see here; what the other person wrote stays in the history."
                    ),
                )
            self.page.latest_revision = self.latest_revision
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())

    @cached_property
    def is_cancelling_workflow(self) -> bool:
        """Whether the page is withdrawn by somebody who may, a co-author among them."""
        return bool(
            self.request.POST.get("action-cancel-workflow")
            and self.workflow_state
            and self.workflow_state.is_active
            and may_withdraw(self.request.user, self.workflow_state, self.page)
        )

    def refuse_newer(self) -> None:
        """Raise ``NewerRevision`` where the page was saved after what the form shows.

        The form shows what it was opened with, or its own autosave; one that names neither was
        opened with the latest.
        """
        latest = self.latest_revision
        loaded = self.request.POST.get("loaded_revision_id")
        if latest is None or not loaded or loaded == str(latest.pk):
            return
        own = Revision.objects.filter(pk=latest.pk, stepped__step=self.page.editing_step)
        if not own.exists():
            seen = int(loaded) if loaded.isdecimal() and len(loaded) < 19 else 0
            raise NewerRevision(self.page, self.page.revisions.filter(pk=seen).first(), latest)

    def has_written_since(self, seen: Revision) -> bool:
        """Whether the form holds anything else than the revision with which it was opened."""
        form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=seen.as_object(),
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        return written(form)

    def save_action(self) -> HttpResponse:
        """Save a draft; with it, what is not an autosave, the step is over."""
        if not self.expects_json_response and not self.is_review_step:
            self.page.editing_step = ""
        return super().save_action()

    def redirect_and_remain(self) -> HttpResponse:
        """The form again, in the same review."""
        response = super().redirect_and_remain()
        if self.is_review_step:
            before = "&" if "?" in response["Location"] else "?"
            response["Location"] += f"{before}editing_step={self.page.editing_step}"
        return response

    def publish_action(self) -> HttpResponse:
        """Publish what the form shows, unless somebody else saved meanwhile."""
        self.refuse_newer()
        return super().publish_action()

    def perform_workflow_action(self) -> HttpResponse:
        """Save the corrections and decide; nothing of it where something newer was saved."""
        if self.workflow_action == "approve":
            self.refuse_newer()
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        revision = self.latest_revision
        if self.has_content_changes:
            revision = self.page.save_revision(
                user=self.request.user, log_action=True, previous_revision=self.previous_revision
            )
            if "comments" in self.form.formsets:
                changes = self.get_commenting_changes()
                self.log_commenting_changes(changes, revision)
                self.send_commenting_notifications(changes)
        decide(
            self.page.current_workflow_task_state,
            self.request.user,
            self.workflow_action,
            revision_id=revision.pk,
            comment=self._comment(),
            step=self.page.editing_step,
        )
        messages.success(
            self.request,
            DECIDED[self.workflow_action] % {"title": self.page.get_admin_display_title()},
        )
        response = self.run_hook("after_edit_page", self.request, self.page)
        return response or self.redirect_away()

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Tell those who may still open the page."""
        tell(self.page, self.request.user, changes)

    def _comment(self) -> str:
        try:
            told = json.loads(self.request.POST.get("workflow-action-extra-data") or "{}")
        except ValueError:
            return ""
        return str(told.get("comment", "")) if isinstance(told, dict) else ""
