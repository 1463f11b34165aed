"""Lists of the admin home: their first rows, how many there are, where a row leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from models_pages.models import PortalSettings

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """The first rows of a list, and how many there are in all."""

    rows: list[Any]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.total - len(self.rows))


def edit_url(page: Page, *, comes_back: bool = False) -> str:
    """The page's form; where it comes back, a decision leads to the admin home again."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{address}?next={reverse('wagtailadmin_home')}" if comes_back else address


def settings_for(request: HttpRequest) -> PortalSettings:
    """The portal's settings, asked once a request: several panels need them."""
    kept: dict[str, Any] = request.__dict__
    if "_portal_settings" not in kept:
        kept["_portal_settings"] = PortalSettings.current()
    found: PortalSettings = kept["_portal_settings"]
    return found
