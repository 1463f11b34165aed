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

from models_pages.completeness import PublicationRefused
from models_pages.permissions import reviews_pages

from .review.approving import DecisionRefused, NewerRevision


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
    """Turns ``PublicationRefused`` and ``DecisionRefused`` into messages that say what to do.

    A page's own form tells it beside the fields and never comes here; the dashboard, bulk
    actions, copying and the like do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What is missing or in the way, and the place where it can be mended."""
        if not isinstance(exception, (PublicationRefused, DecisionRefused)):
            return None
        # Wagtail's choice of language ended with the view that was refused.
        with translation.override(getattr(request.user, "language", None) or get_language()):
            return _tell(request, exception)


def _tell(request: HttpRequest, refusal: PublicationRefused | DecisionRefused) -> HttpResponse:
    if _wants_json(request):
        is_unfinished = isinstance(refusal, PublicationRefused)
        return JsonResponse(
            {
                "success": False,
                "error_code": "publication_refused" if is_unfinished else "decision_refused",
                "error_message": str(refusal),
            },
            status=400,
        )
    edit = _edit_url(refusal)
    messages.error(request, refusal_text(refusal), buttons=refusal_buttons(refusal))
    target = get_valid_next_url_from_request(request) or edit or _where_it_was_tried(request)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # The dashboard's modal knows one answer: done, go on to this address.
        return JsonResponse({"step": "success", "redirect": target})
    return redirect(target)


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept and "*/*" not in accept


def _edit_url(refusal: PublicationRefused | DecisionRefused) -> str:
    """The page's form; a copy that was not made has none."""
    return reverse("wagtailadmin_pages:edit", args=[refusal.page.pk]) if refusal.page.pk else ""


def _where_it_was_tried(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "POST" else reverse("wagtailadmin_home")


def refusal_text(refusal: PublicationRefused | DecisionRefused) -> SafeString | str:
    """The sentence for the person, with a list of what is missing where that is the reason."""
    if isinstance(refusal, DecisionRefused):
        return str(refusal)
    return format_html(
        "{} <ul>{}</ul>",
        _("“%(title)s” cannot be published yet. To be fixed:") % {"title": refusal.page.title},
        format_html_join("", "<li>{}</li>", ((str(item),) for item in refusal.lacking)),
    )


def refusal_buttons(refusal: PublicationRefused | DecisionRefused) -> list[Any]:
    """Where to go on: the form, or the difference to what the editor saw."""
    if isinstance(refusal, NewerRevision) and refusal.seen is not None:
        numbers = [refusal.page.pk, refusal.seen.pk, refusal.latest.pk]
        compare = reverse("wagtailadmin_pages:revisions_compare", args=numbers)
        return [messages.button(compare, _("See what changed"))]
    edit = _edit_url(refusal)
    label = _("Mend it") if isinstance(refusal, PublicationRefused) else _("Open the page")
    return [messages.button(edit, label)] if edit else []
