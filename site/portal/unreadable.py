"""What the portal cannot read is told kindly: more than it takes at once, or a form cut short.

Wagtail's views read what its own screens post without asking whether it is there. A connection
that breaks, or a program, posts less: that is no fault of the portal's.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

logger = logging.getLogger("mallisto.requests")

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_UNREADABLE = (AttributeError, KeyError, TypeError, ValidationError, ValueError)
# Stock code that reads what was posted, and fails where it is not as its screens post it:
# whatever breaks within the first, and what the second themselves raise.
_WITHIN = {
    ("wagtail.blocks.stream_block", "value_from_datadict"),
    ("wagtail.admin.rich_text.editors.draftail", "value_from_datadict"),
    ("modelcluster.forms", "_construct_form"),
}
_AT = {
    ("wagtail.admin.views.generic.chooser", "post"),
    ("wagtail.contrib.redirects.forms", "clean"),
    # A word where there should be a number.
    ("django.db.models.fields", "get_prep_value"),
}


class UnreadablePostMiddleware:
    """Answers 400, and says what to do, where a view could not read what was posted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that tells it; any other fault stays one."""
        if request.method != "POST" or not is_unreadable(exception):
            return None
        logger.warning("A post to %s could not be read.", request.path, exc_info=exception)
        return _tell(request, is_too_much=False)


def is_unreadable(exception: Exception) -> bool:
    """Whether it comes of reading a post that is not as the portal's screens send it."""
    if isinstance(exception, MultiValueDictKeyError):
        return True
    if not isinstance(exception, _UNREADABLE):
        return False
    frames = [
        (frame.f_globals.get("__name__", ""), frame.f_code.co_name)
        for frame, _line in traceback.walk_tb(exception.__traceback__)
    ]
    return not _WITHIN.isdisjoint(frames) or frames[-1] in _AT


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler400``: what it refuses to read. It has logged it already."""
    return _tell(request, is_too_much=isinstance(exception, _TOO_MUCH))


def _tell(request: HttpRequest, *, is_too_much: bool) -> HttpResponse:
    status = 413 if is_too_much else 400
    user = getattr(request, "user", None)
    # Wagtail's choice of language, if there was one, ended with its view.
    with translation.override(getattr(user, "language", None) or get_language()):
        context = _words(is_too_much)
        accept = request.headers.get("Accept", "")
        if "application/json" in accept and "text/html" not in accept:
            code = "too_much" if is_too_much else "unreadable"
            answer = {"success": False, "error_code": code, "error_message": context["lead"]}
            return JsonResponse(answer, status=status)
        if user is not None and user.is_authenticated and request.path.startswith("/admin/"):
            return render(request, "wagtailadmin/400.html", context, status=status)
        # Not from the request: what is wrong with it may be its host.
        return HttpResponse(render_to_string("400.html", context), status=status)


def _words(is_too_much: bool) -> dict[str, Any]:
    if not is_too_much:
        return {
            "heading": _("What was sent could not be read"),
            "lead": _(
                "Some of the form was missing, perhaps because the connection broke. Nothing was "
                "saved."
            ),
        }
    limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // (1024 * 1024)
    return {
        "heading": _("That was too much at once"),
        "lead": _(
            "What you sent is larger than the portal takes in one go (%(limit)d MB), so nothing "
            "was saved. Take out what was pasted by mistake, or save in smaller parts; pictures "
            "and files have buttons of their own."
        )
        % {"limit": limit},
    }
