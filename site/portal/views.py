"""Views that belong to no area: health, robots and pictures."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve

from models_pages.models import PortalRendition
from models_pages.serving import may_see
from search import service

logger = logging.getLogger("mallisto.health")


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database and a search index answer; 503 where either does not."""
    answers = {"database": _database(), "search": service.is_ready()}
    status = 200 if all(answers.values()) else 503
    return JsonResponse({"status": "ok" if status == 200 else "failing", **answers}, status=status)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False
    return True


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition of a picture, for whoever may see a page that shows it; else as if none were."""
    if ".." in path or "\x00" in path:
        raise Http404
    found = PortalRendition.objects.select_related("image").filter(file=path).first()
    if found is None:
        raise Http404
    allowed, is_public = may_see(found.image, request)
    if not allowed:
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # for example a name that is too long for a file
        raise Http404 from error
    # A day, for a picture that is taken away must not live on in others' caches.
    kept = "public, max-age=86400" if is_public else "private, no-store"
    response.headers["Cache-Control"] = kept
    return response
