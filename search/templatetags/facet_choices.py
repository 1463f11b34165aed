"""The values of a facet as a list of checkboxes.

Made here and not by templates: a page offers up to a thousand values, and a template included for
each of them took longer than all the rest of the answer. So every text is escaped here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from search.facets import Choice

register = template.Library()


@register.simple_tag
def facet_choices(key: str, choices: Iterable[Choice]) -> SafeString:
    """A list of a facet's values, the narrower under their wider one."""
    return SafeString(f'<ul class="facet__list" role="list">{_items(escape(key), choices)}</ul>')


def _items(key: str, choices: Iterable[Choice]) -> str:
    return "".join(_item(key, choice) for choice in choices)


def _item(key: str, choice: Choice) -> str:
    value, label = escape(choice.value), escape(choice.label)
    checked = " checked" if choice.chosen else ""
    below = _below(key, value, label, choice) if choice.children else ""
    return (
        '<li><label class="facet__choice">'
        f'<input type="checkbox" form="search-page" name="{key}" value="{value}"'
        f' id="{key}-{value}"{checked}><span class="facet__label">{label}</span>'
        f' <span class="facet__count">{choice.count:d}</span></label>{below}</li>'
    )


def _below(key: str, value: str, label: str, choice: Choice) -> str:
    number = len(choice.children)
    areas = ngettext("%(number)s area within", "%(number)s areas within", number)
    is_open = " open" if choice.is_kept else ""
    return (
        f'<details class="facet__below" id="below-{key}-{value}"{is_open}>'
        f'<summary><span class="visually-hidden">{label}:</span>'
        f" {escape(areas % {'number': number})}</summary>"
        f'<ul class="facet__list facet__list--below" role="list">'
        f"{_items(key, choice.children)}</ul></details>"
    )
