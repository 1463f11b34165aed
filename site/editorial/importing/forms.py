"""Forms of importing: what to read, and the basic information that was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_pages.importing.imported import Author, ImportedModel
from models_pages.importing.inline import to_html
from models_pages.importing.markup import MAX_CHARACTERS
from models_pages.importing.pieces import words_of
from models_pages.importing.uploads import ENDINGS
from models_pages.models import OperatingModelPage

# Fields of lines, each a name.
_LINES = ("regions", "funders", "organisations", "collections", "networks")


class StartForm(forms.Form):
    """A file or a pasted text, and its language."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Word (.docx), OpenDocument (.odt), web page (.html) or text (.txt); at most 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": MAX_CHARACTERS}),
    )
    # What the browser's clipboard holds beside the plain text; a script puts it here.
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES, initial="fi"
    )

    def clean(self) -> dict[str, Any]:
        """Either a file or a text."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste a text."))
        return cleaned


class BasicsForm(forms.Form):
    """The basic information that was found, to be mended."""

    title = forms.CharField(label=gettext_lazy("Name of the model"), max_length=255)
    short_description = forms.CharField(
        label=gettext_lazy("Short description"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(
        label=gettext_lazy("Place of implementation"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phase = forms.ChoiceField(
        label=gettext_lazy("Phase of the development"),
        required=False,
        choices=[("", "–"), *OperatingModelPage.Phase.choices],
    )
    authors = forms.CharField(
        label=gettext_lazy("Authors"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A name on each line; after a comma, a contact shown to readers."),
    )
    regions = forms.CharField(label=gettext_lazy("Regions"))
    funders = forms.CharField(label=gettext_lazy("Funders"))
    organisations = forms.CharField(label=gettext_lazy("Organisations"))
    collections = forms.CharField(label=gettext_lazy("Collections"))
    networks = forms.CharField(label=gettext_lazy("Networks"))
    created_on = forms.DateField(
        label=gettext_lazy("Created"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Address of the source"), required=False, max_length=500,
        assume_scheme="https",
    )  # fmt: skip

    FEW = ("title", "short_description", "place", "phase", "authors", "regions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _LINES:
            field = self.fields[name]
            field.required = False
            field.widget = forms.Textarea(attrs={"rows": 2})
            field.help_text = _("One on each line.")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Those that nearly every model has."""
        return [self[name] for name in self.FEW]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.fields if name not in self.FEW]

    @property
    def shows_other_fields(self) -> bool:
        """Whether something was found for the rest, or is wrong in it."""
        return any(field.value() or field.errors for field in self.other_fields)


def typed(model: ImportedModel) -> dict[str, str]:
    """The basic information of a read model, as the form's fields hold it."""
    authors = (", ".join(filter(None, [a.name, a.contact])) for a in model.authors)
    values = {
        "title": model.title,
        "short_description": words_of(model.short_description),
        "place": model.place,
        "phase": model.phase,
        "authors": "\n".join(authors),
        "created_on": model.created_on.isoformat() if model.created_on else "",
        "source_url": model.source_url,
    }
    return values | {name: "\n".join(getattr(model, name)) for name in _LINES}


def model_of(cleaned: dict[str, Any]) -> ImportedModel:
    """A model with the basic information of a valid form, and no sections yet."""
    model = ImportedModel(title=cleaned["title"])
    paragraphs = _lines(cleaned["short_description"])
    model.short_description = "".join(f"<p>{to_html(line)}</p>" for line in paragraphs)
    model.place = cleaned["place"]
    model.phase = cleaned["phase"]
    model.source_url = cleaned["source_url"]
    created: dt.date | None = cleaned["created_on"]
    model.created_on = created
    for name in _LINES:
        setattr(model, name, _lines(cleaned[name]))
    for line in _lines(cleaned["authors"]):
        name, _comma, contact = line.partition(",")
        model.authors.append(Author(name.strip()[:255] or line[:255], contact.strip()[:255]))
    return model


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
