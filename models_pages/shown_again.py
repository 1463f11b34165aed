"""A form that is shown again, with an error, shows no title of what its writer may not see.

Choosers and the text editor look up whatever number was posted, and show its title, file name or
address. What was written stays; the numbers go.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import Model
from django.forms import ModelChoiceField
from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from .references import Target, foreign_among


def show_nothing_foreign(form: Any) -> None:
    """Let the fields of a form that is not accepted show their values without foreign numbers."""
    if not form.for_user:
        return
    posted = {name: form[name].value() for name in form.fields}
    named = {name: set(_targets(form.fields[name], value)) for name, value in posted.items()}
    foreign = foreign_among(set().union(*named.values()), form.instance, form.for_user)
    for name, targets in named.items():
        if targets & foreign:
            shown = _without(form.fields[name], posted[name], foreign)
            form.fields[name].bound_data = partial(_always, shown)


def _always(shown: Any, data: Any, initial: Any) -> Any:
    return shown


def _targets(field: Any, value: Any) -> Iterator[Target]:
    if isinstance(field, BlockField):
        for model, number, *_paths in field.block.extract_references(value):
            if str(number).isdecimal():
                yield model, int(number)
    elif isinstance(field, ModelChoiceField) and str(value).isdecimal():
        yield field.queryset.model, int(value)  # type: ignore[union-attr]


def _without(field: Any, value: Any, foreign: set[Target]) -> Any:
    if isinstance(field, BlockField):
        return _block_without(field.block, value, foreign)
    return None


def _block_without(block: Any, value: Any, foreign: set[Target]) -> Any:
    """The block's value, every reference to what is foreign taken out."""
    if isinstance(block, blocks.StreamBlock):
        children = [
            (child.block_type, _block_without(child.block, child.value, foreign), child.id)
            for child in value
        ]
        return blocks.StreamValue(block, children)
    if isinstance(block, blocks.RichTextBlock):
        return RichText(_text_without(value.source, foreign))
    if isinstance(value, blocks.StructValue):
        parts = block.child_blocks.items()
        return block.normalize(
            {name: _block_without(part, value.get(name), foreign) for name, part in parts}
        )
    # A chooser's value is what was chosen, also that of a picture with its text alternative.
    is_foreign = isinstance(value, Model) and (type(value), value.pk) in foreign
    return None if is_foreign else value


def _text_without(html: str, foreign: set[Target]) -> str:
    """Rich text without links to what is foreign; their words stay."""
    soup = BeautifulSoup(html, "html.parser")
    models = {"page": Page, "document": get_document_model()}
    for link in soup.find_all("a", linktype=list(models)):
        number = str(link.get("id", ""))
        if number.isdecimal() and (models[str(link["linktype"])], int(number)) in foreign:
            link.unwrap()
    return str(soup)
