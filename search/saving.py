"""The same search in other forms, for the foot of the results and the head of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import forms, service
from search.service import Asked

_SHOWN_WORDS = 80
_SHOWN_LIMITS = 8
# What XML has no way to say; one such character in a name would break a whole feed.
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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


def legible(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _UNSAYABLE.sub("", text)


def usual_order(asked: Asked) -> Asked:
    """The question with the order that its address needs not say."""
    return replace(asked, sort=forms.usual_sort(asked.text))


def feed_title(asked: Asked, language: str) -> str:
    """What a saved search is called: its words and limits, in the reader's language."""
    limits = [f"{limit.facet}: {limit.label}" for limit in service.limits_of(asked, language)]
    more = len(limits) - _SHOWN_LIMITS
    if more > 0:
        limits[_SHOWN_LIMITS:] = [
            ngettext("%(number)d other limit", "%(number)d other limits", more) % {"number": more}
        ]
    text = asked.text
    if len(text) > _SHOWN_WORDS:
        text = f"{text[:_SHOWN_WORDS].rstrip()}…"
    parts = [_("“%(text)s”") % {"text": text}] if text else []
    parts += limits
    if not parts:
        return _("Mallisto: models and pages, the newest first")
    return _("Mallisto: search for %(what)s") % {"what": legible(", ".join(parts))}
