"""What the portal has to tell a person by mail: written once, whoever says it how often."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from post_office.models import Email


class Message(models.Model):
    """One message to one person.

    ``email`` is its row in the mail queue; of several messages where they are a day's digest,
    and nothing while it waits for one. The row outlives the mail: its key says that it was told.
    """

    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_messages"
    )
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    waits_for_digest = models.BooleanField(default=False)
    email = models.ForeignKey(
        Email, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["receiver", "key"], name="one_message_a_key")
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(waits_for_digest=True),
                name="message_waits_for_digest",
            )
        ]

    def __str__(self) -> str:
        return self.subject
