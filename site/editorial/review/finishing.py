"""What an approved review ends in: Wagtail asks for this by name while it is being loaded."""

from __future__ import annotations

from typing import Any


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """Publish or schedule the revision that was approved, not whichever is the latest.

    Who approves may, was asked before (``ReviewTask.on_action``). ``go_live_at`` on the state is
    the date that the editor gave; without one, that of the revision holds.
    """
    revision = workflow_state.current_task_state.revision
    page = workflow_state.content_object.specific
    page.publish_reviewed(
        revision, user=user, go_live_at=getattr(workflow_state, "go_live_at", None)
    )
