"""Who may download a document: readers, where a page that they may see uses it."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry


def pages_using(document: Any) -> Any:
    """Pages whose stored content refers to the document; a queryset."""
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Page.objects.filter(pk__in=[int(row.object_id) for row in references])


def may_download(document: Any, request: HttpRequest) -> bool:
    """Whether this request may have the document.

    Public where a live page that has not expired uses it (a restricted page: where the request
    passes the restriction). Otherwise for the one who uploaded it and those who may edit a page
    that uses it, drafts of live pages included.
    """
    user: Any = request.user
    using = list(pages_using(document))
    now = timezone.now()
    for page in using:
        expired = page.expired or (page.expire_at is not None and page.expire_at <= now)
        if page.live and not expired:
            restrictions = page.get_view_restrictions()
            if all(restriction.accept_request(request) for restriction in restrictions):
                return True
    if not user.is_authenticated:
        return False
    if document.uploaded_by_user_id == user.pk:
        return True
    if policy_registry.get(document).user_has_permission_for_instance(user, "change", document):
        return True
    return any(page.permissions_for_user(user).can_edit() for page in using)
