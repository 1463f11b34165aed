"""Two who write one page at once: both versions stay, and the second is told of the first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, Revision


def saved_meanwhile(page: Page, loaded_id: str, loaded_at: str, step: str = "") -> Revision | None:
    """The latest version that somebody saved after a form was opened with a version.

    ``loaded_id`` and ``loaded_at`` are the version's number and time, as the form was given them;
    ``step`` is the form's sitting, whose own versions are left out. Asked when the form has been
    saved: the page's latest version is its.
    """
    try:
        opened = datetime.fromisoformat(loaded_at)
    except ValueError:
        opened = None
    if not loaded_id.isdecimal() or len(loaded_id) > 18 or (opened and timezone.is_naive(opened)):
        return None
    revisions = page.revisions.exclude(pk=page.latest_revision_id).select_related("user")
    loaded = revisions.filter(pk=int(loaded_id)).first()
    if opened is None:
        opened = loaded.created_at if loaded else None
    if opened is None:
        return None
    later = revisions.filter(created_at__gt=opened).defer("content")
    if step:
        later = later.exclude(stepped__step=step)
    found: Revision | None = later.order_by("-created_at", "-pk").first()
    return found


def tell_of_both(request: HttpRequest, page: Page) -> None:
    """After an explicit save: who saved meanwhile, what differs, and how to go on."""
    if request.method != "POST" or "application/json" in request.headers.get("Accept", ""):
        return
    page.refresh_from_db(fields=["latest_revision"])
    theirs = saved_meanwhile(
        page,
        request.POST.get("loaded_revision_id", ""),
        request.POST.get("loaded_revision_created_at", ""),
        request.POST.get("editing_step", ""),
    )
    if theirs is None or page.latest_revision_id is None:
        return
    by = theirs.user.get_full_name() if theirs.user else _("Somebody")
    if theirs.user_id == request.user.pk:
        by = _("You, in another window,")
    values: dict[str, Any] = {
        "by": by,
        "time": date_format(timezone.localtime(theirs.created_at), "SHORT_DATETIME_FORMAT"),
    }
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, theirs.pk, page.latest_revision_id]
    )
    go_on = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, theirs.pk])
    messages.warning(
        request,
        _(
            "%(by)s saved a version at %(time)s, while you were writing. Both are kept; yours is "
            "the newest. Look at what differs, and bring into the newest what should stay of the "
            "other, or go on from the other."
        )
        % values,
        buttons=[
            messages.button(compare, _("See what differs"), new_window=True),
            messages.button(go_on, _("Go on from the other")),
        ],
    )
