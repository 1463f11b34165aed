"""Comments on a page under review, by section: reading them, and writing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Comment, Revision

from models_pages.sections import BY_KEY

# What can be commented besides sections and texts in blocks.
PLAIN_FIELDS = (
    "title",
    "short_description",
    "introduction",
    "place",
    "phase",
    "cover_image",
)
LENGTH = 5000


@dataclass(slots=True)
class Commented:
    """A field or section and its comments, the oldest first."""

    name: str
    label: str
    comments: list[Comment] = field(default_factory=list)


def fields(page: Any) -> list[tuple[str, str]]:
    """What can be commented on, as (name, label), in the order of a reader."""
    plain = [name for name in PLAIN_FIELDS if _has(page, name)]
    streams = [f.name for f in page._meta.get_fields() if isinstance(f, StreamField)]
    ordered = [name for name in BY_KEY if name in streams]
    others = [name for name in streams if name not in BY_KEY and name != "unplaced"]
    return [(name, label(page, name)) for name in (*plain, *ordered, *others)]


def _has(page: Any, name: str) -> bool:
    return any(f.name == name for f in page._meta.get_fields())


def label(page: Any, name: str) -> str:
    """What a field or section is called."""
    if name in BY_KEY:
        return str(BY_KEY[name].heading)
    known = {f.name: f for f in page._meta.get_fields()}
    found = known.get(name)
    if isinstance(found, models.Field):
        return str(capfirst(found.verbose_name))
    return str(capfirst(name.replace("_", " ")))


def comments(page: Any) -> tuple[list[Commented], int]:
    """Open comments by field in the order of a reader, and how many are resolved."""
    rows = list(
        Comment.objects.filter(page_id=page.pk)
        .select_related("user")
        .prefetch_related("replies__user")
        .order_by("created_at", "pk")
    )
    groups: dict[str, Commented] = {name: Commented(name, text) for name, text in fields(page)}
    for comment in rows:
        if comment.resolved_at is None:
            name = comment.contentpath.split(".")[0]
            group = groups.setdefault(name, Commented(name, label(page, name)))
            group.comments.append(comment)
    shown = [group for group in groups.values() if group.comments]
    return shown, sum(comment.resolved_at is not None for comment in rows)


@transaction.atomic
def add(page: Any, user: Any, name: str, text: str, revision: Revision) -> Comment:
    """Write a comment on a field or section; the same one twice is one.

    A form that is sent again, because its answer did not come, writes nothing new.
    """
    same: Iterable[Comment] = Comment.objects.filter(
        page_id=page.pk, user=user, contentpath=name, text=text, resolved_at=None
    )
    for comment in same:
        return comment
    comment = Comment.objects.create(
        page_id=page.pk, user=user, contentpath=name, text=text, revision_created=revision
    )
    comment.log_create(page_revision=revision, user=user)
    return comment
