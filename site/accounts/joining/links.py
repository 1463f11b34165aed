"""Links in mails that prove an address: signed, valid for a time, void after a newer mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing

INVITATION_VALID = timedelta(days=14)
CONFIRMATION_VALID = timedelta(days=3)


def token(kind: str, number: int, moment: datetime) -> str:
    """The text of a link to row ``number``, as of ``moment``."""
    return signing.dumps([number, moment.isoformat()], salt=f"accounts.{kind}")


def read(kind: str, text: str, valid: timedelta) -> tuple[int, datetime] | None:
    """The row and moment of a link; ``None`` where it is not ours, or too old."""
    try:
        number, moment = signing.loads(text, salt=f"accounts.{kind}", max_age=valid)
    except signing.BadSignature:
        return None
    return int(number), datetime.fromisoformat(moment)
