"""A refused publication is told kindly; reports are for those who see everybody's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.permissions import policy_registry

from models_pages.completeness import PublicationRefused
from models_pages.permissions import sees_all_drafts


def reviews_pages(user: Any) -> bool:
    """Whether the account sees everybody's drafts."""
    return sees_all_drafts(user, policy_registry.get_by_type(Page))


class ReportsForReviewersMiddleware:
    """Keeps authors out of Wagtail's reports: some tell of pages that an author may not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away, as Wagtail does, who may not see every draft."""
        match = request.resolver_match
        if match is None or "wagtailadmin_reports" not in match.namespaces:
            return None
        if request.user.is_authenticated and not reviews_pages(request.user):
            return permission_denied(request)
        return None


class PublicationRefusedMiddleware:
    """Turns ``PublicationRefused`` into a message that lists what is missing.

    A page's own form tells it beside the fields and never comes here; the dashboard, bulk
    actions, copying and the like do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The list of what is missing, and the form where it can be mended."""
        if not isinstance(exception, PublicationRefused):
            return None
        # Wagtail's choice of language ended with the view that was refused.
        with translation.override(getattr(request.user, "language", None) or get_language()):
            return self._tell(request, exception)

    def _tell(self, request: HttpRequest, exception: PublicationRefused) -> HttpResponse:
        if _wants_json(request):
            return JsonResponse(
                {
                    "success": False,
                    "error_code": "publication_refused",
                    "error_message": str(exception),
                },
                status=400,
            )
        edit = _edit_url(exception)
        buttons = [messages.button(edit, _("Mend it"))] if edit else None
        messages.error(request, _text(exception), buttons=buttons)
        target = get_valid_next_url_from_request(request) or edit or _where_it_was_tried(request)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # The dashboard's modal knows one answer: done, go on to this address.
            return JsonResponse({"step": "success", "redirect": target})
        return redirect(target)


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept and "*/*" not in accept


def _edit_url(refusal: PublicationRefused) -> str:
    """The page's form; a copy that was not made has none."""
    return reverse("wagtailadmin_pages:edit", args=[refusal.page.pk]) if refusal.page.pk else ""


def _where_it_was_tried(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "POST" else reverse("wagtailadmin_home")


def _text(refusal: PublicationRefused) -> SafeString:
    return format_html(
        "{} <ul>{}</ul>",
        _("“%(title)s” cannot be published yet. To be fixed:") % {"title": refusal.page.title},
        format_html_join("", "<li>{}</li>", ((str(item),) for item in refusal.lacking)),
    )
