"""Who reviews pages: the question, views that are for them only, and their items in the menu."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from models_pages.permissions import sees_all_drafts


def reviews_pages(user: Any) -> bool:
    """Whether the account sees everybody's drafts."""
    return sees_all_drafts(user, policy_registry.get_by_type(Page))


class ReviewersOnly(View):
    """Makes a view one for editors and administrators."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not see others' pages."""
        if not reviews_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReviewersMenuItem(MenuItem):
    """An item for those who review pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the account reviews pages."""
        return reviews_pages(request.user)
