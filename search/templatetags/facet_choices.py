"""The values of a facet as a list of checkboxes.

Made here and not by templates: a page offers up to a thousand values, and a template included for
each of them took longer than all the rest of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from search.facets import Choice

register = template.Library()

_LIST = '<ul class="facet__list" role="list">{}</ul>'
_CHOICE = (
    '<label class="facet__choice">'
    '<input type="checkbox" form="search-page" name="{0}" value="{1}" id="{0}-{1}"{2}>'
    '<span class="facet__label">{3}</span> <span class="facet__count">{4}</span></label>'
)
_BELOW = (
    '<details class="facet__below" id="below-{0}-{1}"{2}>'
    '<summary><span class="visually-hidden">{3}:</span> {4}</summary>'
    '<ul class="facet__list facet__list--below" role="list">{5}</ul></details>'
)


@register.simple_tag
def facet_choices(key: str, choices: Iterable[Choice]) -> SafeString:
    """A list of a facet's values, the narrower under their wider one."""
    return format_html(_LIST, _items(key, choices))


def _items(key: str, choices: Iterable[Choice]) -> SafeString:
    checked = format_html(" {}", "checked")
    return format_html_join(
        "",
        f"<li>{_CHOICE}{{5}}</li>",
        (
            (
                key,
                choice.value,
                checked if choice.chosen else "",
                choice.label,
                choice.count,
                _below(key, choice) if choice.children else "",
            )
            for choice in choices
        ),
    )


def _below(key: str, choice: Choice) -> SafeString:
    number = len(choice.children)
    areas = ngettext("%(number)s area within", "%(number)s areas within", number)
    return format_html(
        _BELOW,
        key,
        choice.value,
        format_html(" {}", "open") if choice.is_kept else "",
        choice.label,
        areas % {"number": number},
        _items(key, choice.children),
    )
