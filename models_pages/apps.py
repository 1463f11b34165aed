"""App configuration: registers what the page types give to search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModelsPagesConfig(AppConfig):
    """Page types, vocabularies and media."""

    name = "models_pages"
    verbose_name = _("Operating models")

    def ready(self) -> None:
        """Connect signal receivers and register the vocabularies with search."""
        from . import signals  # noqa: F401
