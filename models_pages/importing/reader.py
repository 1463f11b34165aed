"""The lines of a page text to an ImportedModel: what stands where, and what stands nowhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from .basics import Fields, place_basics
from .builder import build_blocks
from .headings import bare, is_date, is_starred, label_of, labelled_value, phase_of, section_of
from .imported import ImportedModel, Note
from .lines import Line, split_lines

# Labels that hardly ever are a line of prose: inside a section too they begin something else.
_STRONG = {"name", "short_description", "regions", "funders", "collections", "cover"}
_AROUND = {"attachments", "picture"}
# Inside a section these words alone are a sub-heading as often as a label.
_WEAK_LABELS = {"lyhyt kuvaus"}
_MAX_PICTURE_CAPTION = 300
MAX_HEADING = 250


def read_model(text: str, name: str = "") -> ImportedModel:
    """Read a page text; ``name`` (of its file) is the title where the text has none.

    Every line of the text is in the result: in a field, in its section, or in ``unplaced``.
    """
    return _Reader(split_lines(text)).read(name)


@dataclass(slots=True)
class _Further:
    heading: str
    lines: list[Line] = field(default_factory=list)


class _Reader:
    """Walks the lines once; ``here`` is the list that the next line joins."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.model = ImportedModel()
        self.preamble: list[Line] = []
        self.fields: Fields = {}
        self.sections: dict[str, list[Line]] = {}
        self.further: list[_Further] = []
        self.unplaced: list[Line] = []
        self.here = self.preamble
        self.fresh = False  # nothing has followed a section's heading yet
        # Where a paragraph goes after a label with its value on one line.
        self.resumed: tuple[list[Line], str] | None = None
        self.place = ""  # the kind of the section that is open, "further", or ""
        kinds = [(section_of(line.text), line.text.endswith("**")) for line in lines]
        self.starred = Counter(kind for kind, starred in kinds if kind and starred)
        self.has_sections = any(kind for kind, _starred in kinds)

    def read(self, name: str) -> ImportedModel:
        for index, line in enumerate(self.lines):
            if not (
                self._begin_section(index, line)
                or self._begin_label(index, line)
                or self._begin_further(index, line)
            ):
                if self.resumed is not None and line.after_blank:
                    self.here, self.place = self.resumed
                    self.resumed = None
                self.here.append(replace(line, after_blank=True) if self.fresh else line)
                self.fresh = False
        self._finish(name)
        return self.model

    def _text(self, index: int) -> str:
        return self.lines[index].text if 0 <= index < len(self.lines) else ""

    def _begin_section(self, index: int, line: Line) -> bool:
        kind = section_of(line.text)
        if not kind:
            return False
        doubled = kind in (section_of(self._text(index - 1)), section_of(self._text(index + 1)))
        if self.starred[kind] and not line.text.endswith("**") and not doubled:
            # The page prints this heading with its stars elsewhere: here it is the author's own.
            self.here.append(replace(line, role="heading") if self.place else line)
            return True
        if kind in self.sections and self.place != kind:
            self.model.notes.append(Note("heading_again", line.text.strip("* "), kind))
        self.here = self.sections.setdefault(kind, [])
        self.place = kind
        self.resumed = None
        self.fresh = True
        return True

    def _begin_further(self, index: int, line: Line) -> bool:
        if not (self.has_sections and index and is_starred(line.text)):
            return False
        heading = line.text.strip("* ")
        if self.place == "further" and self.further[-1].heading == heading and not self.here:
            return True
        self.further.append(_Further(heading))
        self.here = self.further[-1].lines
        self.place = "further"
        self.resumed = None
        return True

    def _begin_label(self, index: int, line: Line) -> bool:
        if line.icon == "launch" and phase_of(line.text):
            self._field("phase").append(line)
            self._leave("phase")
            return True
        label = label_of(line.text)
        if not label:
            return self._take_labelled_value(index, line)
        if not self._counts(label, index, line):
            return False
        if label in _AROUND:
            self._begin_around(label, line)
        else:
            self._leave(label)
        return True

    def _take_labelled_value(self, index: int, line: Line) -> bool:
        """A label and its value on one line; what follows on lines of their own belongs to it."""
        label, value = labelled_value(line.text)
        if not label or label in _AROUND or not self._counts(label, index, line, value):
            return False
        resumed = self.resumed or (self.here, self.place)
        self._leave(label)
        self.resumed = resumed
        self.here.append(replace(line, text=value))
        return True

    def _begin_around(self, label: str, line: Line) -> None:
        """A label of attachments or of a picture stays where it stands, to be told by its role."""
        if not self.place and self.here is not self.unplaced:
            self.here = self.unplaced
        self.here.append(replace(line, role=label))

    def _field(self, name: str) -> list[Line]:
        return self.fields.setdefault(name, [])

    def _leave(self, name: str) -> None:
        self.here = self._field(name)
        self.place = ""
        self.resumed = None

    def _counts(self, label: str, index: int, line: Line, value: str = "") -> bool:
        """Whether the line is a label here, and not a line of a section's own.

        ``value`` is what stands after the label on its line.
        """
        words = line.text.partition(":")[0] if value else line.text
        strong = label in _STRONG and bare(words) not in _WEAK_LABELS
        # "Rahoittaja: …" may be a sentence; a label of several words is none.
        strong = strong and (" " in bare(words) or not value)
        if not self.place or strong or label in _AROUND:
            return True
        following = index
        if not value:
            following += 1
            while following < index + 4 and label_of(self._text(following)) == label:
                following += 1
            value = self._text(following)
        if label in {"created_on", "edited_on"}:
            return is_date(value)
        if label == "phase":
            return not value or bool(phase_of(value) or self.lines[following].icon == "launch")
        if label == "basics":
            return line.icon != "" or label_of(value) in _STRONG
        return False

    def _finish(self, name: str) -> None:
        model = self.model
        left = place_basics(
            model, self.preamble, self.fields, has_sections=self.has_sections, name=name
        )
        for kind, lines in self.sections.items():
            blocks = build_blocks(self._without_bare_labels(kind, lines))
            if blocks:
                model.sections[kind] = blocks
        for further in self.further:
            blocks = build_blocks(self._without_bare_labels("further_sections", further.lines))
            model.further_sections.append((further.heading, blocks))
        if not model.sections:
            model.notes.append(Note("no_sections"))
        self.unplaced.extend(left)
        self.unplaced.sort(key=lambda line: line.number)
        kept = self._without_bare_labels("", self.unplaced)
        model.unplaced = [line.text for line in kept]
        plain = [
            replace(line, role="", after_blank=line.after_blank or before != line.number - 1)
            for line, before in zip(kept, [-1, *(line.number for line in kept)], strict=False)
        ]
        model.unplaced_blocks = build_blocks(plain, guess_subheadings=False)

    def _without_bare_labels(self, kind: str, lines: list[Line]) -> list[Line]:
        """The lines less the labels after which nothing came; those are noted instead.

        A page says "Liitteet" or "Kuva" where files or pictures stood; a text cannot hold them.
        """
        kept = []
        for index, line in enumerate(lines):
            if line.role not in _AROUND:
                kept.append(line)
                continue
            following = lines[index + 1] if index + 1 < len(lines) else None
            said = following is not None and following.role not in _AROUND
            if line.role == "picture" and following is not None and said:
                said = not following.after_blank and len(following.text) <= _MAX_PICTURE_CAPTION
            text = following.text if said and following else ""
            self.model.notes.append(Note(line.role, text, kind))
            if said:
                kept.append(line)
        return kept


_NAME_PARTS = re.compile(r"[_\s]+")
# What numbers a folder's files: "03_", "7. ", "2) ", "12 - ", "007 ", "01-"; not "3 askelta".
_NAME_NUMBER = re.compile(
    r"(?:\d{1,4}(?:[_.)]+|\s+[-–](?=\s))|0\d{0,3}(?=[\s-]))[\s_.–-]*(?=[^\W\d_])"
)


def title_from_name(stem: str) -> str:
    """A title from a file's name without its ending and its number in a folder.

    Hyphens stay where there are other gaps.
    """
    stem = _NAME_NUMBER.sub("", stem.strip(), count=1) if _NAME_NUMBER.match(stem.strip()) else stem
    words = _NAME_PARTS.sub(" ", stem).strip()
    if " " not in words and words.count("-") > 1:
        words = words.replace("-", " ")
    return words[:1].upper() + words[1:]
