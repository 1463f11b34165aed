"""An account has one language: here and in Wagtail's profile."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from .models import User


@receiver(post_save, sender=User)
def language_to_profile(instance: User, raw: bool = False, **kwargs: Any) -> None:
    """The editing screens follow the account's language."""
    if raw:
        return
    profile = UserProfile.get_for_user(instance)
    if profile.preferred_language != instance.language:
        profile.preferred_language = instance.language
        profile.save(update_fields=["preferred_language"])


@receiver(post_save, sender=UserProfile)
def language_from_profile(instance: UserProfile, raw: bool = False, **kwargs: Any) -> None:
    """A language chosen in the editing screens becomes the account's."""
    language = instance.preferred_language
    if not raw and language:
        User.objects.filter(pk=instance.user_id).exclude(language=language).update(
            language=language
        )
