"""What an import tells: notes and errors in words, and one entry a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from models_pages.models.imports import ImportedSource
from models_pages.sections import BY_KEY

from .decoding import MAX_BYTES
from .imported import ImportedModel, Note

NOTES: dict[str, Promise] = {
    "title_from_name": gettext_lazy(
        "The text has no title; “%(text)s” comes from the file's name."
    ),
    "no_title": gettext_lazy("The text has no title and no file name to take one from."),
    "no_description": gettext_lazy("The text has no short description."),
    "no_sections": gettext_lazy("No heading of a section was recognised."),
    "heading_again": gettext_lazy(
        "The heading “%(text)s” comes twice; both texts are in its section."
    ),
    "other_date": gettext_lazy("A second, different date %(text)s was left unplaced."),
    "unknown_phase": gettext_lazy("The phase “%(text)s” is not known; it was left unplaced."),
    "attachments": gettext_lazy(
        "%(heading)s: the page has attachments here. Add the files, for a text cannot hold them. "
        "%(text)s"
    ),
    "picture": gettext_lazy(
        "%(heading)s: the page has a picture here. Add it, for a text cannot hold it. %(text)s"
    ),
    "unknown_region": gettext_lazy("The region “%(text)s” is not in the vocabulary; kept as text."),
    "unknown_funder": gettext_lazy("The funder “%(text)s” is not in the vocabulary; kept as text."),
    "unknown_organisation": gettext_lazy(
        "The organisation “%(text)s” is not in the vocabulary; left unplaced."
    ),
    "unknown_collection": gettext_lazy("No collection is called “%(text)s”; left unplaced."),
    "unknown_network": gettext_lazy("No network is called “%(text)s”; left unplaced."),
    "unknown_author": gettext_lazy("The author “%(text)s” has no account; kept as a name."),
    "taken_as": gettext_lazy("Taken as a term of the vocabulary: %(text)s."),
    "unplaced": gettext_lazy("Lines without a place, to be moved or deleted: %(text)s."),
    "changed_since": gettext_lazy(
        "Not imported: the draft was changed after the last import (--overwrite replaces it)."
    ),
    "in_review": gettext_lazy("Not imported: the draft is being reviewed."),
    "locked": gettext_lazy("Not imported: the page is locked."),
    "owner_kept": gettext_lazy("The page belongs to %(text)s already; its owner was not changed."),
    "not_submitted": gettext_lazy("Not submitted for review: %(text)s"),
    "no_workflow": gettext_lazy("Not submitted: no review is set up for these pages."),
    "macros_left": gettext_lazy("The document holds macros; they were left out and not run."),
    "objects_left": gettext_lazy(
        "The document holds embedded objects (a spreadsheet, a chart); they were left out. "
        "Add them as pictures or attachments."
    ),
    "picture_elsewhere": gettext_lazy(
        "Pictures that lie elsewhere on the web and were not fetched: %(text)s. "
        "Add them in the form."
    ),
    "picture_unreadable": gettext_lazy(
        "Pictures of a kind that web pages do not show, or damaged: %(text)s. "
        "Save them as PNG or JPEG and add them in the form."
    ),
    "picture_large": gettext_lazy(
        "Pictures too large to come along (over 10 MB or 25 megapixels): %(text)s. "
        "Make them smaller and add them in the form."
    ),
    "picture_many": gettext_lazy(
        "Pictures beyond the first 60, which did not come along: %(text)s."
    ),
}

ERRORS: dict[str, Promise] = {
    "not_found": gettext_lazy("There is no such file."),
    "no_files": gettext_lazy("The folder holds no files."),
    "unreadable": gettext_lazy("The file cannot be read."),
    "empty": gettext_lazy("The file is empty."),
    "no_words": gettext_lazy("The file holds no words."),
    "binary": gettext_lazy("This is not a text file."),
    "damaged": gettext_lazy("The text is damaged: part of it is UTF-8 and part is not."),
    "markup": gettext_lazy("This is a web page's code; save the page's text instead."),
    "upload_large": gettext_lazy(
        "The file is larger than 20 MB. Make its pictures smaller, or leave some out."
    ),
    "text_large": gettext_lazy("The text is too long: at most 2 MB. Divide it."),
    "too_long": gettext_lazy(
        "The document is too long for one model. Divide it, or paste only the part you need."
    ),
    "damaged_document": gettext_lazy(
        "The file is damaged. Open it in the program it was made with, save it again, and try anew."
    ),
    "protected": gettext_lazy(
        "The file is behind a password. Save a copy without the password, and choose that."
    ),
    "unsafe": gettext_lazy(
        "The file is made in a way that can harm the portal, so it was not opened. Save its text "
        "as a new document, and choose that."
    ),
    "old_word": gettext_lazy(
        "This is a document of an old kind (.doc). Open it in Word or LibreOffice, save it as "
        ".docx or .odt, and choose that."
    ),
    "with_macros": gettext_lazy(
        "Documents with macros (.docm) are not taken. Save it as .docx, and choose that."
    ),
    "pdf": gettext_lazy(
        "A PDF file cannot be taken apart into sections. Choose the document it was made of, or "
        "copy its text and paste it."
    ),
    "unknown_ending": gettext_lazy(
        "Files of this kind cannot be read. Choose a .docx, .odt, .html or .txt file."
    ),
    "wrong_ending": gettext_lazy(
        "The file is not what its name's ending says. Open it in the program it was made with, "
        "and save it again in the form you want."
    ),
    "not_word": gettext_lazy("This is no Word document, though its name says so."),
    "not_opendocument": gettext_lazy("This is no OpenDocument text, though its name says so."),
    "failed": gettext_lazy("The import failed because of an error in the portal; see the log."),
}


@dataclass(slots=True)
class Entry:
    """What became of one file."""

    file: str
    page_id: int | None = None
    title: str = ""
    sections: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """The entry as the command prints it; its names are an interface (design, section 6)."""
        if self.error:
            return {"file": self.file, "error": self.error}
        return {
            "file": self.file,
            "page_id": self.page_id,
            "title": self.title,
            "sections": self.sections,
            "unplaced": self.unplaced,
            "warnings": self.warnings,
        }

    def as_text(self) -> str:
        """The entry for a person at a terminal."""
        if self.error:
            return f"{self.file}: {self.error}"
        number = self.page_id if self.page_id is not None else "–"
        lines = [f"{self.file}: {self.title} ({number})"]
        lines.append("  " + (", ".join(str(_heading(kind)) for kind in self.sections) or "–"))
        lines.extend(f"  ! {warning}" for warning in self.warnings)
        lines.extend(f"  ? {line}" for line in self.unplaced)
        return "\n".join(lines)


def entry_for(file: str, model: ImportedModel, page_id: int | None = None) -> Entry:
    """The entry of a text that was read."""
    return Entry(
        file, page_id, model.title, model.filled(), list(model.unplaced), words(model.notes)
    )


def failed(file: str, code: str) -> Entry:
    """The entry of a source that could not be imported."""
    return Entry(file, error=error_in_words(code))


def error_in_words(code: str) -> str:
    """Why something could not be read, in the current language."""
    if code == "too_large":
        return _("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1_000_000}
    return str(ERRORS[code])


def words(notes: Iterable[Note]) -> list[str]:
    """The notes as sentences in the current language, each once."""
    sentences = (
        str(NOTES[note.code]) % {"text": note.text, "heading": _heading(note.kind)}
        for note in notes
    )
    return list(dict.fromkeys(sentence.strip() for sentence in sentences))


def told_at_import(page: Page) -> list[str]:
    """What the last import of the page had to tell, for its authors; [] where it had none."""
    record = ImportedSource.objects.filter(page=page).order_by("-imported_at").first()
    return words(Note(*note) for note in record.warnings) if record else []


def _heading(kind: str) -> str:
    if kind in BY_KEY:
        return str(BY_KEY[kind].heading)
    return str(_("Further sections")) if kind else str(_("Text without a place"))
