"""What leads to an account: an invitation, and a request for one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import ADMINISTRATORS, AUTHORS, EDITORS

ROLE_CHOICES = [
    (AUTHORS, _("author")),
    (EDITORS, _("editor")),
    (ADMINISTRATORS, _("administrator")),
]


class _Joining(models.Model):
    """A person's address and name, before there is an account."""

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="fi"
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An address is kept in lower case, as accounts' are."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """First and last name, or the address."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    get_full_name.short_description = _("Name")  # type: ignore[attr-defined]


class Invitation(_Joining):
    """Somebody was asked to become a user in a role; the link in the mail makes the account."""

    role = models.CharField(_("role"), max_length=50, choices=ROLE_CHOICES, default=AUTHORS)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    # Part of the link: a new mail makes the links of earlier ones void.
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-sent_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                condition=models.Q(accepted_at=None),
                name="accounts_one_open_invitation",
            ),
        )

    def __str__(self) -> str:
        return self.email


class AccountRequest(_Joining):
    """Somebody asked for an author's account; an editor approves or declines it."""

    OPEN, APPROVED, DECLINED = "open", "approved", "declined"
    STATES = ((OPEN, _("waiting")), (APPROVED, _("approved")), (DECLINED, _("declined")))

    organisation = models.CharField(_("organisation"), max_length=200)
    reason = models.TextField(_("what you would describe"), max_length=2000)
    # Shown to editors only after the address is known to be the person's own.
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request for an account")
        verbose_name_plural = _("requests for an account")
        ordering = ("confirmed_at", "pk")

    def __str__(self) -> str:
        return self.get_full_name()
