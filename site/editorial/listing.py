"""The list of pages in the admin, whose filters name nobody but the people of pages one sees."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry


def _pages(request: HttpRequest) -> Any:
    policy: Any = policy_registry.get_by_type(Page)
    return policy.explorable_instances(request.user).order_by()


def _owners(request: HttpRequest) -> Any:
    owners = _pages(request).values("owner_id")
    return get_user_model().objects.filter(pk__in=owners)


def _writers(request: HttpRequest) -> Any:
    edits = PageLogEntry.objects.filter(
        action="wagtail.edit", page__in=_pages(request).values("pk")
    )
    return get_user_model().objects.filter(pk__in=edits.order_by().values("user_id"))


class PortalPageFilterSet(GenericPageFilterSet):
    """Wagtail's filters, where people are those of the pages that the account may explore."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(
        label=_("Edited by"), queryset=_writers, widget=CheckboxSelectMultiple
    )
