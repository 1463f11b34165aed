"""Makes a page's pictures when it is published, and moves them when it is taken down."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.signals import page_published, page_unpublished

from .media_use import is_public, references

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


def connect() -> None:
    """Make renditions after each publication."""
    page_published.connect(_after_publication, dispatch_uid="models_pages.renditions")
    page_unpublished.connect(_after_taking_down, dispatch_uid="models_pages.renditions.moved")


def move_unread(numbers: Collection[int]) -> None:
    """Give pictures that no public page shows any longer other addresses.

    Whoever kept an address of one does not get it any more, nor what editing screens make of it.
    """
    for image in get_image_model().objects.filter(pk__in=numbers):
        if is_public(image):
            continue
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


def _after_publication(instance: Any, **kwargs: Any) -> None:
    transaction.on_commit(partial(make_renditions, instance))


def _after_taking_down(instance: Any, **kwargs: Any) -> None:
    numbers = {pk for model, pk, _field in references(instance) if model is get_image_model()}
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
