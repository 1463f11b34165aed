"""The basic information: from the lines under each label to values, and what fits nowhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from .headings import date_of, is_date, phase_of
from .imported import Author, ImportedModel, Note
from .inline import to_html
from .lines import Line

MAX_TITLE = 255
MAX_TITLE_SENTENCE = 80  # a first line that ends in a full stop is a title only if so short
MAX_VALUE = 200
MAX_PLACE = 1000
MAX_CAPTION = 250
MAX_DESCRIPTION = 500  # in all, where it has several paragraphs and no label
MAX_FIRST_PARAGRAPH = 1500

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SOURCE = re.compile(r"https?://(?:www\.)?innokyla\.fi/\S+")
_LISTED = re.compile(r"[•\-–]\s|\d{1,3}[.)]\s")

Fields = dict[str, list[Line]]


def place_basics(
    model: ImportedModel, preamble: list[Line], fields: Fields, *, has_sections: bool, name: str
) -> list[Line]:
    """Fill the model's fields and return the lines that found no place."""
    left: list[Line] = []
    for line in [line for line in preamble if _SOURCE.fullmatch(line.text)][:1]:
        model.source_url = line.text
        preamble = [other for other in preamble if other.text != line.text]
    preamble = _place_title(model, preamble, fields, left, name)
    _place_description(model, preamble, fields, left, has_sections)
    _place_place(model, fields.get("place", []), left)
    for field in ("regions", "funders", "organisations", "collections", "networks"):
        getattr(model, field).extend(_short_values(fields.get(field, []), left))
    _place_authors(model, _short_values(fields.get("authors", []), left))
    model.created_on = _date(model, fields.get("created_on", []), left)
    model.edited_on = _date(model, fields.get("edited_on", []), left)
    _place_cover(model, fields.get("cover", []), left)
    _place_phase(model, fields.get("phase", []), left)
    left.extend(fields.get("basics", []))
    return left


def _texts(lines: Iterable[Line]) -> list[str]:
    """The lines' words, each once: the source prints some twice."""
    return list(dict.fromkeys(line.text for line in lines))


def _clean_title(text: str) -> str:
    return text.strip("* ")


def _place_title(
    model: ImportedModel, preamble: list[Line], fields: Fields, left: list[Line], name: str
) -> list[Line]:
    described = {line.text for line in fields.get("short_description", [])}
    named = fields.get("name", [])
    if named and len(named[0].text) <= MAX_TITLE:
        model.title = _clean_title(named[0].text)
        left.extend(line for line in named if _clean_title(line.text) != model.title)
    else:
        left.extend(named)
        if preamble and _is_title(preamble, described):
            model.title = _clean_title(preamble[0].text)
    rest = [line for line in preamble if _clean_title(line.text) != model.title]
    if not model.title:
        model.title = name[:MAX_TITLE]
        model.notes.append(Note("title_from_name", model.title))
    return rest


def _is_title(preamble: Sequence[Line], described: set[str]) -> bool:
    text = preamble[0].text
    if len(text) > MAX_TITLE or text in described or is_date(text) or _LISTED.match(text):
        return False
    if "://" in text or not any(character.isalpha() for character in text):
        return False
    return text[-1] not in ".;" or (len(preamble) > 1 and len(text) <= MAX_TITLE_SENTENCE)


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    for line in lines:
        if line.after_blank or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _place_description(
    model: ImportedModel,
    preamble: list[Line],
    fields: Fields,
    left: list[Line],
    has_sections: bool,
) -> None:
    labelled = fields.get("short_description", [])
    if labelled:
        paragraphs = _paragraphs(labelled)
        chosen = _opening(paragraphs, len(paragraphs), MAX_FIRST_PARAGRAPH)
        rest = [*preamble, *_flat(paragraphs[len(chosen) :])]
    else:
        paragraphs = _paragraphs(preamble)
        chosen = _opening(paragraphs, len(paragraphs) if has_sections else 1, MAX_DESCRIPTION)
        rest = _flat(paragraphs[len(chosen) :])
    chosen = _paragraphs(_once(_flat(chosen)))
    said = {line.text for line in _flat(chosen)}
    if labelled and " ".join(_texts(preamble)) == " ".join(_texts(labelled)):
        rest = rest[len(preamble) :]  # the same words, broken into lines in another way
    left.extend(line for line in rest if line.text not in said)
    model.short_description = "".join(
        f"<p>{'<br/>'.join(to_html(line.text) for line in paragraph)}</p>" for paragraph in chosen
    )
    if not chosen:
        model.notes.append(Note("no_description"))


def _flat(paragraphs: Iterable[list[Line]]) -> list[Line]:
    return [line for paragraph in paragraphs for line in paragraph]


def _once(lines: Iterable[Line]) -> list[Line]:
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.text, line)
    return list(first.values())


def _opening(paragraphs: list[list[Line]], most: int, in_all: int) -> list[list[Line]]:
    """The paragraphs that can be the short description: the first, and more while all is short."""
    length = 0
    for count, paragraph in enumerate(paragraphs[:most]):
        length += sum(len(line.text) for line in paragraph)
        limit = in_all if count else MAX_FIRST_PARAGRAPH
        strange = any(_LISTED.match(line.text) or is_date(line.text) for line in paragraph)
        if length > limit or strange:
            return paragraphs[:count]
    return paragraphs[:most]


def _place_place(model: ImportedModel, lines: list[Line], left: list[Line]) -> None:
    chosen: list[str] = []
    length = 0
    for position, line in enumerate(lines):
        if line.text in chosen:
            continue
        length += len(line.text) + 1
        if length > MAX_PLACE:
            left.extend(lines[position:])
            break
        chosen.append(line.text)
    model.place = "\n".join(chosen)


def _short_values(lines: list[Line], left: list[Line]) -> list[str]:
    """A value a line; from the first that is no value but prose, all the rest is left."""
    for position, line in enumerate(lines):
        if len(line.text) > MAX_VALUE or (len(line.text) > 80 and line.text[-1] == "."):
            left.extend(lines[position:])
            return _texts(lines[:position])
    return _texts(lines)


def _place_authors(model: ImportedModel, values: list[str]) -> None:
    for value in values:
        if _EMAIL.fullmatch(value) and model.authors and not model.authors[-1].contact:
            model.authors[-1] = Author(model.authors[-1].name, value)
        else:
            model.authors.append(Author(value))


def _date(model: ImportedModel, lines: list[Line], left: list[Line]) -> dt.date | None:
    found: dt.date | None = None
    for line in lines:
        date = date_of(line.text)
        if found is None and date is not None:
            found = date
        elif date is None or date != found:
            left.append(line)
            if is_date(line.text):
                model.notes.append(Note("other_date", line.text))
    return found


def _place_cover(model: ImportedModel, lines: list[Line], left: list[Line]) -> None:
    first = _paragraphs(lines)[:1]
    caption = " ".join(_texts(first[0])) if first else ""
    if len(caption) > MAX_CAPTION:
        left.extend(lines)
        return
    model.cover_caption = caption
    if first:
        left.extend(line for line in lines[len(first[0]) :] if line.text != caption)


def _place_phase(model: ImportedModel, lines: list[Line], left: list[Line]) -> None:
    for position, line in enumerate(lines):
        phase = phase_of(line.text)
        if phase and model.phase in {"", phase}:
            model.phase = phase
            continue
        if position == 0 or phase:
            model.notes.append(Note("unknown_phase", line.text))
        left.append(line)
