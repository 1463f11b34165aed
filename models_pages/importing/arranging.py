"""Which piece of a document belongs where: sections by their headings, labels by their field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .basics import Fields, place_basics
from .builder import build_blocks
from .headings import bare, label_of, labelled_value, section_of
from .imported import ImportedModel, Note
from .lines import Line, split_lines
from .pieces import HEADING, LIST, OWN, TEXT, UNPLACED, Arranged, Piece, moved, pieces_of
from .reader import read_model

# Words by which people head such texts in their own documents; what is under them most probably
# belongs to the section. The heading itself is kept, for it is not the section's own.
USUAL_HEADINGS: dict[str, tuple[str, ...]] = {
    "environment": ("toimintaympäristön kuvaus", "ympäristö"),
    "starting_point": ("lähtötilanne", "tausta", "taustaa", "johdanto", "nykytila"),
    "needs": ("tarve", "tarpeet", "kehittämistarve", "kehittämistarpeet", "haaste", "ongelma"),
    "developers": ("kehittäjät", "kehittäjäjoukko", "yhteiskehittäminen", "kumppanit"),
    "intended_change": ("tavoite", "tavoitteet", "tavoiteltava muutos", "tarkoitus"),
    "measuring": ("mittaaminen", "mittarit", "seuranta"),
    "target_group": ("kohderyhmä", "kohderyhmät", "asiakasryhmä", "asiakkaat"),
    "ideas": ("ideointi", "ratkaisun valinta", "ideat"),
    "trial": ("kokeilu", "kokeilut", "pilotti", "pilotointi", "toteutus"),
    "basic_idea": (
        "perusidea", "ratkaisu", "ratkaisun kuvaus", "toimintamalli", "toimintamallin kuvaus",
        "mallin kuvaus",
    ),
    "conditions": (
        "käyttöönotto", "edellytykset", "käyttöönoton ehdot", "resurssit", "juurruttaminen",
    ),
    "tips": ("vinkit", "vinkkejä", "vinkit soveltajille", "opit"),
    "evaluation": ("arviointi", "arvioinnin tulokset", "tulokset", "vaikutukset"),
}  # fmt: skip
_USUAL = {text: kind for kind, texts in USUAL_HEADINGS.items() for text in texts}
# "1.", "2.3", "IV)" before a heading.
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,4}[.)])\s+")
# In a section only labels that hardly ever are a heading of its own.
_STRONG = {"name", "short_description", "regions", "collections", "funders", "phase"}


def arrange_text(text: str, name: str, headings: Mapping[str, str]) -> Arranged:
    """A plain text in pieces at their places; ``name`` is the title where it has none.

    ``headings`` are section headings in the portal's languages, lower case, by kind.
    """
    model = read_model(text, name)
    if not model.sections:
        pieces = pieces_of(build_blocks(split_lines(text)), UNPLACED)
        arranged = arrange(pieces, name, headings)
        if any(piece.place != UNPLACED for piece in arranged.pieces):
            return arranged
    arranged = Arranged(model)
    for kind, blocks in model.sections.items():
        arranged.pieces += pieces_of(blocks, kind)
    for number, (heading, blocks) in enumerate(model.further_sections):
        arranged.own_headings.append(heading)
        arranged.pieces += pieces_of(blocks, f"{OWN}{number}")
    arranged.pieces += pieces_of(model.unplaced_blocks, UNPLACED)
    return arranged


def arrange(pieces: Sequence[Piece], name: str, headings: Mapping[str, str]) -> Arranged:
    """A document's pieces at their places; each is there, or its words are in the basics."""
    return _Arranger(pieces, headings).arrange(name)


class _Arranger:
    """Walks the pieces once; ``place`` is where the next one goes."""

    def __init__(self, pieces: Sequence[Piece], headings: Mapping[str, str]) -> None:
        self.headings = headings
        self.pieces = list(pieces)
        self.result = Arranged(ImportedModel())
        self.place = ""  # before the first section
        self.field = ""
        self.fields: Fields = {}
        self.preamble: list[Line] = []
        # Pieces whose words went to the basics, unless some of them come back.
        self.given: set[int] = set()
        self.places: dict[int, str] = {}
        kinds = {index: self._kind(piece) for index, piece in enumerate(self.pieces)}
        self.kinds = {index: kind for index, kind in kinds.items() if kind}
        levels = [piece.level for piece in self.pieces if piece.kind == HEADING and piece.level]
        matched = [self.pieces[index].level for index in self.kinds if self.pieces[index].level]
        # Headings as high as the sections' begin something of their own.
        self.top = min(matched) if matched else _usual_level(levels)

    def arrange(self, name: str) -> Arranged:
        for index, piece in enumerate(self.pieces):
            if index in self.kinds:
                self._begin_section(index, piece)
            elif not (self._is_own(index, piece) or self._take_label(index, piece)):
                self._put(index, piece)
        model = self.result.model
        left = place_basics(
            model, self.preamble, self.fields, has_sections=bool(self.kinds), name=name
        )
        for line in left:
            self.given.discard(line.number)
        for index, piece in enumerate(self.pieces):
            if index not in self.given:
                place = self.places.get(index, UNPLACED)
                self.result.pieces.append(moved(piece, place))
        if not self.kinds:
            model.notes.append(Note("no_sections"))
        return self.result

    def _kind(self, piece: Piece) -> str:
        """The section that the piece begins; "" where it begins none."""
        if piece.kind not in {HEADING, TEXT} or len(piece.text) > 120:
            return ""
        text = _NUMBERED.sub("", piece.text)
        kind = section_of(text) or self.headings.get(bare(text), "")
        if not kind and piece.kind == HEADING:
            kind = _USUAL.get(bare(text), "")
        return kind

    def _begin_section(self, index: int, piece: Piece) -> None:
        kind = self.kinds[index]
        self.place, self.field = kind, ""
        text = bare(_NUMBERED.sub("", piece.text))
        if section_of(text) or text in self.headings:
            self.given.add(index)  # the section has this heading of its own
        else:
            self.places[index] = kind

    def _is_own(self, index: int, piece: Piece) -> bool:
        if piece.kind != HEADING or not piece.level or piece.level > self.top:
            return False
        if label_of(piece.text) or (not self.place and self._is_title(index)):
            return False
        self.result.own_headings.append(piece.text)
        self.place, self.field = f"{OWN}{len(self.result.own_headings) - 1}", ""
        self.given.add(index)
        return True

    def _is_title(self, index: int) -> bool:
        """Whether a heading stands where a document's title does: nothing but basics before."""
        return not any(piece.kind in {TEXT, HEADING, LIST} for piece in self.pieces[:index])

    def _take_label(self, index: int, piece: Piece) -> bool:
        if piece.kind not in {HEADING, TEXT}:
            return False
        lines = piece.text.split("\n")
        label, value = label_of(lines[0]), ""
        if not label:
            label, value = labelled_value(lines[0])
        if not label or label in {"attachments", "picture"}:
            return False
        words = bare(lines[0].partition(":")[0])
        if self.place and not (label in _STRONG and " " in words and words != "lyhyt kuvaus"):
            return False
        # What follows on paragraphs of its own belongs to a label that stands alone.
        self.field = "" if value else label
        values = ([value] if value else []) + lines[1:]
        self.fields.setdefault(label, []).extend(
            Line(index, text, after_blank=number == 0) for number, text in enumerate(values)
        )
        self.given.add(index)
        return True

    def _put(self, index: int, piece: Piece) -> None:
        if self.field and piece.kind in {TEXT, LIST}:
            lines = _lines(index, piece)
            self.fields.setdefault(self.field, []).extend(lines)
            self.given.add(index)
            self.places[index] = self.place or UNPLACED
            return
        self.field = ""
        if self.place:
            self.places[index] = self.place
        elif piece.kind in {HEADING, TEXT} and self._may_be_basic():
            self.preamble.extend(_lines(index, piece))
            self.given.add(index)
        # Everything else is unplaced.

    def _may_be_basic(self) -> bool:
        return len(self.preamble) < 40


def _usual_level(levels: Sequence[int]) -> int:
    """The level of the headings that part a document: the highest that comes more than once."""
    repeated = [level for level in sorted(set(levels)) if levels.count(level) > 1]
    return repeated[0] if repeated else min(levels, default=0)


def _lines(index: int, piece: Piece) -> list[Line]:
    return [
        Line(index, text, after_blank=number == 0)
        for number, text in enumerate(piece.text.split("\n"))
        if text
    ]
