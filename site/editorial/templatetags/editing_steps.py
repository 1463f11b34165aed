"""The token of an editing step, for the form in which it is done."""

from __future__ import annotations

from uuid import uuid4

from django import template

from models_pages.acting import request_of

register = template.Library()


@register.simple_tag
def editing_step() -> str:
    """The step of the form that was posted and is shown again, or that of a form just opened."""
    request = request_of.get()
    posted = request.POST.get("editing_step", "")[:36] if request is not None else ""
    return posted or uuid4().hex
