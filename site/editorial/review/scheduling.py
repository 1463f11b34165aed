"""Publishing and taking down at the appointed time: one refused page never stops the rest."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from models_pages.completeness import PublicationRefused

from . import notifications

logger = logging.getLogger("mallisto.scheduling")


@dataclass(slots=True)
class DueRun:
    """How many objects a run made public, took down, refused, and could not handle."""

    published: int = 0
    expired: int = 0
    refused: int = 0
    failed: int = 0


def publish_due(now: datetime | None = None) -> DueRun:
    """Take down what has expired and publish what is due.

    A page that is not ready is logged, loses its appointment (its draft stays), and its people
    are told. Anything unexpected is logged and tried again at the next run.
    """
    now = now or timezone.now()
    run = DueRun()
    for model in _models_with_drafts():
        expired = model._default_manager.filter(live=True, expire_at__lt=now)
        for pk in list(expired.order_by("expire_at").values_list("pk", flat=True)):
            _guarded(_expire, run, model, pk, now)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for pk in list(due.values_list("pk", flat=True)):
        _guarded(_publish, run, pk, now)
    return run


def _models_with_drafts() -> list[Any]:
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]


def _guarded(work: Any, run: DueRun, *arguments: Any) -> None:
    try:
        work(run, *arguments)
    except Exception:
        run.failed += 1
        logger.exception("A scheduled change failed and is tried again: %s %s", *arguments[:2])


def _expire(run: DueRun, model: Any, pk: Any, now: datetime) -> None:
    with transaction.atomic():
        # Another process may have been here first.
        item = (
            model._default_manager.select_for_update(of=("self",))
            .filter(pk=pk, live=True, expire_at__lt=now)
            .first()
        )
        if item is not None:
            item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            run.expired += 1


def _publish(run: DueRun, pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            revision = _due_revision(pk, now)
            if revision is not None:
                revision.publish(log_action="wagtail.publish.scheduled")
                run.published += 1
    except PublicationRefused as refusal:
        with transaction.atomic():
            revision = _due_revision(pk, now)
            if revision is not None:
                _refuse(revision, refusal)
                run.refused += 1


def _due_revision(pk: int, now: datetime) -> Revision | None:
    due = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lt=now)
    return due.first()


def _refuse(revision: Revision, refusal: PublicationRefused) -> None:
    page, due = refusal.page, revision.approved_go_live_at
    logger.warning("Scheduled publication of page %s refused: %s", page.pk, refusal)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(
        instance=page,
        action="mallisto.publish.refused",
        data={"lacking": [str(item) for item in refusal.lacking]},
        revision=revision,
    )
    notifications.scheduled_publication_refused(page, revision, due)
