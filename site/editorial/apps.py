"""App configuration: everything that a portal needs is there after migrations."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def provision(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Languages, pages, regions, guidance, roles and the workflow; doing it again is harmless."""
    from django.db import connections

    from . import provisioning

    if "editorial_reviewtask" in connections[using].introspection.table_names():
        provisioning.provision()


class EditorialConfig(AppConfig):
    """Review, the workflow and messages."""

    name = "editorial"
    verbose_name = _("Editorial work")

    def ready(self) -> None:
        """Provision after migrations; connect the messages."""
        from . import exports, personal_data
        from .review import assigning, signals

        signals.connect()
        assigning.connect()
        personal_data.connect()
        exports.connect()
        post_migrate.connect(provision, sender=self)
