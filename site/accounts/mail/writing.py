"""Writing a message: in the receiver's language, plain and HTML, once for each key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from post_office.models import PRIORITY, STATUS, Email

from accounts.models import Message, User

from .addresses import absolute, host

LONGEST_SUBJECT = 200


class Receiver(Protocol):
    """Whom a mail goes to: an account, or somebody who has none yet."""

    pk: Any
    email: Any
    language: Any


def send(
    to: User, key: str, template: str, context: Mapping[str, Any], *, urgent: bool = False
) -> None:
    """Tell a person something, in the caller's transaction: no commit, no mail.

    ``key`` names what is told (``returned:17``): the same person is told it once, however often
    this is called. ``template`` is a folder under ``templates/mail`` with ``subject.txt``,
    ``body.txt`` and, where the text alone does not do, ``body.html``: the content only, around
    which ``mail/base.*`` come. In ``.txt`` nothing is escaped, in ``.html`` everything. Who wants
    mail once a day gets it with the next digest, unless it is ``urgent``.
    """
    if Message.objects.filter(receiver=to, key=key).exists():
        return
    with translation.override(to.language or settings.LANGUAGE_CODE):
        full = {**context, "receiver": to}
        message = Message(
            receiver=to,
            key=key,
            subject=one_line(plain(f"mail/{template}/subject.txt", full)),
            text=plain(f"mail/{template}/body.txt", full).strip(),
            waits_for_digest=to.mail_pace == User.MailPace.DAILY and not urgent,
        )
        message.html = _html(template, full, message.text)
        try:
            with transaction.atomic():
                if not message.waits_for_digest:
                    message.email = queue(
                        to,
                        key,
                        message.subject,
                        {"text": message.text, "html": mark_safe(message.html)},  # noqa: S308 (a template's)
                        urgent=urgent,
                    )
                message.save()
        except IntegrityError:
            # Another transaction told it between the question above and now; anything else is ours.
            if not Message.objects.filter(receiver=to, key=key).exists():
                raise


def send_to_stranger(to: Receiver, key: str, template: str, context: Mapping[str, Any]) -> None:
    """Tell something to somebody without an account, at once; like ``send``, once for each key."""
    if Email.objects.filter(message_id=message_id(to, key)).exists():
        return
    with translation.override(to.language or settings.LANGUAGE_CODE):
        full = {**context, "receiver": to}
        text = plain(f"mail/{template}/body.txt", full).strip()
        content = {"text": text, "html": _html(template, full, text)}
        subject = one_line(plain(f"mail/{template}/subject.txt", full))
        queue(to, key, subject, content, urgent=True)


def queue(
    to: Receiver,
    key: str,
    subject: str,
    content: Mapping[str, Any],
    *,
    urgent: bool = False,
    at: datetime | None = None,
) -> Email:
    """A row in the mail queue: ``content`` (``text`` and ``html``) in the frame of every mail.

    In the language that is active. ``at`` is the earliest time of sending.
    """
    frame = {
        **content,
        "subject": subject,
        "receiver": to,
        "language": translation.get_language(),
        "home_url": settings.WAGTAILADMIN_BASE_URL,
        # Who has no account has nothing to set.
        "settings_url": absolute("wagtailadmin_account") if isinstance(to, User) else "",
    }
    return Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to.email],
        subject=subject,
        message=plain("mail/base.txt", frame).strip() + "\n",
        html_message=render_to_string("mail/base.html", frame),
        message_id=message_id(to, key),
        headers={"Auto-Submitted": "auto-generated"},
        priority=PRIORITY.high if urgent else PRIORITY.medium,
        status=STATUS.queued,
        scheduled_time=at,
    )


def message_id(to: Receiver, key: str) -> str:
    """The same for every attempt to send it, so that receivers can drop a second copy."""
    return f"<{salted_hmac('accounts.mail', f'{key} {to.pk} {to.email}').hexdigest()}@{host()}>"


def one_line(text: str) -> str:
    """A header: without line breaks and of a length that every mail program shows."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def plain(name: str, context: Mapping[str, Any]) -> str:
    """A template as plain text: nothing is escaped."""
    template: Any = get_template(name)
    return template.template.render(Context(dict(context), autoescape=False))


def _html(template: str, context: dict[str, Any], text: str) -> SafeString:
    try:
        return render_to_string(f"mail/{template}/body.html", context)
    except TemplateDoesNotExist as missing:
        if str(missing) != f"mail/{template}/body.html":
            raise
        return mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308 (escaped by urlize)
