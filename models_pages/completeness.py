"""What a page lacks for publication: one function that every door to publication asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .blocks import has_content, plain_text
from .models.guidance import required_kinds
from .sections import BY_KEY

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


def missing(page: Any) -> list[Missing]:
    """What the page lacks for publication, in the order of its form; empty where it is ready.

    Pages of a type without rules lack nothing. Never raises for a draft, however bare.
    """
    rules = RULES.get(page._meta.object_name)
    return list(rules(page)) if rules else []


def _any(related: Any) -> bool:
    return related.exists() if hasattr(related, "exists") else bool(list(related))


def _blank(html: str | None) -> bool:
    return not plain_text(html or "")


_NO_ALT = gettext_lazy(
    "The cover image has no text alternative. Describe it, or mark it as decorative."
)


def cover_rules(page: Any) -> Iterable[Missing]:
    """A cover image needs a text alternative or the mark of a decorative one."""
    if page.cover_image:
        decorative = getattr(page, "cover_decorative", False)
        if not decorative and not (page.cover_alt or "").strip():
            yield Missing("cover_alt", _NO_ALT)


def model_rules(page: Any) -> Iterable[Missing]:
    """What an operating model needs before it may be published."""
    if has_content(page.unplaced):
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
    if not page.phase:
        yield Missing("phase", gettext_lazy("Choose the phase of the development."))
    if not _any(page.authors):
        yield Missing("authors", gettext_lazy("Name at least one author."))
    yield from cover_rules(page)
    for key in required_kinds(page.locale.language_code):
        if not has_content(getattr(page, key)):
            yield Missing(
                key,
                _("The section “%(heading)s” is empty.") % {"heading": BY_KEY[key].heading},
            )
    for key in BY_KEY:
        yield from image_rules(key, getattr(page, key))


def image_rules(field: str, stream: Any) -> Iterable[Missing]:
    """Images inside a section need a text alternative unless they are decorative."""
    for child in stream:
        if child.block_type != "image":
            continue
        image = child.value.get("image")
        if image is None:
            continue
        if not image.decorative and not (image.contextual_alt_text or "").strip():
            yield Missing(
                field,
                gettext_lazy(
                    "An image in the section has no text alternative. "
                    "Describe it, or mark it as decorative."
                ),
            )
            return


def introduction_rules(page: Any) -> Iterable[Missing]:
    """Collections and networks need an introduction, and an alternative for their cover."""
    if _blank(page.introduction):
        yield Missing("introduction", gettext_lazy("The introduction is missing."))
    yield from cover_rules(page)


RULES: dict[str, Callable[[Any], Iterable[Missing]]] = {
    "OperatingModelPage": model_rules,
    "CollectionPage": introduction_rules,
    "NetworkPage": introduction_rules,
}
