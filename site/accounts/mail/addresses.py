"""Addresses as a mail needs them: with the portal's own host, whoever asked and from where."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *args: Any, **kwargs: Any) -> str:
    """The full address of a named view."""
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args, kwargs=kwargs)


def host() -> str:
    """The portal's host name, as the right half of message identifiers."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
