"""The one way in for rich text that did not come through the editor.

Wagtail renders stored rich text raw, so what an importer, a loader or an API stores has to be
clean already. What passes is what the editor itself can make of a paragraph with the features in
``blocks.RICH_TEXT_FEATURES``. An ordered list's ``start`` does not pass: the editor drops it at
the first save, and numbers that silently change are worse than numbers kept in the words.
"""

from __future__ import annotations

import re

import nh3

ALLOWED_TAGS = frozenset({"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"})
_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
_SCHEMES = {"http", "https", "mailto"}
_LINK_TYPES = {"page", "document"}
_NO_ADDRESS = re.compile(r'<a(?: id="\d+")?>(.*?)</a>', re.DOTALL)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "linktype":
        return value if value in _LINK_TYPES else None
    if name == "id":
        return value if value.isascii() and value.isdigit() else None
    return value


def sanitise(html: str) -> str:
    """``html`` with nothing in it that the editor could not have made.

    Keeps paragraphs, line breaks, bold, italic, lists and links (http, https, mailto, and Wagtail's
    own to pages and documents by number); the words of everything else stay, its tags go.
    """
    clean = nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes=set(_SCHEMES),
        url_relative="deny",
        link_rel=None,
        strip_comments=True,
    )
    # As the editor writes it; nh3 leaves "<br>" only where it is a tag.
    return _NO_ADDRESS.sub(r"\1", clean).replace("<br>", "<br/>")
