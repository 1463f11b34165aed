"""Who may have a document or a picture: readers, where a page that they may see uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from .media_use import is_public, pages_using, public_key, references
from .models.coauthor import coauthored_keys

# Where a picture is public, readers ask for it again and again. One that is taken out of public
# view gets another address at once (``renditions.move_unread``).
_PUBLIC_SECONDS = 60


def may_see(picture: Any, request: HttpRequest) -> tuple[bool, bool]:
    """Whether this request may have the picture, and whether everybody may."""
    key = public_key(picture)
    if cache.get(key):
        return True, True
    if is_public(picture):
        cache.set(key, True, _PUBLIC_SECONDS)
        return True, True
    return may_download(picture, request), False


def may_download(document: Any, request: HttpRequest) -> bool:
    """Whether this request may have the document.

    Public where a live page that has not expired uses it (a restricted page: where the request
    passes the restriction). Otherwise for the one who uploaded it, those who may change it, and
    those who may edit a page of the uploader's that uses it.
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
    return any(
        page.permissions_for_user(user).can_edit() and _brought_by_its_people(document, page)
        for page in (*using, *_next_versions(document, user))
    )


def _next_versions(document: Any, user: Any) -> Iterator[Page]:
    """The account's own and co-authored pages whose unpublished changes use the document."""
    own = Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))
    wanted = (type(document), document.pk)
    changed = Page.objects.filter(own, live=True, has_unpublished_changes=True)
    for page in changed.select_related("latest_revision"):
        draft = page.latest_revision and page.latest_revision.as_object()
        if draft and any((model, pk) == wanted for model, pk, _field in references(draft)):
            yield page


def _brought_by_its_people(document: Any, page: Page) -> bool:
    """Whether who uploaded the document has written the page that uses it.

    A number in a draft of one's own must not open somebody else's file.
    """
    uploader = document.uploaded_by_user_id
    if uploader is None or uploader == page.owner_id:
        return True
    return Revision.objects.for_instance(page).filter(user_id=uploader).exists()
