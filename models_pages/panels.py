"""Panels of the edit form: what is missing, models alike, and a section with its guidance."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.staticfiles import versioned_static

from models_pages import coauthors, completeness
from models_pages.check_panels import findings_at, findings_of
from models_pages.importing.report import told_at_import
from models_pages.models.guidance import Guidance, guidance_texts, required_kinds
from models_pages.sections import BY_KEY, PARTS, SECTION_KINDS
from models_pages.written import is_filled


class CompletenessPanel(Panel):
    """What the page lacks for publication, each with a link to its place in the form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("On the way to publication"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/completeness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            submitted = getattr(self.form, "submitted_page", None)
            context.update(completeness_context(submitted() if submitted else self.instance))
            context["notes"] = told_at_import(self.instance) if self.instance.pk else []
            return context


def completeness_context(page: Any) -> dict[str, Any]:
    """What the panel's template shows of a page: ``lacking`` and ``stations``."""
    return {"lacking": completeness.missing(page), "stations": stations(page)}


def stations(page: Any) -> list[dict[str, Any]]:
    """The three parts of the path with how many of their sections are written."""
    rows = []
    for part, heading in PARTS.items():
        kinds = [kind for kind in SECTION_KINDS if kind.part == part]
        written = sum(is_filled(page, kind.key) for kind in kinds)
        share = round(100 * written / len(kinds))
        rows.append(
            {
                "part": part,
                "heading": heading,
                "written": written,
                "of": len(kinds),
                "share": share,
            }
        )
    return rows


class ConfirmedPanel(FieldPanel):
    """When the model was last confirmed; nothing where it never was."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{"read_only": True, **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and getattr(self.instance, self.field_name) is not None


class SimilarModelsPanel(Panel):
    """Published models that resemble the draft; a script asks for them after each save.

    For models that were never public: who mends a published one has decided to have it.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("Models that resemble yours"))
        kwargs.setdefault("classname", "collapsible")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/similar_models.html"

        def is_shown(self) -> bool:
            return super().is_shown() and not self.instance.first_published_at

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            # A view of the layer above; asked by its name.
            context["address"] = reverse("editorial:similar", args=[0])
            context["page_id"] = self.instance.pk
            return context

        @property
        def media(self) -> Media:
            return Media(js=[versioned_static("portal/js/similar-models.js")])


class CoAuthorsPanel(Panel):
    """Who else writes the model, with the way to where that is changed.

    Not fields of the form: what is half typed would be saved by itself, and mailed.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("Co-authors"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/coauthors.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            # A view of the layer above; asked by its name.
            context["address"] = reverse("editorial:people", args=[page.pk or 0])
            context["page_id"] = page.pk
            context["people"] = coauthors.people(page) if page.pk else []
            return context


class SectionPanel(FieldPanel):
    """A section's blocks, with the guidance that an administrator wrote for it."""

    def __init__(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        kind = BY_KEY.get(field_name)
        if kind is not None:
            kwargs.setdefault("heading", kind.heading)
        super().__init__(field_name, *args, **kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            language = (get_language() or "fi").split("-")[0]
            guidance, required = _guidance(self.request, language, _page_language(self.instance))
            self.help_text = section_help(
                self.field_name,
                guidance.get(self.field_name, Guidance()),
                self.field_name in required,
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # Not before the form is shown: a save has no use for hints.
            found = findings_at(self.field_name, findings_of(self.request, self.instance))
            self.help_text = format_html("{}{}", self.help_text, found)
            return super().get_context_data(parent_context)


def section_help(field_name: str, guidance: Guidance, is_required: bool) -> SafeString:
    """What stands at a section, written or empty: its marks, the guidance, an example."""
    kind = BY_KEY.get(field_name)
    marks = []
    if kind is not None and kind.summary_rank:
        marks.append(_("Shown in the summary"))
    if is_required:
        marks.append(_("Required for publication"))
    tags = format_html_join(" ", '<span class="section-mark">{}</span>', ((m,) for m in marks))
    return format_html(
        "{}{}{}",
        format_html('<span class="section-marks">{}</span>', tags) if tags else "",
        format_html('<span class="section-guidance">{}</span>', guidance.text),
        _example(kind.heading if kind else _("Further sections"), guidance.example),
    )


def _example(heading: Any, example: str) -> SafeString | str:
    """An example to unfold, named after its section: a screen reader lists them without it."""
    if not example:
        return ""
    return format_html(
        '<details class="section-example"><summary>{}<span class="w-sr-only">: {}</span></summary>'
        "{}</details>",
        _("Show an example"),
        heading,
        linebreaks_filter(example),
    )


def _page_language(page: Any) -> str:
    return page.locale.language_code if page.locale_id else "fi"


def _guidance(
    request: Any, language: str, page_language: str
) -> tuple[dict[str, Guidance], set[str]]:
    """Guidance and required kinds, asked from the database once a request."""
    cached = getattr(request, "section_guidance", None)
    if cached is None:
        cached = guidance_texts(language), set(required_kinds(page_language))
        if request is not None:
            request.section_guidance = cached
    return cached
