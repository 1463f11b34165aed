"""Django's way of sending mail, led into the queue: Wagtail's own messages arrive as ours do."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from post_office.models import PRIORITY, STATUS, Email

from .addresses import host


class QueueBackend(BaseEmailBackend):
    """Writes a row for each message, in the transaction of whoever sends it.

    Django-post-office's own backend reads subject and text as templates: what somebody typed
    into a comment would be run.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages; return how many. ``ValueError`` for one with an attachment."""
        for message in email_messages:
            if message.attachments:
                raise ValueError("The mail queue takes no attachments.")
            headers = {"Auto-Submitted": "auto-generated", **message.extra_headers}
            if message.reply_to:
                headers["Reply-To"] = ", ".join(message.reply_to)
            Email.objects.create(
                from_email=message.from_email,
                to=list(message.to),
                cc=list(message.cc),
                bcc=list(message.bcc),
                subject=" ".join(str(message.subject).split()),
                message=str(message.body),
                html_message=_html(message),
                headers=headers,
                message_id=make_msgid(domain=host()),
                # A person waits for it: mostly a new password.
                priority=PRIORITY.high,
                status=STATUS.queued,
            )
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", ())
    found = (str(content) for content, mimetype in alternatives if mimetype == "text/html")
    return next(found, "")
