"""Wires keeping models alive, archiving and deleting into Wagtail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_keeping(actions: LogActionRegistry) -> None:
    """Name what this leaves in a page's history."""
    actions.register_action("mallisto.confirmed", _("Confirm"), _("Confirmed that it still holds"))
    actions.register_action("mallisto.archived", _("Archive"), _("Archived"))
    actions.register_action("mallisto.restored", _("Restore"), _("Restored from the archive"))
    actions.register_action("mallisto.reassigned", _("Give to another"), _("Gave it a new owner"))
