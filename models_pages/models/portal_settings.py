"""What administrators set for the whole portal, without code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="cogs", order=100)
class PortalSettings(BaseGenericSetting):
    """The portal's settings; one row, or none where nothing was ever changed."""

    decide_on_own = models.BooleanField(
        _("portal with one editor"),
        default=False,
        help_text=_(
            "Editors may approve, publish and schedule also pages that they own, co-author or "
            "edited last. Leave this off where there are two editors or more."
        ),
    )

    panels = [FieldPanel("decide_on_own")]

    class Meta:
        verbose_name = _("settings of the portal")

    @classmethod
    def current(cls) -> PortalSettings:
        """The settings as they are now; asking for them writes nothing."""
        return cls.base_queryset().first() or cls()
