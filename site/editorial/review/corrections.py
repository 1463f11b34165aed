"""Whether an editor wrote anything in a form: its text beside that of the version it showed.

``form.has_changed()`` says so also of what the editor's widgets only write in another way (keys of
paragraphs, ``strong`` for ``b``, spaces), which they do with every imported text.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

# What says nothing of the text: numbers and keys that are made anew, and who keeps the page.
_NOT_TEXT = frozenset({"id", "pk", "page", "sort_order", "translation_key", "locale"})
_KEY = re.compile(r"\sdata-block-key=\"[^\"]*\"")
_NAMES = {"strong": "b", "em": "i"}
_TAG = re.compile(r"<(/?)(strong|em)>")


def bare(value: Any) -> Any:
    """A value of a revision's content as it reads."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                return bare(json.loads(value))
            except ValueError:
                pass
        text = _TAG.sub(lambda found: f"<{found[1]}{_NAMES[found[2]]}>", _KEY.sub("", value))
        return " ".join(html.unescape(text).replace("/>", ">").split())
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if key not in _NOT_TEXT}
    if isinstance(value, (list, tuple)):
        return [bare(item) for item in value]
    return value


def written(form: Any) -> bool:
    """Whether a form, bound to what was posted, says anything else than its instance did."""
    names = {*form.fields, *form.formsets} - {"comments"}
    before = _part(form.instance.serializable_data(), names)
    if not form.is_valid():
        return True
    return before != _part(form.save(commit=False).serializable_data(), names)


def _part(content: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: bare(content[name]) for name in names if name in content}
