"""A refused publication is told kindly, from whichever screen it was tried."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from models_pages.completeness import PublicationRefused


class PublicationRefusedMiddleware:
    """Turns ``PublicationRefused`` in the admin into a message on the page's edit view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The list of what is missing, and the form where it can be mended."""
        if not isinstance(exception, PublicationRefused):
            return None
        text = format_html(
            "{} <ul>{}</ul>",
            _("“%(title)s” cannot be published yet. It lacks:") % {"title": exception.page.title},
            format_html_join("", "<li>{}</li>", ((str(item),) for item in exception.lacking)),
        )
        edit = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        accept = request.headers.get("Accept", "")
        if "application/json" in accept and "text/html" not in accept:
            return JsonResponse(
                {
                    "success": False,
                    "error_code": "publication_refused",
                    "error_message": str(exception),
                },
                status=400,
            )
        messages.error(request, text)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # The dashboard's modal knows one answer: done, reload.
            return JsonResponse({"step": "success", "redirect": edit})
        return redirect(edit)
