"""Keeping the admin's own search up to date: only where what it searches has changed.

Wagtail writes the entry anew at every save, also where only a page's latest revision is noted.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler


def searched_fields(model: Any) -> set[str]:
    """Names of the fields whose text the admin's search finds."""
    return {
        field.field_name
        for field in model.get_search_fields()
        if isinstance(field, (index.SearchField, index.AutocompleteField))
    }


def bring_up_to_date(
    instance: Any, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Write the page's entry, unless the save touched nothing that is searched."""
    if update_fields is None or searched_fields(type(instance)).intersection(update_fields):
        post_save_signal_handler(instance, **kwargs)


def connect() -> None:
    """Connect the receivers, in place of those that ``search_auto_update`` turns off."""
    for model in apps.get_models():
        if not getattr(model, "search_auto_update", True) and issubclass(model, index.Indexed):
            post_save.connect(bring_up_to_date, sender=model, dispatch_uid="admin_search_saved")
            post_delete.connect(
                post_delete_signal_handler, sender=model, dispatch_uid="admin_search_deleted"
            )
