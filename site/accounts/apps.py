"""App configurations of the accounts, and of Wagtail's user administration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """The portal's accounts."""

    name = "accounts"
    # This file has two configurations: without this Django would take neither.
    default = True
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep an account's language and the admin's in step."""
        from . import personal_data, signals  # noqa: F401

        personal_data.connect()


class PortalUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with the portal's own form."""

    user_viewset = "accounts.viewsets.PortalUserViewSet"
