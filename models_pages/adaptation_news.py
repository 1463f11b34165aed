"""Telling the people of a model that an adaptation of it has been published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from accounts import mail

from .family import comparison_path
from .models import OperatingModelPage
from .models.coauthor import CoAuthor


@receiver(page_published, dispatch_uid="models_pages_adaptation_published")
def tell_of_adaptation(instance: Any, **kwargs: Any) -> None:
    """Tell the original's people, each once for an adaptation with all its translations."""
    page = instance.specific_deferred if isinstance(instance, Page) else instance
    if not isinstance(page, OperatingModelPage) or page.adapted_from_id is None:
        return
    original: Any = OperatingModelPage.objects.filter(pk=page.adapted_from_id).first()
    if original is None or original.translation_key == page.translation_key:
        return
    is_public = OperatingModelPage.shown().filter(pk=original.pk).exists()
    context = {
        "title": page.title,
        "original": original.title,
        "url": page.full_url,
        # Of a model that was taken down there is nothing public to compare with.
        "comparison_url": f"{original.full_url}{comparison_path(original, page)}"
        if is_public
        else "",
        "regions": list(page.regions.all()),
    }
    key = f"adapted:{page.translation_key}:{original.translation_key}"
    for user in _people(original).exclude(pk__in=_people(page).values("pk")):
        mail.send(user, key, "adapted", context)


def _people(page: Any) -> Any:
    """The active accounts that own or co-author the page."""
    co_authors = CoAuthor.objects.filter(translation_key=page.translation_key)
    return get_user_model()._default_manager.filter(
        Q(pk=page.owner_id) | Q(pk__in=co_authors.values("user_id")), is_active=True
    )
