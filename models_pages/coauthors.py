"""Changing who co-authors a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageSubscription

from .models.coauthor import CoAuthor


@transaction.atomic
def set_coauthors(page: Page, users: Iterable[Any], by: Any = None) -> None:
    """Make these accounts, and no others, the page's co-authors; logged where it changes."""
    wanted = {user.pk: user for user in users if user.pk != page.owner_id}
    current = CoAuthor.objects.filter(translation_key=page.translation_key)
    present = set(current.values_list("user_id", flat=True))
    left = present - set(wanted)
    removed, _ = current.filter(user_id__in=left).delete()
    # Wagtail mails comments to whoever asked for them once, without asking for rights again.
    PageSubscription.objects.filter(
        page__translation_key=page.translation_key, user_id__in=left
    ).delete()
    added = [user for pk, user in wanted.items() if pk not in present]
    for user in added:
        CoAuthor.objects.create(translation_key=page.translation_key, user=user, added_by=by)
    if (added or removed) and page.pk:
        log(
            instance=page,
            action="mallisto.coauthors",
            user=by,
            data={"co_authors": sorted(user.email for user in wanted.values())},
        )


def coauthors(page: Page) -> list[Any]:
    """The accounts that co-author the page, by e-mail."""
    rows = CoAuthor.objects.filter(translation_key=page.translation_key).select_related("user")
    return [row.user for row in rows.order_by("user__email")]
