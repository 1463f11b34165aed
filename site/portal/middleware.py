"""The language of a request, and the content security policy of public pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)


# Addresses that are the same in every language.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/documents/", "/health/", "/media/", "/static/")


class PortalLocaleMiddleware(LocaleMiddleware):
    """Django's own, which sends what is not found to the same address under a language.

    That helps a reader who left the language out, and misleads a program that asks the API.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave addresses without a language as they are."""
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class ContentSecurityPolicyMiddleware:
    """Public pages load nothing from elsewhere and run no inline scripts; files are asked anew.

    The admin is Wagtail's own and not covered; the userbar is not shown on public pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(("/admin/", "/documents/")):
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
        if request.path.startswith("/documents/"):
            # Who may have a document changes with the pages that use it: no cache may answer.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response
