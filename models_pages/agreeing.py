"""Submitting a model accepts its licence: asked in the form, kept with the submission."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from .models.agreement import LicenceAgreement

LABEL = _("I accept the licence, and the people named have agreed")
HELP = _(
    "The text is published under the licence above: anybody may use and change it, and names its "
    "authors. Everybody who is named in it, or seen in its pictures, has agreed to that. Asked "
    "when you submit the model for review."
)
MISSING = _("Accept the licence, and confirm that the people named have agreed.")


@receiver(task_submitted, sender=TaskState, dispatch_uid="models_pages_licence_agreement")
def keep(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Keep what the submission agreed to."""
    submitted = instance.revision.as_object()
    if user is None or not hasattr(submitted, "licence"):
        return
    LicenceAgreement.objects.create(
        page_id=submitted.pk,
        page_title=submitted.title,
        revision_id=instance.revision_id,
        user=user,
        licence=submitted.licence,
    )
