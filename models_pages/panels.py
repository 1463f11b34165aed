"""Panels of the edit form: what is missing, and a section with its guidance."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from models_pages import completeness
from models_pages.blocks import has_content
from models_pages.models.guidance import guidance_texts, required_kinds
from models_pages.sections import BY_KEY, SECTION_KINDS, SectionKind


class CompletenessPanel(Panel):
    """What the page lacks for publication, each with a link to its place in the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/completeness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["lacking"] = completeness.missing(self.instance)
            context["stations"] = stations(self.instance)
            return context


def stations(page: Any) -> list[dict[str, Any]]:
    """The three parts of the path with how many of their sections are written."""
    rows = []
    for part in (1, 2, 3):
        kinds = [kind for kind in SECTION_KINDS if kind.part == part]
        written = sum(has_content(getattr(page, kind.key)) for kind in kinds)
        rows.append({"part": part, "written": written, "of": len(kinds)})
    return rows


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
            kind: SectionKind | None = BY_KEY.get(self.field_name)
            language = (get_language() or "fi").split("-")[0]
            guidance, required = _guidance(self.request, language, _page_language(self.instance))
            self.help_text = guidance.get(self.field_name, "")
            notes = []
            if kind is not None and kind.summary_rank:
                notes.append(str(_("shown in the summary")))
            if self.field_name in required:
                notes.append(str(_("required for publication")))
            if notes:
                self.heading = f"{self.heading} ({', '.join(notes)})"


def _page_language(page: Any) -> str:
    return page.locale.language_code if page.locale_id else "fi"


def _guidance(request: Any, language: str, page_language: str) -> tuple[dict[str, str], set[str]]:
    """Guidance and required kinds, asked from the database once a request."""
    cached = getattr(request, "_section_guidance", None)
    if cached is None:
        cached = guidance_texts(language), set(required_kinds(page_language))
        if request is not None:
            request._section_guidance = cached  # noqa: SLF001 (kept for the request)
    return cached


class UnplacedPanel(FieldPanel):
    """Text that an import could not place; shown only where there is some."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and bool(len(self.instance.unplaced))
