"""An ImportedModel to a draft: a new page, or a new revision of the page it became before."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.coreutils import find_available_slug

from models_pages.block_values import (
    RawBlock,
    described_later,
    further_section,
    paragraph,
    subsection,
    table,
)
from models_pages.completeness import missing
from models_pages.models import (
    ImportedSource,
    ModelAuthor,
    OperatingModelIndexPage,
    OperatingModelPage,
)
from models_pages.richtext import sanitise
from models_pages.sections import FURTHER_SECTIONS, SECTION_KINDS

from .builder import build_blocks
from .imported import Block, ImportedModel, Note
from .lines import split_lines
from .sources import Source, digest, is_gone
from .vocabulary import Known, Vocabulary

# Blocks keep their ids from one import to the next, so that comments and comparison follow them.
_NAMESPACE = uuid.UUID("5b0e2a5c-8a0a-5d3e-9a59-3f1c6c4f2d11")

# What a revision records that says nothing about the page's content.
_VOLATILE = {
    "draft_title", "expire_at", "expired", "first_published_at", "go_live_at",
    "has_unpublished_changes", "last_published_at", "latest_revision",
    "latest_revision_created_at", "live", "live_revision", "locked", "locked_at", "locked_by",
    "numchild", "owner", "path", "depth", "url_path", "wagtail_admin_comments",
}  # fmt: skip
_EDITOR_KEYS = re.compile(r'\s*data-block-key=\\*"[\w-]*\\*"')


class Drafts:
    """Writes drafts under one list of models."""

    def __init__(
        self, index: OperatingModelIndexPage, *, owner: Any = None, overwrite: bool = False
    ) -> None:
        self.index = index
        self.owner = owner
        self.overwrite = overwrite
        self.vocabulary = Vocabulary()

    def look_up(self, model: ImportedModel) -> Known:
        """What the portal knows of the names in the model; its notes tell the rest."""
        known = self.vocabulary.look_up(model)
        model.unplaced.extend(known.unplaced)
        lines = split_lines("\n".join(known.unplaced))
        model.unplaced_blocks.extend(build_blocks(lines, guess_subheadings=False))
        if model.unplaced:
            model.notes.append(Note("unplaced", str(len(model.unplaced))))
        return known

    @transaction.atomic
    def write(
        self, source: Source, text: str, model: ImportedModel
    ) -> tuple[OperatingModelPage, bool]:
        """Bring the source's page up to date, or make one; notes on the model tell what not.

        Returns the page, and whether its newest revision is what the importer wrote.
        """
        known = self.look_up(model)
        record = _record_of(source, text, model)
        if record is None:
            page = self._create(model, known)
            record = ImportedSource(page=page)
        else:
            page = record.page
            changed = is_changed(record)
            if self.owner and page.owner_id != self.owner.pk:
                model.notes.append(Note("owner_kept", str(page.owner or "–")))
            if blocked := self._blocked(page, changed):
                model.notes.append(Note(blocked))
                return page, False
            self._update(page, model, known, keep_unsaid=changed)
        location = source.location(model.title)
        # The same text beside the file remembered is a copy of it; elsewhere, the file moved.
        if record.content_hash != digest(text) or is_gone(record.source):
            record.source = location
            record.key = digest(location)
        record.title = model.title
        record.content_hash = digest(text)
        record.warnings = [[note.code, note.text, note.kind] for note in model.notes]
        revision = page.get_latest_revision()
        record.revision_pk = revision.pk
        record.fingerprint = fingerprint(revision.content)
        record.save()
        return page, True

    @transaction.atomic
    def create(
        self, model: ImportedModel, *, name: str, key: str, rest: tuple[str, list[Block]]
    ) -> OperatingModelPage:
        """A new draft of a model that was looked through in the browser.

        ``name`` is the file's, ``key`` names the import. ``rest`` is a heading and what has no
        place: it comes last, with the names that the vocabularies do not know.
        """
        known = self.vocabulary.look_up(model)
        heading, blocks = rest
        unknown = build_blocks(split_lines("\n".join(known.unplaced)), guess_subheadings=False)
        if blocks or unknown:
            model.further_sections.append((heading, [*blocks, *unknown]))
        page = self._create(model, known)
        revision = page.get_latest_revision()
        ImportedSource.objects.create(
            page=page,
            # Known again by nothing: what the command reads never becomes this draft.
            key=digest(key),
            content_hash=digest(f"{key} {page.pk}"),
            source=f"{name} ({key})" if name else key,
            warnings=[[note.code, note.text, note.kind] for note in model.notes],
            revision_pk=revision.pk,
            fingerprint=fingerprint(revision.content),
        )
        return page

    def submit(self, page: OperatingModelPage, model: ImportedModel) -> None:
        """Start the page's review, or note why it cannot start."""
        draft = page.get_latest_revision_as_object()
        workflow = page.get_workflow()
        lacking = missing(draft)
        if page.workflow_in_progress:
            return
        if lacking:
            text = " ".join(str(item.message) for item in lacking)
            model.notes.append(Note("not_submitted", text))
        elif workflow is None:
            model.notes.append(Note("no_workflow"))
        else:
            workflow.start(page, self.owner or page.owner)

    def _create(self, model: ImportedModel, known: Known) -> OperatingModelPage:
        base = slugify(model.title)[:200] or "malli"
        page = OperatingModelPage(
            title=model.title,
            slug=find_available_slug(self.index, base),
            locale=self.index.locale,
            owner=self.owner,
            live=False,
            has_unpublished_changes=True,
        )
        _fill(page, model, known, str(page.translation_key), keep_unsaid=False)
        self.index.refresh_from_db()
        self.index.add_child(instance=page)
        page.save_revision(user=self.owner)
        return page

    def _blocked(self, page: OperatingModelPage, changed: bool) -> str:
        """Why the page may not be written now; "" where it may."""
        if page.workflow_in_progress:
            return "in_review"
        if page.locked:
            return "locked"
        return "changed_since" if changed and not self.overwrite else ""

    def _update(
        self, page: OperatingModelPage, model: ImportedModel, known: Known, *, keep_unsaid: bool
    ) -> None:
        draft = page.get_latest_revision_as_object()
        draft.title = model.title
        _fill(draft, model, known, str(draft.translation_key), keep_unsaid=keep_unsaid)
        draft.save_revision(user=self.owner, log_action=True)
        page.refresh_from_db()


def is_changed(record: ImportedSource) -> bool:
    """Whether somebody worked on the page after the importer last wrote it."""
    revision = record.page.get_latest_revision()
    return revision is not None and fingerprint(revision.content) != record.fingerprint


def fingerprint(content: dict[str, Any]) -> str:
    """A revision's content in short: equal where what an author can edit is equal."""
    kept = {key: value for key, value in content.items() if key not in _VOLATILE}
    text = json.dumps(kept, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(_EDITOR_KEYS.sub("", text).encode()).hexdigest()


def _record_of(source: Source, text: str, model: ImportedModel) -> ImportedSource | None:
    """What is remembered of the source: by its place, by its words, or by its name and title.

    The same file may be read from another folder, or after its text changed, but hardly both.
    """
    records = ImportedSource.objects.select_related("page")
    found = records.filter(key=digest(source.location(model.title))).first()
    found = found or records.filter(content_hash=digest(text)).first()
    if found is None and source.path is not None:
        name = source.path.name
        named = records.filter(title=model.title, source__endswith=name)
        found = next((record for record in named if Path(record.source).name == name), None)
    return found


def raw_blocks(blocks: Sequence[Block], key: str) -> list[RawBlock]:
    """The blocks as a StreamField stores them: sanitised, whole, with lasting ids."""
    return _lasting([_raw(block) for block in blocks], key)


def _raw(block: Block) -> RawBlock:
    if block.rows:
        return table(block.rows)
    if block.image:
        return described_later(block.image, block.alt)
    html = sanitise(block.html)
    return subsection(block.heading, html) if block.heading else paragraph(html)


def _lasting(raw: list[RawBlock], key: str) -> list[RawBlock]:
    for number, block in enumerate(raw):
        block["id"] = str(uuid.uuid5(_NAMESPACE, f"{key}/{number}/{block['type']}"))
    return raw


def _set_stream(page: OperatingModelPage, name: str, raw: list[RawBlock]) -> None:
    block = page._meta.get_field(name).stream_block  # type: ignore[union-attr]
    setattr(page, name, StreamValue(block, raw, is_lazy=True))


def _fill(
    page: OperatingModelPage, model: ImportedModel, known: Known, key: str, *, keep_unsaid: bool
) -> None:
    """Put the model into the page's fields.

    ``keep_unsaid`` leaves alone what the text is silent about: it is the author's own work.
    """
    values: dict[str, Any] = {
        "short_description": sanitise(model.short_description),
        "place": model.place,
        "regions": known.regions,
        "other_regions": "\n".join(known.other_regions),
        "funders": known.funders,
        "other_funders": "\n".join(known.other_funders),
        "organisations": known.organisations,
        "collections": known.collections,
        "networks": known.networks,
        "phase": model.phase,
        "cover_caption": model.cover_caption,
        "created_on": model.created_on,
        "edited_on": model.edited_on,
        "source_url": model.source_url,
    }
    for name, value in values.items():
        if value or not keep_unsaid:
            setattr(page, name, value)
    if model.authors or not keep_unsaid:
        _set_authors(page, model)
    for kind in SECTION_KINDS:
        blocks = model.sections.get(kind.key, [])
        if blocks or not keep_unsaid:
            _set_stream(page, kind.key, raw_blocks(blocks, f"{key}/{kind.key}"))
    if model.further_sections or not keep_unsaid:
        further = [
            further_section(heading, raw_blocks(blocks, f"{key}/further/{number}"))
            for number, (heading, blocks) in enumerate(model.further_sections)
        ]
        _set_stream(page, FURTHER_SECTIONS, _lasting(further, f"{key}/further"))
    _set_stream(page, "unplaced", raw_blocks(model.unplaced_blocks, f"{key}/unplaced"))


def _set_authors(page: OperatingModelPage, model: ImportedModel) -> None:
    present = {author.name: author for author in page.authors.all()}
    authors = []
    for order, author in enumerate(model.authors):
        row = present.get(author.name) or ModelAuthor(name=author.name, locale=page.locale)
        row.contact = author.contact or row.contact
        row.sort_order = order
        authors.append(row)
    page.authors.set(authors)
