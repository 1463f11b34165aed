"""App configuration: registers what the page types give to search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModelsPagesConfig(AppConfig):
    """Page types, vocabularies and media."""

    name = "models_pages"
    verbose_name = _("Operating models")

    def ready(self) -> None:
        """Register the page policy, before anything asks for one; connect the signals."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from . import (  # noqa: F401
            adaptation_news,
            admin_search,
            joining_in,
            personal_data,
            publication,
            renditions,
            search_vocabularies,
        )
        from .media_permissions import MediaPermissionPolicy
        from .models import PortalDocument, PortalImage
        from .permissions import PortalPagePermissionPolicy

        register_permission_policy(Page, PortalPagePermissionPolicy(Page))
        for model, auth_model in (
            (PortalImage, "wagtailimages.Image"),
            (PortalDocument, "wagtaildocs.Document"),
        ):
            # Exact: Wagtail's apps, ready later, register theirs for the same models.
            register_permission_policy(
                model, MediaPermissionPolicy(model, auth_model), exact_class=True
            )
        search_vocabularies.connect()
        renditions.connect()
        admin_search.connect()
        publication.connect()
        personal_data.connect()
