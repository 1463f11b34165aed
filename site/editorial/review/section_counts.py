"""How many sections a draft has written: read once of each version, and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from wagtail.models import Revision

from models_pages.sections import BY_KEY, FURTHER_SECTIONS
from models_pages.written import is_written

# A version by its number and time: autosave writes over one in place.
Version = tuple[int, datetime]
_KEPT = "editorial.section_counts"
_SECONDS = 7 * 24 * 3600
# Far more than wait at once; what is oldest makes room.
_MOST = 5_000


def section_counts(versions: Iterable[Version]) -> dict[Version, int]:
    """The number of written sections in each of the versions; at most one query.

    A draft of thirteen sections takes half a millisecond to read, so sorting hundreds of them by
    it is quick only because each is read once.
    """
    wanted = set(versions)
    kept: dict[Version, int] = cache.get(_KEPT) or {}
    unread = {number: (number, at) for number, at in wanted if (number, at) not in kept}
    if unread:
        contents = Revision.objects.filter(pk__in=unread).values_list("pk", "content")
        read = {unread[pk]: written_sections(content) for pk, content in contents.iterator()}
        kept = dict(list({**kept, **read}.items())[-_MOST:])
        # Of two at once one's is lost, and read again at the next asking.
        cache.set(_KEPT, kept, _SECONDS)
        kept = {**kept, **read}
    return {version: kept[version] for version in wanted if version in kept}


def written_sections(content: dict[str, Any]) -> int:
    """The number of written sections in a version's content; the author's own headings count."""
    own = _blocks(content.get(FURTHER_SECTIONS))
    return sum(is_written(_blocks(content.get(key))) for key in BY_KEY) + sum(
        is_written([block]) for block in own
    )


def _blocks(value: Any) -> list[dict[str, Any]]:
    blocks = json.loads(value) if isinstance(value, str) and value else value
    return blocks or []
