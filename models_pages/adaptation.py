"""Starting a model of one's own from another: adapting a public one, or copying one's own.

An adaptation takes the public version of its original, never a draft of it; text comes along
section by section, as its author chooses. Of what is not chosen, the author's headings stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log

from .block_values import RawBlock, subsection
from .blocks import plain_text
from .models import ModelAuthor, OperatingModelPage
from .sections import FURTHER_SECTIONS, PARTS, SECTION_KINDS, further_anchor
from .written import is_written, raw_blocks

SHORT_DESCRIPTION = "short_description"
ATTACHMENTS = "attachments"
# What an adapter writes anew: it tells of the original's surroundings and work.
_TELLS_OF_THE_ORIGINAL = frozenset(
    {"environment", "starting_point", "needs", "developers", "ideas", "trial", "evaluation"}
)
# Basic information that holds for whoever works in the same way.
_KEPT_RELATIONS = ("themes", "target_groups")
_ALL_RELATIONS = (
    "regions", "funders", "collections", "networks", "organisations", "themes", "target_groups",
)  # fmt: skip
_ALL_FIELDS = (
    "short_description", "place", "other_regions", "other_funders", "phase", "licence",
    "source_url", "cover_image", "cover_alt", "cover_decorative", "cover_caption", "adapted_from",
)  # fmt: skip


class MayNotBeAdapted(Exception):
    """The page is not public, or the account may make no model where it stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an original that may be copied.

    ``key`` names it in a choice; ``group`` is the heading under which a form shows it;
    ``by_default`` says whether its text is usually of use to an adapter; ``extract`` is how it
    begins.
    """

    key: str
    heading: str | Promise
    group: str | Promise
    by_default: bool
    extract: str = ""


def parts(original: Any) -> list[Part]:
    """What of the original has text to copy, in the order of the form."""
    found = []
    if plain_text(original.short_description):
        found.append(
            Part(
                SHORT_DESCRIPTION,
                _("Short description"),
                _("Basic information"),
                True,
                plain_text(original.short_description),
            )
        )
    found += [
        Part(
            kind.key,
            kind.heading,
            PARTS[kind.part],
            kind.key not in _TELLS_OF_THE_ORIGINAL,
            _beginning(getattr(original, kind.key)),
        )
        for kind in SECTION_KINDS
        if is_written(getattr(original, kind.key))
    ]
    more = _("More and attachments")
    for number, item in enumerate(raw_blocks(original.further_sections), start=1):
        heading = item["value"].get("heading") or ""
        body = item["value"].get("body") or []
        found.append(Part(further_anchor(number), heading, more, True, _beginning(body)))
    if is_written(original.attachments):
        found.append(Part(ATTACHMENTS, _("Attachments and links"), more, True))
    return found


def default_choice(original: Any) -> list[str]:
    """Keys of the parts whose text is usually of use to an adapter."""
    return [part.key for part in parts(original) if part.by_default]


def may_start(user: Any, original: Any) -> bool:
    """Whether the account may make an adaptation: of a public model, beside which it may write."""
    shown = OperatingModelPage.shown().filter(pk=original.pk).exists()
    return shown and _may_add_beside(user, original)


@transaction.atomic
def start(
    original: OperatingModelPage, user: Any, chosen: Collection[str], *, title: str = ""
) -> OperatingModelPage:
    """A draft of the account's own from a public model; ``chosen`` are keys of parts with text.

    The text is that of the public version. Themes, target groups and the licence come along;
    place, people, funding, dates and pictures of the cover are the original's own. Raises
    ``MayNotBeAdapted``.
    """
    public = OperatingModelPage.shown().filter(pk=original.pk).first()
    if public is None or not _may_add_beside(user, public):
        raise MayNotBeAdapted
    draft = OperatingModelPage(
        title=title.strip() or public.title, licence=public.licence, adapted_from=public
    )
    if SHORT_DESCRIPTION in chosen:
        draft.short_description = public.short_description
    for kind in SECTION_KINDS:
        stream = raw_blocks(getattr(public, kind.key))
        _fill(draft, kind.key, stream if kind.key in chosen else _headings(stream))
    further = [
        item
        if further_anchor(number) in chosen
        else {**item, "value": {**item["value"], "body": _headings(item["value"]["body"] or [])}}
        for number, item in enumerate(raw_blocks(public.further_sections), start=1)
    ]
    _fill(draft, FURTHER_SECTIONS, further)
    if ATTACHMENTS in chosen:
        _fill(draft, ATTACHMENTS, raw_blocks(public.attachments))
    _place(draft, public, user, _KEPT_RELATIONS)
    log(
        instance=draft,
        action="mallisto.adapt",
        user=user,
        data={"original": {"id": public.pk, "title": public.title}},
    )
    return draft


@transaction.atomic
def copy_of_own(page: OperatingModelPage, user: Any, *, title: str) -> OperatingModelPage:
    """A draft of the account's own with all that the latest version of its model has.

    The caller has asked whether the account may edit the model. Who co-authors it, when it was
    confirmed and what was said in comments are not copied.
    """
    if not _may_add_beside(user, page):
        raise MayNotBeAdapted
    latest = page.get_latest_revision_as_object()
    draft = OperatingModelPage(title=title.strip() or latest.title)
    for name in _ALL_FIELDS:
        setattr(draft, name, getattr(latest, name))
    for name in [*(kind.key for kind in SECTION_KINDS), FURTHER_SECTIONS, ATTACHMENTS, "unplaced"]:
        _fill(draft, name, raw_blocks(getattr(latest, name)))
    authors: Any = [
        ModelAuthor(name=author.name, contact=author.contact, locale=latest.locale)
        for author in latest.authors.all()
    ]
    draft.authors.set(authors)
    _place(draft, latest, user, _ALL_RELATIONS)
    log(
        instance=draft,
        action="mallisto.copied",
        user=user,
        data={"original": {"id": page.pk, "title": latest.title}},
    )
    return draft


def _may_add_beside(user: Any, page: Any) -> bool:
    parent = page.get_parent().specific
    return bool(parent.permissions_for_user(user).can_add_subpage())


def _place(draft: Any, source: Any, user: Any, relations: Iterable[str]) -> None:
    """Put the draft beside its source, with these relations and a first version."""
    parent = source.get_parent()
    draft.owner, draft.live, draft.locale = user, False, source.locale
    draft.slug = find_available_slug(parent, slugify(draft.title)[:200] or source.slug)
    for name in relations:
        setattr(draft, name, list(getattr(source, name).all()))
    parent.add_child(instance=draft)
    draft.save_revision(user=user, clean=False)


def _fill(draft: Any, name: str, raw: list[RawBlock]) -> None:
    block = draft._meta.get_field(name).stream_block
    setattr(draft, name, StreamValue(block, raw, is_lazy=True))


def _headings(stream: Iterable[RawBlock]) -> list[RawBlock]:
    """The headings of the stream's sub-sections, without what stands under them."""
    return [
        subsection(item["value"]["heading"])
        for item in stream
        if item["type"] == "subsection" and item["value"].get("heading")
    ]


def _beginning(stream: Any, length: int = 160) -> str:
    """The first words of a stream, for telling what it is."""
    for item in raw_blocks(stream):
        value = item["value"]
        text = value if item["type"] == "paragraph" else (value or {}).get("text", "")
        if isinstance(text, str) and (words := plain_text(text)):
            return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"
    return ""
