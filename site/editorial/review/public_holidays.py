"""Finland's public holidays, and the two eves that collective agreements make free.

Those of the church year as the Church Act (652/2023) names them, May Day (272/1944) and
Independence Day (388/1937). Holidays that are always on a Saturday or Sunday are left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

# New Year, Epiphany, May Day, Independence Day, Christmas Eve, Christmas, Boxing Day.
_FIXED = ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))
# Good Friday, Easter Monday, Ascension Day: days after Easter.
_FROM_EASTER = (-2, 1, 39)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days of a year on which offices are closed beside Saturdays and Sundays."""
    fixed = {date(year, month, day) for month, day in _FIXED}
    moving = {easter(year) + timedelta(days=number) for number in _FROM_EASTER}
    return frozenset(fixed | moving | {_midsummer_eve(year)})


def _midsummer_eve(year: int) -> date:
    """The Friday from 19 to 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(4 - first.weekday()) % 7)
