"""Makes the pictures of a page's size variants when it is published, not when it is first read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.images.models import Filter
from wagtail.signals import page_published

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


def connect() -> None:
    """Make renditions after each publication."""
    page_published.connect(_after_publication, dispatch_uid="models_pages.renditions")


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


def _pictures(page: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    if cover := getattr(page, "cover_image", None):
        yield cover, COVER
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                if block.block_type == "image" and block.value.get("image"):
                    yield block.value["image"], BODY
