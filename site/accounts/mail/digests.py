"""One mail a day for those who prefer it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext
from post_office.models import Email

from accounts.models import Message, User

from .writing import message_id, plain, queue

# Before the day's work, Finnish time.
AT = time(7, 0)


def last_due(now: datetime) -> datetime:
    """The last time before ``now`` at which digests were due."""
    local = timezone.localtime(now)
    today = local.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def gather(now: datetime | None = None) -> int:
    """Put what waits since before the last seven o'clock into one mail a person; how many mails.

    Doing it again, or in two processes, changes nothing.
    """
    due = last_due(now or timezone.now())
    waiting = Message.objects.filter(waits_for_digest=True, created_at__lt=due)
    receivers = list(waiting.order_by().values_list("receiver_id", flat=True).distinct())
    return sum(_digest(pk, due) for pk in receivers)


@transaction.atomic
def _digest(receiver_id: int, due: datetime) -> bool:
    # The account's row is the lock: of two processes one finds nothing left.
    receiver = User.objects.select_for_update().get(pk=receiver_id)
    messages = list(
        receiver.mail_messages.filter(waits_for_digest=True, created_at__lt=due).order_by(
            "created_at", "pk"
        )
    )
    key = f"digest:{due:%Y-%m-%d}"
    if not messages or Email.objects.filter(message_id=message_id(receiver, key)).exists():
        # One that was committed late waits for the next.
        return False
    with translation.override(receiver.language or settings.LANGUAGE_CODE):
        email = _queue(receiver, key, messages)
    for message in messages:
        message.email = email
        message.waits_for_digest = False
    Message.objects.bulk_update(messages, ["email", "waits_for_digest"])
    return True


def _queue(receiver: User, key: str, messages: list[Message]) -> Email:
    subject = (
        messages[0].subject
        if len(messages) == 1
        else ngettext(
            "Mallisto: %(number)d message", "Mallisto: %(number)d messages", len(messages)
        )
        % {"number": len(messages)}
    )
    items = [
        {"subject": item.subject, "text": item.text, "html": mark_safe(item.html)}  # noqa: S308 (a template's)
        for item in messages
    ]
    context = {"items": items, "is_single": len(items) == 1}
    content = {
        "text": plain("mail/digest/body.txt", context),
        "html": render_to_string("mail/digest/body.html", context),
    }
    return queue(receiver, key, subject, content)
