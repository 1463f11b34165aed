"""Whose request is being answered, for rules that hold below the views."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

request_of: ContextVar[HttpRequest | None] = ContextVar("request_being_answered", default=None)


def acting_user() -> Any:
    """The account whose request is being answered; ``None`` where nobody asks (a command)."""
    request = request_of.get()
    return None if request is None else getattr(request, "user", None)
