"""What a page lacks for publication: one function that every door to publication asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField

from .blocks import plain_text
from .models.guidance import required_kinds
from .sections import BY_KEY, FURTHER_SECTIONS
from .written import has_undescribed_image, is_filled, is_unfinished, is_written

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a page lacks: its form field, and a sentence that says what to do."""

    field: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class PublicationRefused(ValidationError):
    """A page cannot be made public yet; ``lacking`` says why."""

    def __init__(self, page: Page, lacking: Iterable[Missing]) -> None:
        self.page = page
        self.lacking = tuple(lacking)
        super().__init__([str(item) for item in self.lacking])

    def __str__(self) -> str:
        return _("“%(title)s” is not ready to be published: %(lacking)s") % {
            "title": self.page.title,
            "lacking": " ".join(str(item) for item in self.lacking),
        }


class SubmittedPage:
    """A page as a form would save it: cleaned values laid over the stored page."""

    def __init__(self, page: Page, values: dict[str, Any]) -> None:
        self._page = page
        self._values = values

    def __getattr__(self, name: str) -> Any:
        values = object.__getattribute__(self, "_values")
        return values[name] if name in values else getattr(self._page, name)


class DraftContent:
    """A page as its latest revision has it, read from the revision's raw content.

    Costs no query, so that a list of many drafts can say what each lacks.
    """

    def __init__(self, page: Page, content: dict[str, Any]) -> None:
        self._page = page
        self._content = content

    def __getattr__(self, name: str) -> Any:
        content = object.__getattribute__(self, "_content")
        if name not in content or name == "locale":
            return getattr(self._page, name)
        value = content[name]
        if isinstance(value, str) and name in _streams(self._page):
            return json.loads(value)
        return value


class Requirements:
    """The sections that each language requires, asked from the database once."""

    def __init__(self) -> None:
        self._kinds: dict[str, tuple[str, ...]] = {}

    def kinds(self, language: str) -> tuple[str, ...]:
        """Keys of the required sections."""
        if language not in self._kinds:
            self._kinds[language] = required_kinds(language)
        return self._kinds[language]


def missing(page: Any, requirements: Requirements | None = None) -> list[Missing]:
    """What the page lacks for publication, in the order of its form; empty where it is ready.

    Pages of a type without rules lack nothing. Never raises for a draft, however bare. For many
    pages in one go, pass the same ``requirements``.
    """
    rules = RULES.get(page._meta.object_name)
    return list(rules(page, requirements or Requirements())) if rules else []


def _streams(page: Any) -> dict[str, StreamField]:
    return {f.name: f for f in page._meta.get_fields() if isinstance(f, StreamField)}


def _language(page: Any) -> str:
    """The page's language; a page that is only being made may have none yet."""
    return page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE


def _any(related: Any) -> bool:
    return related.exists() if hasattr(related, "exists") else bool(list(related))


# Said in the language of whoever reads it: a refusal may be told to several.
_in_section = lazy(lambda text, heading: str(text) % {"heading": heading}, str)


def _blank(html: str | None) -> bool:
    return not plain_text(html or "")


def cover_rules(page: Any) -> Iterable[Missing]:
    """A cover image needs a text alternative or the mark of a decorative one."""
    if page.cover_image and not page.cover_decorative and not (page.cover_alt or "").strip():
        yield Missing(
            "cover_alt",
            gettext_lazy(
                "The cover image has no text alternative. Describe it, or mark it as decorative."
            ),
        )


def stream_rules(page: Any, field: str, heading: Any) -> Iterable[Missing]:
    """A stream's required parts are filled and its images described."""
    stream = getattr(page, field)
    if is_unfinished(_streams(page)[field].stream_block, stream):
        yield Missing(
            field,
            _in_section(
                gettext_lazy("In “%(heading)s”, something is unfinished: fill it or delete it."),
                heading,
            ),
        )
    if has_undescribed_image(stream):
        yield Missing(
            field,
            _in_section(
                gettext_lazy(
                    "In “%(heading)s”, an image has no text alternative. "
                    "Describe it, or mark it as decorative."
                ),
                heading,
            ),
        )


def model_rules(page: Any, requirements: Requirements) -> Iterable[Missing]:
    """What an operating model needs before it may be published."""
    if is_written(page.unplaced):
        yield Missing(
            "unplaced",
            gettext_lazy(
                "The import left text without a place. Move it to a section or delete it."
            ),
        )
    if not (page.title or "").strip():
        yield Missing("title", gettext_lazy("The model has no name."))
    if _blank(page.short_description):
        yield Missing("short_description", gettext_lazy("The short description is missing."))
    if not _any(page.regions) and not (page.other_regions or "").strip():
        yield Missing("regions", gettext_lazy("Choose at least one region."))
    if not _any(page.authors):
        yield Missing("authors", gettext_lazy("Name at least one author."))
    if not page.phase:
        yield Missing("phase", gettext_lazy("Choose the phase of the development."))
    yield from cover_rules(page)
    required = requirements.kinds(_language(page))
    for key, kind in BY_KEY.items():
        if key in required and not is_filled(page, key):
            yield Missing(
                key, _in_section(gettext_lazy("The section “%(heading)s” is empty."), kind.heading)
            )
        else:
            yield from stream_rules(page, key, kind.heading)
    for field in (FURTHER_SECTIONS, "attachments"):
        yield from stream_rules(page, field, _streams(page)[field].verbose_name)


def gathering_rules(page: Any, requirements: Requirements) -> Iterable[Missing]:
    """Collections and networks need an introduction, and a described cover."""
    if _blank(page.introduction):
        yield Missing("introduction", gettext_lazy("The introduction is missing."))
    yield from cover_rules(page)
    yield from text_rules(page, requirements)


def text_rules(page: Any, requirements: Requirements) -> Iterable[Missing]:
    """A page of text needs nothing but to be finished where it is begun."""
    yield from stream_rules(page, "body", _streams(page)["body"].verbose_name)


RULES: dict[str, Callable[[Any, Requirements], Iterable[Missing]]] = {
    "OperatingModelPage": model_rules,
    "CollectionPage": gathering_rules,
    "NetworkPage": gathering_rules,
    "ContentPage": text_rules,
}
