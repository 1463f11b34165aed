"""What administrators set for the whole portal, without code."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
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

    review_days = models.PositiveSmallIntegerField(
        _("time for review, in working days"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "A page that waits longer is shown as overdue in the review queue. Counted from "
            "Monday to Friday; public holidays are counted as any day."
        ),
    )

    confirmation_months = models.PositiveSmallIntegerField(
        _("a model holds for, in months"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_(
            "From its last publication or confirmation. After that its owner is asked to confirm "
            "it, and readers see that it has not been confirmed."
        ),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("owners are reminded, in days before"),
        default=30,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
        help_text=_("They are asked once so many days before the time is over, and once then."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("editors are told, in days after"),
        default=60,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
        help_text=_("A model that nobody has confirmed by then is on the editors' list."),
    )

    panels = [
        FieldPanel("decide_on_own"),
        FieldPanel("review_days"),
        MultiFieldPanel(
            [
                FieldPanel("confirmation_months"),
                FieldPanel("reminder_days"),
                FieldPanel("grace_days"),
            ],
            _("Keeping models alive"),
        ),
    ]

    class Meta:
        verbose_name = _("settings of the portal")

    @classmethod
    def current(cls) -> PortalSettings:
        """The settings as they are now; asking for them writes nothing."""
        return cls.base_queryset().first() or cls()
