"""Days from Monday to Friday, by which editors answer; public holidays are counted as any day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def after(day: date, number: int) -> date:
    """The working day that comes so many working days after a day."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def between(first: date, last: date) -> int:
    """How many working days are after the first and up to the last; none where it is earlier."""
    days = max(0, (last - first).days)
    weeks, rest = divmod(days, 7)
    odd = sum((first + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))
    return weeks * 5 + odd


def due(since: datetime, number: int) -> date:
    """The last day on which something that waits since then is answered in time."""
    return after(timezone.localdate(since), number)


def overdue_before(today: date, number: int) -> datetime:
    """What waits since before this moment is overdue today."""
    day = today
    while after(day - timedelta(days=1), number) >= today:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
