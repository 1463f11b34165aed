"""Wagtail's edit view, where what an editor corrects and decides on in one sitting is one step."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Revision

from models_pages.completeness import PublicationRefused

from .approving import DecisionRefused, NewerRevision, decide
from .middleware import refusal_buttons, refusal_text


class OneStepEditView(EditView):
    """Editing a page; a decision takes the corrections of the same step along."""

    def get_object(self) -> Any:
        """The draft, told in which step it is edited."""
        page = super().get_object()
        if self.request.method == "POST":
            page.editing_step = self.request.POST.get("editing_step", "")[:36] or uuid4().hex
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it all or nothing; what was refused is told above what was typed."""
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except (DecisionRefused, PublicationRefused) as refusal:
            messages.error(request, refusal_text(refusal), buttons=refusal_buttons(refusal))
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())

    def seen_revision_id(self) -> int:
        """The revision that the form shows: what it was opened with, or its own autosave.

        A form that names none was opened with the latest.
        """
        latest = self.latest_revision.pk
        if str(latest) == self.request.POST.get("loaded_revision_id", str(latest)):
            return latest
        own = Revision.objects.filter(pk=latest, stepped__step=self.page.editing_step)
        if own.exists():
            return latest
        loaded = self.request.POST["loaded_revision_id"]
        return int(loaded) if loaded.isdecimal() else 0

    def perform_workflow_action(self) -> HttpResponse:
        """Save the corrections and decide; nothing of it where something newer was saved."""
        seen = self.seen_revision_id()
        if seen != self.latest_revision.pk and self.workflow_action == "approve":
            revisions = self.page.revisions
            raise NewerRevision(self.page, revisions.filter(pk=seen).first(), self.latest_revision)
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
        told = json.loads(self.request.POST.get("workflow-action-extra-data") or "{}")
        decide(
            self.page.current_workflow_task_state,
            self.request.user,
            self.workflow_action,
            revision_id=revision.pk,
            comment=str(told.get("comment", "")),
            step=self.page.editing_step,
        )
        self.add_save_confirmation_message()
        response = self.run_hook("after_edit_page", self.request, self.page)
        return response or self.redirect_away()
