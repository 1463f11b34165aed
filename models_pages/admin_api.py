"""Pictures and documents in the admin's own API: those that the account may choose.

Wagtail's list everybody's to whoever may enter the admin.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class _OnlyChoosable:
    """Narrows an endpoint to what the account may choose."""

    def get_queryset(self) -> QuerySet[Any]:
        view: Any = self
        media = super().get_queryset()  # type: ignore[misc]
        choosable = policy_registry.get_by_type(view.model).instances_user_has_any_permission_for(
            view.request.user, ["choose"]
        )
        return media.filter(pk__in=choosable.values("pk"))


class ChoosableDocuments(_OnlyChoosable, DocumentsAdminAPIViewSet):
    """Documents that the account may choose."""


class ChoosableImages(_OnlyChoosable, ImagesAdminAPIViewSet):
    """Pictures that the account may choose."""


class PagesReadOnly(PagesAdminAPIViewSet):
    """Pages, to be listed; no program changes one.

    Wagtail's own screens ask for lists only. Its actions save a revision before they ask for a
    right, and put one back while a page is under review.
    """

    actions: dict[str, Any] = {}
