"""The token of an editing step, for the form in which it is done."""

from __future__ import annotations

from uuid import uuid4

from django import template

from models_pages.acting import request_of

register = template.Library()


@register.simple_tag
def editing_step() -> str:
    """The step of the form that is shown again or was opened from a review; else a new one."""
    request = request_of.get()
    if request is None:
        return uuid4().hex
    told = request.POST.get("editing_step") or request.GET.get("editing_step") or ""
    return told[:36] or uuid4().hex
