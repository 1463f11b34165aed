"""Mail is not kept for ever: what was said for a while, that it was said for longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from post_office.utils import cleanup_expired_mails

from accounts.models import Message

TEXTS_KEPT = timedelta(days=90)
# Longer than any period after which the portal has the same to tell again.
KEYS_KEPT = timedelta(days=3 * 365)


def clean(now: datetime | None = None) -> None:
    """Remove old mails, the texts of old messages, and in the end the messages."""
    now = now or timezone.now()
    cleanup_expired_mails(now - TEXTS_KEPT)
    old = Message.objects.filter(created_at__lt=now - TEXTS_KEPT, waits_for_digest=False)
    old.exclude(text="", html="").update(text="", html="")
    Message.objects.filter(created_at__lt=now - KEYS_KEPT).delete()
