"""Archiving a model and taking it out of the archive again, in all its languages at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from accounts import mail
from models_pages.archive import may_archive, may_restore
from models_pages.models import OperatingModelPage

from ..models.decision import Action
from ..review import decisions
from .confirming import people_of


@transaction.atomic
def archive(page: Any, user: Any, note: str = "", successor: Any = None) -> None:
    """Take a model out of public view; its address says so, with the note and the successor.

    Reviews of it end, appointments are cancelled. ``PermissionDenied`` where the account may not,
    also where somebody else has archived it meanwhile.
    """
    page = _locked(page)
    if not may_archive(user, page):
        raise PermissionDenied
    others = OperatingModelPage.objects.filter(
        translation_key=page.translation_key, live=True, alias_of=None, archived_at=None
    )
    versions = [page, *others.exclude(pk=page.pk)] if page.live else [page]
    now = timezone.now()
    for version in versions:
        _archive(version, user, note.strip(), successor, now)
    decisions.record(page, Action.ARCHIVED, user=user, revision=page.archived_revision, reason=note)
    _tell(page, user, note)


def _archive(page: Any, user: Any, note: str, successor: Any, now: Any) -> None:
    page.archived_at, page.archived_by = now, user
    if page.live:
        # A page that was made public without a revision gets one: it is what would come back.
        page.archived_revision = page.live_revision or page.save_revision(clean=False)
    page.archive_note, page.successor = note, successor
    if page.live:
        UnpublishPageAction(page, user=user, log_action="mallisto.archived").execute(
            skip_permission_checks=True  # asked above
        )
    else:
        page.save(update_fields=list(page.ARCHIVE_FIELDS), clean=False)
        page.revisions.update(approved_go_live_at=None)
        log(instance=page, action="mallisto.archived", user=user)
    if state := page.current_workflow_state:
        state.cancel(user=user)


@transaction.atomic
def restore(page: Any, user: Any) -> None:
    """Make public again what was public when it was archived; a draft becomes a draft again.

    ``PublicationRefused`` where something is missing that is required by now,
    ``PermissionDenied`` where the account may not.
    """
    page = _locked(page)
    if not may_restore(user, page):
        raise PermissionDenied
    revision = page.archived_revision
    versions = OperatingModelPage.objects.filter(
        translation_key=page.translation_key, archived_at=page.archived_at
    )
    for version in versions.order_by("pk"):
        if version.archived_revision is not None:
            version.archived_revision.publish(user=user, log_action="mallisto.restored")
        else:
            version.forget_archiving()
            version.save(update_fields=list(version.ARCHIVE_FIELDS), clean=False)
            log(instance=version, action="mallisto.restored", user=user)
    decisions.record(page, Action.RESTORED, user=user, revision=revision)


def _locked(page: Any) -> Any:
    """The page as it is now; of two people who act on it one waits."""
    return OperatingModelPage.objects.select_for_update(of=("self",)).get(pk=page.pk)


def _tell(page: Any, by: Any, note: str) -> None:
    context = {
        "title": page.title,
        "by": by.get_full_name(),
        "note": note,
        "page_url": (page.full_url or "") if page.first_published_at else "",
        "edit_url": mail.absolute("wagtailadmin_pages:edit", page.pk),
    }
    for person in people_of(page).exclude(pk=by.pk):
        key = f"archived:{page.pk}:{page.archived_at:%Y-%m-%dT%H:%M:%S}"
        mail.send(person, key, "archived", context)
