"""Editing steps: what is saved between opening a page's form and leaving it.

Wagtail's autosave writes over the latest revision, asking only whose it is. Here a revision that
somebody may have seen, submitted or decided on stays as it was.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Revision

from .models.editing_step import SteppedRevision


def may_replace(page: Any, revision: Revision) -> bool:
    """Whether the page's next revision may take this one's place.

    Only an autosave of the same step, while it is the latest and neither under review nor
    decided on, published or scheduled. The page stays locked until the commit.
    """
    locked = Page.objects.select_for_update(of=("self",)).filter(pk=page.pk)
    now = locked.values_list("latest_revision_id", "live_revision_id").first()
    if not page.editing_step or now is None or now[0] != revision.pk or now[1] == revision.pk:
        return False
    return Revision.objects.filter(
        pk=revision.pk,
        stepped__step=page.editing_step,
        stepped__is_autosave=True,
        task_states=None,
        approved_go_live_at=None,
    ).exists()


def remember_step(page: Any, revision: Revision) -> None:
    """Keep in which step of the page's editing the revision was saved."""
    SteppedRevision.objects.create(
        revision=revision, step=page.editing_step, is_autosave=page.is_autosave
    )


def settle(revision: Revision) -> None:
    """Let the revision stay as it is from now on: somebody decided on it or published it."""
    SteppedRevision.objects.filter(revision=revision, is_autosave=True).update(is_autosave=False)
