"""Noticing what changes a page's place in the index, in the transaction that changes it.

Wagtail's own signals come too late for that: ``page_published`` and ``page_unpublished`` are sent
after the save's transaction, ``post_page_move`` after the move's, ``page_slug_changed`` after the
commit. But everything they tell of goes through ``Page.save()``, which is atomic, and Django's
``pre_save`` and ``post_save`` are sent inside it, also where an action saves the page itself and
no method of ours is called (the admin's move and copy).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from search.index import changes

# Fields that a draft's save writes on the page's row; readers see none of them.
_BOOKKEEPING = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "wagtail_admin_comments",
    }
)
# Long enough for a restriction's own statement to have ended, in whatever way.
_SOON = timedelta(seconds=20)


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    pre_save.connect(_before_save, dispatch_uid="search.page.pre_save")
    post_save.connect(_after_save, dispatch_uid="search.page.post_save")
    post_delete.connect(_after_delete, sender=Page, dispatch_uid="search.page.post_delete")
    for signal, receiver in (
        (pre_save, _before_restriction),
        (post_save, _after_restriction),
        (post_delete, _after_restriction),
    ):
        signal.connect(
            receiver, sender=PageViewRestriction, dispatch_uid=f"search.{receiver.__name__}"
        )
    post_save.connect(
        _after_document_save, sender=get_document_model(), dispatch_uid="search.document"
    )


def _before_save(
    sender: type, instance: Any, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Mark a page that is, was or becomes live; with its descendants where its address changes."""
    if not issubclass(sender, Page) or instance.pk is None:
        return
    if update_fields is not None and _BOOKKEEPING.issuperset(update_fields):
        return
    rows = Page.objects.filter(pk=instance.pk).values_list("path", "url_path", "live")
    if (before := rows.first()) is None:
        return
    path, url_path, was_live = before
    if url_path != instance.url_path:
        changes.mark_subtree(path)
    elif was_live or instance.live:
        changes.mark([instance.pk])
    if instance.live:
        changes.announce_expiry(instance.pk, instance.expire_at)


def _after_save(sender: type, instance: Any, created: bool, **kwargs: Any) -> None:
    """Mark a new page that is live at once (a copy, an alias, a page made in code)."""
    if created and issubclass(sender, Page) and instance.live:
        changes.mark([instance.pk])
        changes.announce_expiry(instance.pk, instance.expire_at)


def _after_delete(instance: Page, **kwargs: Any) -> None:
    changes.mark([instance.pk])


def _before_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Announce a restriction: its save is not atomic, and a mark made after it could be lost."""
    changes.mark_subtree(instance.page.path, after=_SOON)


def _after_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).only("path").first()
    if page is not None:
        changes.mark_subtree(page.path)


def _after_document_save(instance: Any, created: bool, **kwargs: Any) -> None:
    """Mark the pages that show a document: its title is among their attachments."""
    if created:
        return
    references = ReferenceIndex.get_references_to(instance)
    page_type = ContentType.objects.get_for_model(Page)
    ids = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
    changes.mark({int(pk) for pk in ids})
