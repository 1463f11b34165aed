"""The same search in other forms, for the foot of the results and the head of the page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from search import forms
from search.feeds import feed_title, usual_order
from search.service import Asked


@dataclass(frozen=True, slots=True)
class Saved:
    """Addresses of a search as a feed, a table and JSON, and what the feed is called."""

    feed_title: str
    feed_url: str
    csv_url: str
    json_url: str


def saved(asked: Asked, language: str) -> Saved:
    """The other forms of a question that a reader of ``language`` asks."""
    parameters = forms.write(asked)
    mark = "" if parameters == "?" else "&"
    return Saved(
        feed_title=feed_title(asked, language),
        feed_url=_address("search:feed", forms.write(usual_order(asked))),
        csv_url=_address("search:csv", parameters),
        json_url=f"{reverse('search_api:search')}{parameters}{mark}{urlencode({'lang': language})}",
    )


def _address(name: str, parameters: str) -> str:
    return reverse(name) + (parameters if parameters != "?" else "")
