"""Too many wrong passwords: the login page says so, and when to try again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def account_named(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The account that a login names, however it is capitalised: tries count together."""
    named = (credentials or {}).get("username") or ""
    if not named and request is not None:
        named = request.POST.get("username", "")
    return str(named).strip().lower()[:254]


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """The page that stands in for the login form, status 429."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes, "reset_url": reverse("wagtailadmin_password_reset")}
    answer = render(request, "accounts/admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer
