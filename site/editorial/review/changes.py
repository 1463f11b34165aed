"""What differs between two revisions of a page, field by field, by Wagtail's comparisons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.compare import StreamBlockComparison, StreamFieldComparison
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

# What the editor's widget calls its paragraphs.
_KEYS = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs: its name in the form, its label, and the difference as HTML."""

    field: str
    label: str
    html: SafeString


def changes(page: Any, before: Any, after: Any, request: Any) -> list[Change]:
    """What differs between two states of a page, in the order of its form."""
    panel = get_edit_handler(type(page)).get_bound_panel(instance=page, request=request, form=None)
    found = []
    for comparison in panel.get_comparison():
        difference = comparison(before, after)
        if difference.has_changed() and not _is_same(difference) and (html := _html(difference)):
            name = getattr(difference.field, "related_name", None) or difference.field.name
            found.append(Change(name, str(difference.field_label()), html))
    return found


def _is_same(difference: Any) -> bool:
    """Whether values that are not equal say the same.

    Wagtail calls a stream changed when a form has but given its paragraphs their keys.
    """
    if not difference.is_field or not hasattr(difference.field, "get_prep_value"):
        return False
    return _written(difference.field, difference.val_a) == _written(
        difference.field, difference.val_b
    )


def _written(field: Any, value: Any) -> Any:
    """A field's or block's value as it would be stored, without what only the editor makes."""
    stored = field.get_prep_value(value)
    if isinstance(field, StreamField) and isinstance(stored, str) and stored:
        stored = json.loads(stored)
    return _plain(stored)


def _plain(stored: Any) -> Any:
    if isinstance(stored, str):
        # Of the characters that may be escaped, only those that mean the same either way.
        text = _KEYS.sub("", stored).replace("&quot;", '"')
        return text.replace("&#x27;", "'").replace("&#39;", "'")
    if isinstance(stored, dict):
        return {key: _plain(value) for key, value in stored.items()}
    if isinstance(stored, list | tuple):
        return [_plain(value) for value in stored]
    return stored


def _html(difference: Any) -> SafeString:
    if difference.is_child_relation:
        return _rows(difference)
    if isinstance(difference, StreamFieldComparison) and _has_ids(difference):
        blocks = StreamBlockComparison(
            difference.field.stream_block, True, True, difference.val_a, difference.val_b
        )
        return _blocks(blocks.get_block_comparisons())
    # Comparisons escape what they compare.
    return mark_safe(str(difference.htmldiff()))  # noqa: S308


def _has_ids(difference: StreamFieldComparison) -> bool:
    return bool(
        difference.has_block_ids(difference.val_a) and difference.has_block_ids(difference.val_b)
    )


def _blocks(comparisons: list[Any]) -> SafeString:
    """The blocks that differ; of those between them only how many there are."""
    if not any(_differs(comparison) for comparison in comparisons):
        return format_html('<p class="review-same">{}</p>', _("The parts are in another order."))
    parts = []
    for differs, group in groupby(comparisons, key=_differs):
        run = list(group)
        if differs:
            parts += [_block(comparison) for comparison in run]
        else:
            text = ngettext("%(number)d part as before", "%(number)d parts as before", len(run)) % {
                "number": len(run)
            }
            parts.append(format_html('<p class="review-same">{}</p>', text))
    return format_html_join("", "{}", ((part,) for part in parts))


def _differs(comparison: Any) -> bool:
    if comparison.is_new() or comparison.is_deleted():
        return True
    # Some values, a table's among them, are never equal to their copy.
    block = comparison.block
    return _written(block, comparison.val_a) != _written(block, comparison.val_b)


def _block(comparison: Any) -> SafeString:
    if comparison.is_new():
        name, note, html = "addition", _("Added"), comparison.htmlvalue(comparison.val_b)
    elif comparison.is_deleted():
        name, note, html = "deletion", _("Deleted"), comparison.htmlvalue(comparison.val_a)
    else:
        name, note, html = "", "", comparison.htmldiff()
    return format_html(
        '<div class="comparison__child-object {}">{}{}</div>',
        name,
        format_html('<span class="w-sr-only">{}: </span>', note) if note else "",
        # Comparisons escape what they compare.
        mark_safe(str(html)),  # noqa: S308
    )


def _rows(difference: Any) -> SafeString:
    return format_html_join("", "{}", ((row,) for row in _changed_rows(difference)))


def _changed_rows(difference: Any) -> Iterator[SafeString]:
    for child in difference.get_child_comparisons():
        fields = [field for field in child.get_field_comparisons() if field.has_changed()]
        if not fields and not child.get_position_change():
            continue
        name = "addition" if child.is_addition() else "deletion" if child.is_deletion() else ""
        told = [
            # Comparisons escape what they compare.
            (field.field_label(), mark_safe(str(field.htmldiff())))  # noqa: S308
            for field in child.get_field_comparisons()
        ]
        yield format_html(
            '<dl class="comparison__child-object {}">{}</dl>',
            name,
            format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", told),
        )


def revision_of(page: Page, number: int | None) -> Revision | None:
    """A revision of this page; ``None`` where it is another's, or there no more."""
    if number is None:
        return None
    found: Revision | None = page.revisions.filter(pk=number).first()
    return found
