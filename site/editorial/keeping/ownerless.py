"""Models whose owner has left: nobody is asked whether they hold until somebody takes them over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from accounts import mail
from models_pages.models import OperatingModelPage
from models_pages.models.coauthor import CoAuthor


def without_owner() -> QuerySet[Any]:
    """Models that are in use and have no owner, or one whose account is closed."""
    found: QuerySet[Any] = (
        OperatingModelPage.objects.filter(
            Q(owner=None) | Q(owner__is_active=False), alias_of=None, archived_at=None
        )
        .select_related("owner", "locale")
        .defer_streamfields()
        .order_by("title", "pk")
    )
    return found


def possible_owner(email: str) -> Any:
    """The open account of an address; ``None`` where there is none."""
    accounts = get_user_model()._default_manager.filter(is_active=True)
    return accounts.filter(email=email.strip().lower()).first()


@transaction.atomic
def reassign(pages: Iterable[Any], owner: Any, by: Any) -> int:
    """Give models, in all their languages, to another account, and tell it; how many models."""
    keys = {page.translation_key for page in pages}
    versions = list(
        OperatingModelPage.objects.filter(translation_key__in=keys)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for version in versions:
        before = version.owner
        version.owner = owner
        version.save(update_fields=["owner"], clean=False)
        data = {"from": before.get_full_name() if before else "", "to": owner.get_full_name()}
        log(instance=version, action="mallisto.reassigned", user=by, data=data)
    CoAuthor.objects.filter(translation_key__in=keys, user=owner).delete()
    if versions and owner != by:
        titles = sorted({version.get_admin_display_title() for version in versions})
        context = {
            "by": by.get_full_name(),
            "titles": titles[:50],
            "number": len(keys),
            "list_url": mail.absolute("editorial:own_models"),
        }
        mail.send(owner, f"reassigned:{by.pk}:{timezone.now().isoformat()}", "reassigned", context)
    return len(keys)
