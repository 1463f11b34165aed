"""Working days: Monday to Friday, but for public holidays and the two eves."""

from datetime import date, datetime, timedelta

import pytest

from editorial.review import working_days
from editorial.review.public_holidays import public_holidays

# As calendars of the years print them, Saturdays and Sundays left out.
HOLIDAYS = {
    2026: "1.1. 6.1. 3.4. 6.4. 1.5. 14.5. 19.6. 24.12. 25.12.",
    2027: "1.1. 6.1. 26.3. 29.3. 6.5. 25.6. 6.12. 24.12.",
    2028: "6.1. 14.4. 17.4. 1.5. 25.5. 23.6. 6.12. 25.12. 26.12.",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_public_holidays_on_weekdays(year):
    free = sorted(day for day in public_holidays(year) if day.weekday() < 5)
    assert " ".join(f"{day.day}.{day.month}." for day in free) == HOLIDAYS[year]


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # a Friday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a Saturday
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 12, 18), 5, date(2026, 12, 29)),  # over Christmas
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # over midsummer
    ],
)
def test_due_dates_skip_weekends_and_holidays(since, days, due):
    assert working_days.after(since, days) == due


STARTS = [date(2026, 11, 20) + timedelta(days=n) for n in range(9)] + [
    date(2026, 12, 19) + timedelta(days=n) for n in range(22)
]


@pytest.mark.parametrize("today", STARTS)
@pytest.mark.parametrize("number", [1, 3, 10])
def test_what_is_overdue_by_its_moment_is_overdue_by_its_date(today, number):
    limit = working_days.overdue_before(today, number)
    for hours in range(-96, 96, 7):
        since = limit + timedelta(hours=hours)
        assert (since < limit) == (working_days.due(since, number) < today)


def test_days_between_agree_with_days_after():
    for first in STARTS:
        for number in range(1, 300, 7):
            assert working_days.between(first, working_days.after(first, number)) == number
    start = STARTS[0]
    assert working_days.between(start, start - timedelta(days=3)) == 0
    assert isinstance(working_days.overdue_before(start, 1), datetime)
