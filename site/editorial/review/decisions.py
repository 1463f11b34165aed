"""Writing and reading the log of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Revision

from ..models.decision import Decision


def record(
    page: Page,
    action: str,
    *,
    user: Any,
    revision: Revision | None = None,
    reason: str = "",
    checklist: Sequence[dict[str, Any]] | None = None,
    go_live_at: datetime | None = None,
    submitted_at: datetime | None = None,
) -> Decision:
    """Add a decision; called in the transaction that carries it out.

    ``action`` is one of ``models.decision.Action``, ``revision`` what the editor saw,
    ``submitted_at`` when the page came to review. ``user`` is ``None`` where the portal itself
    acted.
    """
    return Decision.objects.create(
        page_id=page.pk,
        page_title=page.draft_title or page.title,
        page_type=page.cached_content_type.model,
        language=page.locale.language_code,
        revision_id=revision.pk if revision else None,
        revision_at=revision.created_at if revision else None,
        submitted_at=submitted_at,
        editor_id=user.pk if user else None,
        editor_name=user.get_full_name() if user else "",
        action=action,
        reason=reason.strip(),
        checklist=list(checklist or []),
        go_live_at=go_live_at,
    )


def of_page(page: Page) -> QuerySet[Decision]:
    """The page's decisions, the newest first."""
    return Decision.objects.filter(page_id=page.pk)


def replace_name(user: Any, name: str) -> int:
    """Put another name in place of a person's, where the person's data is erased.

    The one change that the log knows: what was decided, when and why stays. Gives the number of
    decisions.
    """
    return QuerySet(Decision).filter(editor_id=user.pk).update(editor_name=name)
