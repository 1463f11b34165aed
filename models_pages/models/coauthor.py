"""Co-authors of a page: accounts with the owner's rights to edit and submit it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CoAuthor(models.Model):
    """An account that co-authors a page in all its translations.

    Not part of the page's revision: a co-author keeps the rights whichever version is restored.
    """

    translation_key = models.UUIDField(db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="co_authorships",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    is_offered_ownership = models.BooleanField(_("is offered the ownership"), default=False)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "user"], name="unique_coauthor")
        ]

    def __str__(self) -> str:
        return str(self.user)


class CoAuthorInvitation(models.Model):
    """An address that was named as a co-author's, and has no account that may write.

    Becomes a ``CoAuthor`` when somebody of this address logs in. Shown as co-authors are: who has
    an account is nobody's business.
    """

    translation_key = models.UUIDField(db_index=True, editable=False)
    email = models.EmailField(_("e-mail address"), db_index=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    is_offered_ownership = models.BooleanField(_("is offered the ownership"), default=False)

    class Meta:
        verbose_name = _("invitation of a co-author")
        verbose_name_plural = _("invitations of co-authors")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "email"], name="unique_invitation")
        ]

    def __str__(self) -> str:
        return self.email


def is_coauthor(user: Any, translation_key: uuid.UUID) -> bool:
    """Whether the account co-authors the page of this key."""
    return bool(user.pk) and translation_key in coauthored_keys(user)


def coauthored_keys(user: Any) -> frozenset[uuid.UUID]:
    """Keys of the pages that the account co-authors; asked once a request."""
    cached = getattr(user, "_coauthored_keys", None)
    if cached is None:
        keys = CoAuthor.objects.filter(user_id=user.pk).values_list("translation_key", flat=True)
        cached = frozenset(keys)
        user._coauthored_keys = cached  # noqa: SLF001 (kept for the request, as Wagtail does)
    return cached
