"""Taking a page that waits for review, giving it to another editor, and letting it go."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Task, WorkflowState
from wagtail.signals import workflow_approved, workflow_cancelled

from ..models.assignment import Assignment
from . import notifications


class AssignedMeanwhile(Exception):
    """Somebody else was quicker; ``str()`` says who has the page now."""

    def __init__(self, page: Page, editor: Any) -> None:
        self.editor = editor
        if editor is None:
            text = _("“%(title)s” was released meanwhile, so nothing was changed.")
        else:
            text = _(
                "%(editor)s has taken “%(title)s” meanwhile, so nothing was changed. "
                "Agree with them before you take it over."
            )
        super().__init__(text % {"title": page.draft_title, "editor": editor})


def editors_of(task: Task) -> QuerySet[Any]:
    """The accounts that may decide at a step: those of its groups, by name."""
    groups = getattr(task.specific, "groups", None)
    people = get_user_model()._default_manager.filter(is_active=True)
    if groups is None:
        return people.none()
    within = get_user_model().groups.through.objects.filter(group__in=groups.all())
    return people.filter(pk__in=within.values("user_id")).order_by("last_name", "first_name", "pk")


def current(page: Page, task: Task) -> Assignment | None:
    """Who has the page at this step."""
    return Assignment.objects.select_related("editor").filter(page=page, task=task).first()


@transaction.atomic
def assign(page: Page, task: Task, editor: Any, *, by: Any, seen: int | None) -> None:
    """Give the page to an editor, or with ``None`` release it.

    ``seen`` is the number of the editor whom the page had when ``by`` looked (``None``: nobody).
    Where somebody else has it by now, raises ``AssignedMeanwhile`` and changes nothing. Whoever
    gets it from another is told by mail.
    """
    # Two editors wait for each other here.
    Page.objects.select_for_update(of=("self",)).only("pk").get(pk=page.pk)
    assignment = current(page, task)
    holder = assignment.editor if assignment else None
    wanted = editor.pk if editor else None
    if holder is not None and holder.pk == wanted:
        return
    if (holder.pk if holder else None) != seen:
        raise AssignedMeanwhile(page, holder)
    Assignment.objects.filter(page=page, task=task).delete()
    if editor is None:
        return
    assignment = Assignment.objects.create(page=page, task=task, editor=editor, assigned_by=by)
    if editor != by:
        notifications.assigned(assignment)


def _end(instance: WorkflowState, **kwargs: Any) -> None:
    """The review is over, however it ended: nobody has the page."""
    if instance.base_content_type.model_class() is Page:
        Assignment.objects.filter(page_id=int(instance.object_id)).delete()


def connect() -> None:
    """Let assignments end with their reviews."""
    for signal in (workflow_approved, workflow_cancelled):
        signal.connect(_end, sender=WorkflowState, dispatch_uid="editorial_assignment_ends")
