"""What the edit form asks for while an author writes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from models_pages.completeness import DraftContent
from models_pages.models import OperatingModelPage
from models_pages.panels import completeness_context


def completeness(request: HttpRequest, page_id: int) -> HttpResponse:
    """The panel of what is missing, as the latest save left the model."""
    pages = OperatingModelPage.objects.defer_streamfields().select_related(
        "latest_revision", "locale"
    )
    page = get_object_or_404(pages, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    revision = page.latest_revision
    content = DraftContent(page, revision.content) if revision else page
    return render(request, "wagtailadmin/panels/completeness.html", completeness_context(content))
