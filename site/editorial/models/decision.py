"""The log of decisions: what was decided on which revision, by whom and why. Only added to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class DecisionIsFinal(RuntimeError):
    """Something tried to change or to delete what the log of decisions holds."""

    def __init__(self) -> None:
        super().__init__("The log of decisions is only added to.")


class Action(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Approved with a date")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Declined")
    TAKEN_DOWN = "taken_down", _("Taken down")
    ARCHIVED = "archived", _("Archived")
    RESTORED = "restored", _("Restored from the archive")
    DELETED = "deleted", _("Deleted")


def action_choices() -> list[tuple[str, Any]]:
    """What may be decided; a function, so that a new kind is no change of the database."""
    return list(Action.choices)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads, and adds one at a time."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DecisionIsFinal

    def delete(self) -> NoReturn:
        """Refuse."""
        raise DecisionIsFinal

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: Any) -> NoReturn:
        raise DecisionIsFinal

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DecisionIsFinal

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """Add several; what is there is not replaced by them."""
        if kwargs.get("update_conflicts"):
            raise DecisionIsFinal
        return super().bulk_create(objs, *args, **kwargs)


class Decision(models.Model):
    """One decision of an editor.

    The row outlives the page, the revision and the account: their numbers stay (they are never
    given again), and beside them the title and the name as they were.
    """

    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    page_title = models.CharField(_("title"), max_length=255)
    page_type = models.CharField(_("kind"), max_length=100)
    language = models.CharField(_("language"), max_length=100, blank=True)
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    revision_at = models.DateTimeField(_("time of the revision"), null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    editor_name = models.CharField(_("decided by"), max_length=310, blank=True)
    action = models.CharField(_("decision"), max_length=30, choices=action_choices)
    reason = models.TextField(_("reason"), blank=True)
    # Each question as it was asked, with its answer: [{"question", "answer", "note"}].
    checklist = models.JSONField(_("checklist"), default=list)
    go_live_at = models.DateTimeField(_("to be published"), null=True)
    at = models.DateTimeField(_("decided"), default=timezone.now, db_index=True)

    objects = DecisionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        base_manager_name = "objects"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.page_title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; ``DecisionIsFinal`` where it is there already."""
        if not self._state.adding or self.pk:
            raise DecisionIsFinal
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DecisionIsFinal
