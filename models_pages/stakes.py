"""Nobody makes public a page in which they have a stake: another pair of eyes sees it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

from .models.coauthor import is_coauthor
from .models.editing_step import SteppedRevision
from .models.portal_settings import PortalSettings


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an account may not decide on a page: ``code``, and a sentence for the person."""

    code: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


OWNER = Refusal("owner", _("This page is yours, so another editor approves it."))
COAUTHOR = Refusal(
    "coauthor", _("You are a co-author of this page, so another editor approves it.")
)
EDITED_LAST = Refusal(
    "edited_last", _("You were the last to edit this page, so another editor approves it.")
)


def stake(user: Any, page: Any, *, besides: int | None = None) -> Refusal | None:
    """The account's stake in the page, for which somebody else has to publish it.

    ``None`` where there is none, and in a portal with one editor. It counts for administrators
    and superusers too (docs: design, section 5). ``besides`` is a revision that does not count
    as an edit.
    """
    found = _stake(user, page, besides)
    return None if found is None or PortalSettings.current().decide_on_own else found


def own_stake(user: Any) -> Refusal | None:
    """The stake in a page that the account is only making: its owner, in the same step."""
    return None if PortalSettings.current().decide_on_own else OWNER


def _stake(user: Any, page: Any, besides: int | None) -> Refusal | None:
    if page.owner_id == user.pk:
        return OWNER
    if is_coauthor(user, page.translation_key):
        return COAUTHOR
    if last_editor(page, besides=besides) == user.pk:
        return EDITED_LAST
    return None


def last_editor(page: Any, *, besides: int | None = None) -> int | None:
    """The id of the account that saved or translated the page last; ``None`` where nobody is known.

    What was saved in the editing step that is going on (the page's ``editing_step``) does not
    count, nor does the revision ``besides``.
    """
    revisions = _before_step(page)
    if besides is not None:
        revisions = revisions.exclude(pk=besides)
    edits = [
        revisions.values_list("created_at", "user_id").first(),
        _translated(page).first(),
    ]
    known = [edit for edit in edits if edit is not None]
    return max(known, key=lambda edit: edit[0])[1] if known else None


def _translated(page: Any) -> Any:
    """When and by whom its strings were translated beside its revisions, the latest first."""
    by_type = [
        model._default_manager.filter(
            locale_id=page.locale_id, context__object_id=page.translation_key
        )
        .exclude(last_translated_by=None)
        .values_list("updated_at", "last_translated_by_id")
        for model in (StringTranslation, SegmentOverride)
    ]
    return by_type[0].union(by_type[1], all=True).order_by("-updated_at")


def revision_before_step(page: Any) -> int | None:
    """The id of the latest revision that is not of the editing step that is going on."""
    return _before_step(page).values_list("pk", flat=True).first()


def _before_step(page: Any) -> QuerySet[Revision]:
    revisions = page.revisions.order_by("-created_at", "-pk")
    if step := getattr(page, "editing_step", ""):
        in_step = SteppedRevision.objects.filter(step=step)
        revisions = revisions.exclude(pk__in=in_step.values("revision_id"))
    return revisions
