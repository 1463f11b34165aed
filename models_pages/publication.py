"""Only who may publish makes public, whichever code does it: asked of whoever makes the request.

Commands and the scheduler act for nobody: there completeness alone is asked.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.signals import page_published

from .acting import acting_user
from .stakes import stake
from .steps import settle


def refuse_going_live_without_right(page: Any) -> None:
    """Raise ``PermissionDenied`` where who asks now may not publish, and the page goes live."""
    user = acting_user()
    if user is None or page.permissions_for_user(user).has_publish_right():
        return
    stored = type(page)._default_manager.filter(pk=page.pk, live=True)
    if page.pk is None or not stored.exists():
        raise PermissionDenied("An account that may not publish made a page public.")


def refuse_publishing_without_right(page: Any, revision: Any) -> None:
    """Raise ``PermissionDenied`` where who asks now may not publish this page.

    For libraries that save a revision and publish it without naming anybody: the revision
    itself is their doing.
    """
    user = acting_user()
    if user is None:
        return
    may = page.permissions_for_user(user).has_publish_right()
    if not may or stake(user, page, besides=revision.pk) is not None:
        raise PermissionDenied("An account that may not publish this page tried to.")


def settle_published(revision: Any = None, **kwargs: Any) -> None:
    """What was public is not overwritten."""
    if revision is not None:
        settle(revision)


def connect() -> None:
    """Connect the receiver."""
    page_published.connect(settle_published, dispatch_uid="models_pages_settle_published")
