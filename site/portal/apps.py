"""App configuration of the composition."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, addresses, middleware, commands."""

    name = "portal"
