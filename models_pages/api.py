"""Models as JSON: what the public sees of each, for other services to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from .blocks import plain_text
from .model_views import further_sections, path_parts
from .models import OperatingModelPage
from .stream_text import stream_text

PER_PAGE = 50
_TOO_BIG = 2**63
app_name = "models_api"


@require_safe
def models(request: HttpRequest) -> JsonResponse:
    """``{results, next}``: public models of every language in the order of their numbers.

    ``next`` is the address of the following page, ``null`` on the last; ``after`` in it is the
    last number given, so that a page stays whole while models come and go. ``lang`` narrows.
    """
    shown = OperatingModelPage.shown().prefetch_related("themes").order_by("pk")
    language = request.GET.get("lang", "")
    if language:
        known = language in dict(settings.LANGUAGES)
        shown = shown.filter(locale__language_code=language) if known else shown.none()
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        shown = shown.filter(pk__gt=int(after))
    page = list(shown[: PER_PAGE + 1])
    following = None
    if len(page) > PER_PAGE:
        page = page[:PER_PAGE]
        query = request.GET.copy()
        query["after"] = str(page[-1].pk)
        following = request.build_absolute_uri(f"{reverse('models_api:list')}?{query.urlencode()}")
    return JsonResponse({"results": [_brief(model, request) for model in page], "next": following})


@require_safe
def model(request: HttpRequest, model_id: int) -> JsonResponse:
    """One public model with its sections as plain text; 404 where it is not public."""
    # A number longer than a database's is nobody's.
    known = model_id < _TOO_BIG
    found = OperatingModelPage.shown().filter(pk=model_id).first() if known else None
    if found is None:
        return JsonResponse({"error": "There is no public model of this number."}, status=404)
    sections = [section for part in path_parts(found) for section in part.sections]
    return JsonResponse(
        {
            **_brief(found, request),
            "place": found.place,
            "licence": found.licence,
            "authors": [author.name for author in found.authors.all()],
            "target_groups": [term.slug for term in found.target_groups.all()],
            "organisations": [term.slug for term in found.organisations.all()],
            "funders": [term.slug for term in found.funders.all()],
            "sections": [
                {
                    "kind": section.kind,
                    "heading": str(section.heading),
                    "text": stream_text(section.value),
                }
                for section in [*sections, *further_sections(found)]
            ],
        }
    )


def _brief(page: OperatingModelPage, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": page.pk,
        "title": page.title,
        "url": page.get_full_url(request),
        "language": page.locale.language_code,
        "short_description": plain_text(page.short_description),
        "phase": page.phase,
        "themes": [term.slug for term in page.themes.all()],
        "regions": [term.slug for term in page.regions.all()],
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
        "confirmed_on": page.confirmed_on,
    }


urlpatterns = [
    path("models/", models, name="list"),
    path("models/<int:model_id>/", model, name="detail"),
]
