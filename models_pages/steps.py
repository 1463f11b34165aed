"""Editing steps: what is saved between opening a page's form and leaving it.

Wagtail's autosave writes over the latest revision, asking only whose it is. Here a revision that
somebody may have seen, submitted or decided on stays as it was.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from .models.editing_step import SteppedRevision


def may_replace(page: Any, revision: Revision) -> bool:
    """Whether the page's next revision may take this one's place.

    Only an autosave of the same step, while it is the latest and neither under review nor
    decided on, published or scheduled. Whoever asks has locked the page.
    """
    if not page.editing_step:
        return False
    stored = Page.objects.filter(pk=page.pk, latest_revision=revision)
    return Revision.objects.filter(
        pk=revision.pk,
        pk__in=stored.exclude(live_revision=revision).order_by().values("latest_revision"),
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


def keep_autosave_found(page: Any) -> None:
    """Let what is asked of the stored page follow an autosave, which writes a revision only.

    The name and address of a draft, and what it refers to (who may see its files hangs on it).
    A live page stays as the public sees it.
    """
    if page.live:
        return
    if not page.numchild:
        page.set_url_path(page.get_parent())
        names = {"title": page.title, "slug": page.slug, "url_path": page.url_path}
        Page.objects.filter(pk=page.pk).update(**names)
    ReferenceIndex.create_or_update_for_object(page)


def note_again(revision: Revision, user: Any) -> None:
    """Let the history tell the time of the latest autosave, in the one entry of the step."""
    entries = PageLogEntry.objects.filter(revision=revision, user=user, action="wagtail.edit")
    entries.update(timestamp=timezone.now())
