"""Makes a page's pictures when it is published, and moves those that the public sees no longer."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django.db.models.signals import pre_save
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from .media_use import is_public, public_key, references, used_by

logger = logging.getLogger("mallisto.renditions")

# As templates/components ask for covers, and the page's head for the picture that is shared;
# a test holds the two together.
SHARING = "fill-1200x630|format-jpeg"
COVER = (
    SHARING,
    *Filter.expand_spec("width-{480,960} format-webp"),
    *Filter.expand_spec("fill-{352x235,640x427} format-webp"),
)
# As templates/blocks/image.html asks.
BODY = tuple(Filter.expand_spec("max-{480x1200,800x1600,1312x2400} format-webp"))

# What PortalImage puts before a file's name.
_HIDDEN = re.compile(r"^[0-9a-f]{16}-")

# Where a page that is being published keeps which pictures were public with it until then.
_BEFORE = "_pictures_before"


def connect() -> None:
    """Make renditions after each publication, and move pictures when they leave public view."""
    pre_save.connect(_before_publication, dispatch_uid="models_pages.renditions.before")
    page_published.connect(_after_publication, dispatch_uid="models_pages.renditions")
    page_unpublished.connect(_after_taking_down, dispatch_uid="models_pages.renditions.moved")


def move_unread(numbers: Collection[int]) -> None:
    """Give pictures that no public page shows any longer other addresses.

    Whoever kept an address of one does not get it any more, nor what editing screens make of it.
    """
    for image in get_image_model().objects.filter(pk__in=numbers):
        if is_public(image):
            continue
        cache.delete(public_key(image))
        try:
            old = image.file.name
            with image.file.open("rb") as stored:
                image.file.save(_HIDDEN.sub("", Path(old).name), File(stored), save=False)
            image.save(update_fields=["file"])
            for rendition in image.renditions.all():
                rendition.delete()
            image.file.storage.delete(old)
        except Exception:
            # The page is taken down all the same; what is left is told to the operator.
            logger.exception("Picture %s kept its old address.", image.pk)


def make_renditions(page: Any) -> None:
    """Every rendition that the page's views show; a picture that cannot be read is logged."""
    for image, specs in _pictures(page):
        try:
            image.get_renditions(*specs)
        except Exception:
            # Whatever is wrong with a file, the page is public all the same.
            logger.exception("No renditions of image %s on page %s.", image.pk, page.pk)


def _before_publication(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, Page) and instance.live and instance.pk and update_fields is None:
        setattr(instance, _BEFORE, used_by(instance, get_image_model()))


def _after_publication(instance: Any, **kwargs: Any) -> None:
    if gone := instance.__dict__.pop(_BEFORE, set()) - _shown_by(instance):
        transaction.on_commit(partial(move_unread, gone))
    transaction.on_commit(partial(make_renditions, instance))


def _shown_by(page: Any) -> set[int]:
    return {pk for model, pk, _field in references(page) if model is get_image_model()}


def _after_taking_down(instance: Any, **kwargs: Any) -> None:
    numbers = _shown_by(instance)
    if numbers:
        transaction.on_commit(partial(move_unread, numbers))


def _pictures(page: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    if cover := getattr(page, "cover_image", None):
        yield cover, COVER
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                if block.block_type == "image" and block.value.get("image"):
                    yield block.value["image"], BODY
