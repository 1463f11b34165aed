"""What the edit form asks for while an author writes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_pages.check_panels import all_findings, findings_at
from models_pages.completeness import DraftContent
from models_pages.models import OperatingModelPage
from models_pages.panels import completeness_context
from models_pages.sections import BY_KEY, FURTHER_SECTIONS
from models_pages.similar import models_like_draft


def completeness(request: HttpRequest, page_id: int) -> HttpResponse:
    """The panel of what is missing, as the latest save left the model."""
    pages = OperatingModelPage.objects.defer_streamfields().select_related(
        "latest_revision", "locale"
    )
    # By the page's own number: a number too great for a database is then found nowhere.
    page = get_object_or_404(pages, id=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    revision = page.latest_revision
    content = DraftContent(page, revision.content) if revision else page
    return render(request, "wagtailadmin/panels/completeness.html", completeness_context(content))


@require_safe
def content_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hints about the text, as the latest save left it: the list, and those of each section."""
    pages = OperatingModelPage.objects.defer_streamfields().select_related(
        "latest_revision", "locale"
    )
    page = get_object_or_404(pages, id=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    revision = page.latest_revision
    findings = all_findings(DraftContent(page, revision.content) if revision else page)
    context = {
        "findings": findings,
        "address": reverse("editorial:checks", args=[0]),
        "places": [findings_at(field, findings) for field in (*BY_KEY, FURTHER_SECTIONS)],
    }
    return render(request, "wagtailadmin/panels/content_checks_renewed.html", context)


@require_safe
def similar(request: HttpRequest, page_id: int) -> HttpResponse:
    """Published models that resemble the draft, as the latest save left it."""
    page: Any = get_object_or_404(
        OperatingModelPage.objects.select_related("latest_revision", "locale"), id=page_id
    )
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    models = models_like_draft(draft)
    return render(request, "wagtailadmin/panels/similar_models_list.html", {"models": models})
