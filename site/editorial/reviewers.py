"""Views that are for those who review pages only, and their items in the menu."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.menu import MenuItem

from models_pages.permissions import reviews_pages


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
