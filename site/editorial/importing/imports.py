"""An import from its upload to its draft: kept for its account, looked through, made a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log

from models_pages.importing.drafts import Drafts
from models_pages.importing.headings import bare
from models_pages.importing.imported import ImportedModel, Note
from models_pages.importing.pieces import (
    IMAGE,
    LEFT_OUT,
    OWN,
    UNPLACED,
    Arranged,
    Piece,
    blocks_of,
    moved,
)
from models_pages.importing.uploads import Reading
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.sections import PARTS, SECTION_KINDS

from ..models.importing import MAX_UNFINISHED, ImportInProgress, PictureInProgress
from .forms import model_of, typed


class TooManyUnfinished(Exception):
    """The account has more imports in progress than are kept."""


@dataclass(slots=True)
class Group:
    """The pieces of one place, with their numbers in the document."""

    place: str
    heading: str
    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    @property
    def is_own(self) -> bool:
        """Whether it is a section with a heading of the document's own."""
        return self.place.startswith(OWN)


def index_for(language: str) -> OperatingModelIndexPage | None:
    """The list of models in a language, under which the draft is made."""
    lists = OperatingModelIndexPage.objects.filter(locale__language_code=language)
    return lists.select_related("locale").first()


def may_import(user: Any, language: str) -> bool:
    """Whether the account may make models in the language."""
    index = index_for(language)
    return index is not None and index.permissions_for_user(user).can_add_subpage()


@lru_cache(maxsize=1)
def known_headings() -> Mapping[str, str]:
    """The sections' headings in the portal's languages, lower case, with their kinds."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {bare(str(kind.heading)): kind.key for kind in SECTION_KINDS}
    return found


@transaction.atomic
def begin(user: Any, name: str, language: str, reading: Reading) -> ImportInProgress:
    """Keep what was read. Raises TooManyUnfinished."""
    if unfinished(user).count() >= MAX_UNFINISHED:
        raise TooManyUnfinished
    arranged = reading.arranged
    kept = ImportInProgress.objects.create(
        user=user, name=name[:255], language=language, content=_content(arranged)
    )
    PictureInProgress.objects.bulk_create(
        PictureInProgress(source=kept, number=number, ending=picture.ending, data=picture.data)
        for number, picture in enumerate(reading.pictures)
    )
    return kept


def unfinished(user: Any) -> Any:
    """The account's imports that are no drafts yet, the latest first."""
    return ImportInProgress.objects.filter(user=user, page=None)


def _content(arranged: Arranged) -> dict[str, Any]:
    return {
        "basics": typed(arranged.model),
        "pieces": [piece.as_json() for piece in arranged.pieces],
        "own_headings": arranged.own_headings,
        "notes": [[note.code, note.text, note.kind] for note in arranged.notes],
    }


def pieces_of(kept: ImportInProgress) -> list[Piece]:
    """The pieces, in the document's order."""
    return [Piece.from_json(piece) for piece in kept.content["pieces"]]


def notes_of(kept: ImportInProgress) -> list[Note]:
    """What the reader noticed."""
    return [Note(*note) for note in kept.content["notes"]]


def own_headings(kept: ImportInProgress) -> list[str]:
    """Headings of the sections that are the document's own, as they were last typed."""
    return list(kept.content["own_headings"])


def places(kept: ImportInProgress) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place that a piece can be put, in groups: the form's parts, own sections, the rest."""
    groups = [
        (
            str(heading),
            [(kind.key, str(kind.heading)) for kind in SECTION_KINDS if kind.part == part],
        )
        for part, heading in PARTS.items()
    ]
    own = [(f"{OWN}{number}", text) for number, text in enumerate(own_headings(kept))]
    rest = [(UNPLACED, str(other_text())), (LEFT_OUT, _("Leave out of the draft"))]
    return [*groups, *([(_("Headings of the document's own"), own)] if own else []), ("", rest)]


def other_text() -> str:
    """The heading under which pieces without a place come into the draft."""
    return _("Other text of the document")


def groups(kept: ImportInProgress) -> list[Group]:
    """The places that hold something: those without a place first, what is left out last."""
    found: dict[str, Group] = {UNPLACED: Group(UNPLACED, other_text())}
    for _part, choices in places(kept):
        for place, heading in choices:
            found.setdefault(place, Group(place, heading))
    for number, piece in enumerate(pieces_of(kept)):
        found.get(piece.place, found[UNPLACED]).pieces.append((number, piece))
    return [group for group in found.values() if group.pieces]


def take_typed(kept: ImportInProgress, posted: Mapping[str, Any], chosen: Sequence[str]) -> None:
    """Take over everything that the form of the preview holds, whether it is in order or not.

    ``chosen`` are numbers of pieces that go to ``posted["move_to"]``; the others go where their
    own list says. What names no place or no piece is left as it was.
    """
    known = {place for _part, choices in places(kept) for place, _heading in choices}
    pieces = pieces_of(kept)
    for number, piece in enumerate(pieces):
        place = str(posted.get(f"place-{number}", piece.place))
        if str(number) in chosen and posted.get("move_to"):
            place = str(posted["move_to"])
        if place in known:
            pieces[number] = moved(piece, place)
    kept.content["pieces"] = [piece.as_json() for piece in pieces]
    headings = own_headings(kept)
    for number, heading in enumerate(headings):
        words = " ".join(str(posted.get(f"own-heading-{number}", heading)).split())
        headings[number] = words.replace("\0", "")[:250] or heading
    kept.content["own_headings"] = headings
    basics = kept.content["basics"]
    for name in basics:
        if name in posted:
            basics[name] = str(posted[name]).replace("\0", "")[:20_000]


def make_draft(kept: ImportInProgress, cleaned: dict[str, Any]) -> OperatingModelPage:
    """The draft of an import, owned by its account; made once, however often it is asked for.

    ``cleaned`` is the basic information of a valid form.
    """
    files: list[Any] = []
    try:
        with transaction.atomic():
            locked = ImportInProgress.objects.select_for_update().get(pk=kept.pk)
            if locked.page is not None:
                return locked.page
            page = _make(locked, cleaned, files)
            locked.page = page
            locked.content = {}
            locked.save()
            locked.pictures.all().delete()
            return page
    except Exception:
        # The database forgets them; the disk does not by itself.
        for file in files:
            file.delete(save=False)
        raise


def _make(kept: ImportInProgress, cleaned: dict[str, Any], files: list[Any]) -> OperatingModelPage:
    user = kept.user
    index = index_for(kept.language)
    assert index is not None
    model = model_of(cleaned)
    model.notes = notes_of(kept)
    images = _make_images(kept, model.title, files)
    headings = own_headings(kept)
    further: dict[str, list[Piece]] = {f"{OWN}{n}": [] for n in range(len(headings))}
    sections: dict[str, list[Piece]] = {kind.key: [] for kind in SECTION_KINDS}
    other: list[Piece] = []
    for piece in pieces_of(kept):
        if piece.place == LEFT_OUT:
            continue
        target = sections.get(piece.place)
        target = further.get(piece.place) if target is None else target
        (other if target is None else target).append(piece)
    _fill_sections(model, sections, images)
    for number, heading in enumerate(headings):
        blocks = blocks_of(further[f"{OWN}{number}"], images)
        model.further_sections.append((heading, blocks))
    with translation.override(kept.language):
        rest = other_text()
    page = Drafts(index, owner=user).create(
        model, name=kept.name, key=f"browser {kept.pk}", rest=(rest, blocks_of(other, images))
    )
    log(instance=page, action="wagtail.create", user=user, content_changed=True)
    return page


def _fill_sections(
    model: ImportedModel, sections: dict[str, list[Piece]], images: dict[int, int]
) -> None:
    for key, pieces in sections.items():
        if pieces:
            model.sections[key] = blocks_of(pieces, images)


def _make_images(kept: ImportInProgress, title: str, files: list[Any]) -> dict[int, int]:
    """Images of the portal, the account's own, for the pictures that the draft shows."""
    wanted = {
        piece.picture
        for piece in pieces_of(kept)
        if piece.kind == IMAGE and piece.place != LEFT_OUT
    }
    made = {}
    for picture in kept.pictures.filter(number__in=wanted):
        name = _("%(title)s, picture %(number)d") % {
            "title": title[:200],
            "number": picture.number + 1,
        }
        image = get_image_model()(title=name, uploaded_by_user=kept.user)
        file = ContentFile(bytes(picture.data), name=f"picture-{picture.number}.{picture.ending}")
        image.file = file
        # As Wagtail's own form does, so that the same picture is known again.
        image._set_image_file_metadata()  # noqa: SLF001
        image.save()
        files.append(image.file)
        made[picture.number] = image.pk
    return made
