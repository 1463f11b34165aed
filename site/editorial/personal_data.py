"""What review holds of a person: decisions, and the requests for them."""

from __future__ import annotations

from typing import Any

from wagtail.models import TaskState, WorkflowState

from accounts import personal_data

from .models import Decision
from .review import decisions


def _decisions(user: Any) -> list[dict[str, Any]]:
    return [
        {"at": one.at.isoformat(), "decision": one.action, "of": one.page_title,
         "reason": one.reason}
        for one in Decision.objects.filter(editor=user).order_by("at")
    ]  # fmt: skip


def _reviews(user: Any) -> list[dict[str, Any]]:
    asked = WorkflowState.objects.filter(requested_by=user).order_by("created_at")
    answered = TaskState.objects.filter(finished_by=user).order_by("finished_at")
    return [
        *({"asked": one.created_at.isoformat(), "of": str(one.object_id)} for one in asked),
        *(
            {"answered": one.finished_at.isoformat(), "comment": one.comment}
            for one in answered
            if one.finished_at
        ),
    ]


def _erase_name(user: Any) -> None:
    """The log of decisions shows no name in its place."""
    decisions.replace_name(user, "")


def connect() -> None:
    """Register what this package holds."""
    personal_data.register("decisions", _decisions, _erase_name)
    personal_data.register("reviews", _reviews)
