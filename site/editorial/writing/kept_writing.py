"""What an author wrote survives an expired login: the form's data comes back to be sent again.

Wagtail redirects to the login, and what was posted is gone. Here it stays in the browser: a page
holds it while the author logs in elsewhere. The server keeps nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as djangos_csrf_failure
from django.views.decorators.http import require_safe

FORMS = frozenset({"wagtailadmin_pages:add", "wagtailadmin_pages:edit"})
# Of the form as it was opened: they would say what is no longer so.
_NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "overwrite_revision_id"})


class KeptWritingMiddleware:
    """Gives a page's form back to whoever sends it without being logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer before Wagtail sends to the login."""
        if not is_form(request) or request.user.is_authenticated:
            return None
        return give_back(request, "login_required", 401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give a page's form back too where the login is another than the form was opened with."""
    if is_form(request) and _is_from_here(request):
        return give_back(request, "csrf", 403)
    return djangos_csrf_failure(request, reason=reason)


def is_form(request: HttpRequest) -> bool:
    """Whether a page's form was sent."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return request.method == "POST" and name in FORMS


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it: what another site makes up is not offered for saving."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def give_back(request: HttpRequest, code: str, status: int) -> HttpResponse:
    """The page that holds what was written, or an answer for the form's automatic save."""
    if "application/json" in request.headers.get("Accept", ""):
        message = _("You are not logged in any more. What you wrote is still in the form.")
        answer = {"success": False, "error_code": code, "error_message": message}
        return JsonResponse(answer, status=status)
    if not _is_from_here(request):
        return djangos_csrf_failure(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_SENT_AGAIN
    ]
    login = f"{reverse('wagtailadmin_login')}?next={reverse('editorial:logged_in')}"
    context = {"fields": fields, "title": request.POST.get("title", ""), "login_url": login}
    return render(request, "editorial/kept_writing/given_back.html", context, status=status)


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """``{user}``: who is logged in, for a form that waits for it."""
    return JsonResponse({"user": request.user.pk}, headers={"Cache-Control": "no-store"})


@require_safe
def logged_in(request: HttpRequest) -> HttpResponse:
    """Where the login in another tab ends: back to the tab in which one was writing."""
    return render(request, "editorial/kept_writing/logged_in.html")
