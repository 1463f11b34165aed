"""Taking a public page down at once, with a reason that is logged and told to its people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from models_pages.models.base import PortalPage

from ..models.decision import Action
from . import decisions, notifications


class NotPublic(Exception):
    """The page is not public, so there is nothing to take down."""


def may_take_down(user: Any, page: Any) -> bool:
    """Whether the account publishes pages there; no lock and no appointment stands in the way.

    The root of all pages is none of ours, and nobody's to take down.
    """
    if not isinstance(page, PortalPage):
        return False
    return bool(user.is_active and page.permissions_for_user(user).has_publish_right())


@transaction.atomic
def take_down(page: Page, user: Any, reason: str) -> None:
    """Let the public see the page no more, from this moment; its draft and its people stay.

    Raises ``PermissionDenied`` where the account may not, ``NotPublic`` where it is not public.
    """
    Page.objects.select_for_update(of=("self",)).only("pk").get(pk=page.pk)
    current: Any = Page.objects.get(pk=page.pk).specific
    if not current.live:
        raise NotPublic
    if not may_take_down(user, current):
        raise PermissionDenied
    seen = current.live_revision
    UnpublishPageAction(current, user=user).execute(skip_permission_checks=True)
    made = decisions.record(current, Action.TAKEN_DOWN, user=user, revision=seen, reason=reason)
    notifications.taken_down(current, made, user)
