"""Working days, by which editors answer: Monday to Friday but for Finland's public holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .public_holidays import public_holidays

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices are open on the day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def after(day: date, number: int) -> date:
    """The working day that comes so many working days after a day."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def between(first: date, last: date) -> int:
    """How many working days are after the first and up to the last; none where it is earlier."""
    days = max(0, (last - first).days)
    weeks, rest = divmod(days, 7)
    odd = sum((first + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))
    free = sum(
        first < day <= last and day.weekday() < SATURDAY
        for year in range(first.year, last.year + 1)
        for day in public_holidays(year)
    )
    return weeks * 5 + odd - free


def due(since: datetime, number: int) -> date:
    """The last day on which something that waits since then is answered in time."""
    return after(timezone.localdate(since), number)


def overdue_before(today: date, number: int) -> datetime:
    """What waits since before this moment is overdue today."""
    day = today
    while after(day - timedelta(days=1), number) >= today:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
