"""What a reader asks for, read from an address: anything that can be typed is accepted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import QueryDict

from search.engines.base import FACETS, SORTS
from search.paging import MAX_PAGE
from search.parser import clean
from search.service import Asked

MAX_VALUES = 40
# Of all facets together: a page has a link for each, in which all the others stand.
MAX_LIMITS = 80
_VALUE = re.compile(r"[\w.-]{1,200}")


def read(parameters: QueryDict) -> Asked:
    """The question that an address asks. What can't be meant is left out; nothing is an error."""
    text = clean(parameters.get("q", ""))
    filters: dict[str, tuple[str, ...]] = {}
    room = MAX_LIMITS
    for key in FACETS:
        if values := _values(parameters, key)[:room]:
            filters[key] = values
            room -= len(values)
    sort = parameters.get("sort", "")
    return Asked(
        text=text,
        filters=filters,
        sort=sort if sort in SORTS else usual_sort(text),
        page=_page(parameters.get("page", "")),
        widen=parameters.get("exact") != "1",
    )


def whole(parameters: QueryDict) -> tuple[str, ...]:
    """The facets of which an address shows every value."""
    return tuple(key for key in FACETS if key in parameters.getlist("all"))


def usual_sort(text: str) -> str:
    """The order in which an answer comes where none is asked for."""
    return "relevance" if text else "newest"


def _values(parameters: QueryDict, key: str) -> tuple[str, ...]:
    found = (value for value in parameters.getlist(key) if _VALUE.fullmatch(value))
    return tuple(dict.fromkeys(found))[:MAX_VALUES]


def _page(text: str) -> int:
    # Other scripts' digits are digits to Python; an address has ours.
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return 1
    return min(max(int(text), 1), MAX_PAGE)


def write(
    asked: Asked,
    *,
    page: int = 1,
    without: tuple[str, str] | None = None,
    whole: Sequence[str] = (),
) -> str:
    """The address (from ``?`` on) of a question: of another page of it, or without one limit.

    In the order in which a browser sends the page's form, so that either gives one address; what
    shows every value of a facet (``whole``) comes last, where a template can add another.
    """
    parameters = QueryDict(mutable=True)
    if asked.text:
        parameters["q"] = asked.text
    if asked.sort != usual_sort(asked.text):
        parameters["sort"] = asked.sort
    if not asked.widen:
        parameters["exact"] = "1"
    for key, values in asked.filters.items():
        kept = [value for value in values if (key, value) != without]
        if kept:
            parameters.setlist(key, kept)
    if page > 1:
        parameters["page"] = str(page)
    if whole:
        parameters.setlist("all", list(whole))
    return f"?{parameters.urlencode()}" if parameters else "?"
