"""Loads the demo content: vocabularies, networks, collections, models, pages of text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from accounts.models import User
from models_pages import block_values
from models_pages.coauthors import set_coauthors
from models_pages.models import (
    CollectionIndexPage,
    CollectionPage,
    ContentPage,
    Funder,
    HomePage,
    ModelAuthor,
    NetworkIndexPage,
    NetworkPage,
    OperatingModelIndexPage,
    OperatingModelPage,
    Organisation,
    PortalDocument,
    PortalImage,
    Region,
    TargetGroup,
    Theme,
)
from models_pages.sections import FURTHER_SECTIONS

from . import markup
from .accounts import make_accounts

CONTENT = Path(__file__).parent / "content"
VOCABULARIES: dict[str, Any] = {
    "themes": Theme,
    "target_groups": TargetGroup,
    "funders": Funder,
    "organisations": Organisation,
}
Report = Callable[[str], None]
# Before the first of the models, so that the newest of all that is found are models.
FOUNDED = date(2022, 1, 10)
COVER_FIELDS = ("cover_alt", "cover_caption")
# What a translation has in common with its original, unless its file says otherwise.
SHARED = (
    "owner", "regions", "funders", "organisations", "themes", "target_groups", "phase",
    "created_on", "edited_on", "confirmed_on", "cover", "authors",
)  # fmt: skip


def is_empty() -> bool:
    """Whether the portal has no content of anybody's yet."""
    return not OperatingModelPage.objects.exists() and not ContentPage.objects.exists()


@transaction.atomic
def load(report: Report) -> None:
    """Make every demo page, or none; ``report`` is told each title as it comes."""
    users = make_accounts()
    _vocabularies()
    _homes()
    for kind, model, index in (
        ("networks", NetworkPage, NetworkIndexPage),
        ("collections", CollectionPage, CollectionIndexPage),
    ):
        for data in _files(kind):
            report(data["title"])
            _gathering(data, model, index)
    originals: dict[str, dict[str, Any]] = {}
    for data in sorted(_files("models"), key=lambda data: bool(data.get("adapted_from"))):
        report(data["title"])
        originals.setdefault(data["slug"], data)
        shared = originals.get(data.get("translation_of", ""), {})
        _model({key: shared[key] for key in SHARED if key in shared} | data, users)
    for data in _files("content"):
        report(data["title"])
        _content(data)


def _files(folder: str) -> Iterator[dict[str, Any]]:
    """The folder's files, Finnish first; ``language`` is the sub-folder's name."""
    for language, place in (
        ("fi", CONTENT / folder),
        ("sv", CONTENT / folder / "sv"),
        ("en", CONTENT / folder / "en"),
    ):
        for file in sorted(place.glob("*.toml")):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            yield {"language": language, "slug": file.stem, **data}


def _vocabularies() -> None:
    data = tomllib.loads((CONTENT / "vocabularies.toml").read_text(encoding="utf-8"))
    for key, model in VOCABULARIES.items():
        for row in data.get(key, []):
            term = model(slug=row["slug"])
            for code in ("fi", "sv", "en"):
                setattr(term, f"label_{code}", row.get(code, ""))
                setattr(term, f"synonyms_{code}", "\n".join(row.get(f"synonyms_{code}", [])))
            term.concept_uri = row.get("uri", "")
            if not model.objects.filter(slug=term.slug).exists():
                term.save()


def _homes() -> None:
    data = tomllib.loads((CONTENT / "home.toml").read_text(encoding="utf-8"))
    indexes: dict[str, type[Page]] = {
        "models": OperatingModelIndexPage,
        "collections": CollectionIndexPage,
        "networks": NetworkIndexPage,
    }
    for language, texts in data.items():
        home = HomePage.objects.filter(locale__language_code=language).first()
        if home is None:
            continue
        home.title = texts["title"]
        home.introduction = markup.paragraphs(texts["introduction"])
        _publish(home)
        for key, model in indexes.items():
            page = model.objects.child_of(home).first()
            if page is not None and key in texts:
                page.title = texts[key]["title"]
                page.introduction = texts[key]["introduction"]
                _publish(page)


def _document(name: str, title: str) -> int:
    """The id of a file's document; one that is used twice keeps its first title."""
    found = PortalDocument.objects.filter(file=f"documents/{name}").first()
    if found is not None:
        return found.pk
    document = PortalDocument(title=title or Path(name).stem)
    with (CONTENT / "documents" / name).open("rb") as handle:
        document.file.save(name, File(handle), save=False)
        document.save()
    return document.pk


def _image(name: str, description: str) -> PortalImage:
    """A cover's image; a translation shares its original's."""
    path = CONTENT / "covers" / name
    title = path.stem.replace("-", " ")
    # By its title: the stored file's name has a part that is drawn.
    found = PortalImage.objects.filter(title=title).first()
    if found is not None:
        return found
    with path.open("rb") as handle:
        image = PortalImage(title=title, description=description[:255])
        image.file.save(name, ImageFile(handle, name=name), save=False)
        image.save()
    return image


def _stream(items: list[dict[str, Any]]) -> str:
    return json.dumps(markup.blocks(items, _document))


def _place(page: Page, parent: Page, data: dict[str, Any]) -> None:
    """Put a page under its parent as a draft, as a translation where the file says so."""
    page.locale = Locale.objects.get(language_code=data["language"])
    page.slug = data["slug"]
    page.live = False
    original = data.get("translation_of")
    if original:
        page.translation_key = (
            type(page).objects.get(slug=original, locale__language_code="fi").translation_key
        )
    parent.refresh_from_db()
    parent.add_child(instance=page)


def _publish(page: Page, user: User | None = None) -> None:
    # Who wrote a page and who publishes it are two.
    page.save_revision(user=page.owner).publish(user=user)


def _gathering(data: dict[str, Any], model: type[Any], index: type[Any]) -> None:
    parent = index.objects.get(locale__language_code=data["language"])
    page = model(
        title=data["title"],
        introduction=markup.paragraphs(data["introduction"]),
        body=_stream(data.get("body", [])),
    )
    for field in ("starts_on", "ends_on", "contact", *COVER_FIELDS):
        if field in data:
            setattr(page, field, data[field])
    if "cover" in data:
        page.cover_image = _image(data["cover"], data.get("cover_alt", ""))
    _place(page, parent, data)
    for field, terms in (("themes", Theme), ("funders", Funder), ("regions", Region)):
        if data.get(field) and hasattr(page, field):
            setattr(page, field, list(terms.objects.filter(slug__in=data[field])))
    _publish(page)
    _backdate(page, {"created_on": FOUNDED, **data})


def _model(data: dict[str, Any], users: dict[str, User]) -> None:
    language = data["language"]
    index = OperatingModelIndexPage.objects.get(locale__language_code=language)
    owner = users[data.get("owner", "author@example.org")]
    page = OperatingModelPage(
        title=data["title"],
        short_description=markup.paragraphs(data.get("short_description", "")),
        owner=owner,
    )
    for field in ("place", "phase", "created_on", "edited_on", "confirmed_on", *COVER_FIELDS):
        if field in data:
            setattr(page, field, data[field])
    if "cover" in data:
        page.cover_image = _image(data["cover"], data.get("cover_alt", ""))
    for kind, items in data.get("sections", {}).items():
        if kind == FURTHER_SECTIONS:
            value = [
                block_values.further_section(
                    item["heading"], markup.blocks(item["blocks"], _document)
                )
                for item in items
            ]
            page.further_sections = json.dumps(value)
        else:
            setattr(page, kind, _stream(items))
    page.attachments = _stream(data.get("attachments", []))
    if adapted := data.get("adapted_from"):
        page.adapted_from = OperatingModelPage.objects.filter(slug=adapted).first()
    _place(page, index, data)
    _relations(page, data, language)
    if owner.email == "author@example.org":
        set_coauthors(page, [users["coauthor@example.org"]], by=owner)
    _finish(page, data, owner, users["editor@example.org"])


def _relations(page: OperatingModelPage, data: dict[str, Any], language: str) -> None:
    terms: dict[str, Any] = {**VOCABULARIES, "regions": Region}
    for field, model in terms.items():
        if data.get(field):
            setattr(page, field, list(model.objects.filter(slug__in=data[field])))
    for field, gathering in (("collections", CollectionPage), ("networks", NetworkPage)):
        if data.get(field):
            pages = gathering.objects.filter(slug__in=data[field], locale__language_code=language)
            setattr(page, field, list(pages))
    authors: Any = [
        ModelAuthor(
            name=author["name"],
            contact=author.get("contact", ""),
            sort_order=order,
            locale=page.locale,
        )
        for order, author in enumerate(data.get("authors", []))
    ]
    page.authors.set(authors)


def _finish(page: OperatingModelPage, data: dict[str, Any], owner: User, editor: User) -> None:
    """Leave the page in the file's state; a live one carries the dates of its story."""
    state = data.get("state", "live")
    if state == "live":
        _publish(page, editor)
        _backdate(page, data)
    else:
        page.save()
        page.save_revision(user=owner)
        if state == "in_review":
            workflow = page.get_workflow()
            if workflow is not None:
                workflow.start(page, owner)


def _backdate(page: Page, data: dict[str, Any]) -> None:
    moments = {
        "first_published_at": data.get("created_on"),
        "last_published_at": data.get("edited_on") or data.get("created_on"),
    }
    values = {
        field: timezone.make_aware(datetime.combine(day, time(9, 30)))
        for field, day in moments.items()
        if day
    }
    Page.objects.filter(pk=page.pk).update(**values)
    stories = ("created_on", "edited_on", "confirmed_on")
    if days := [data[field] for field in stories if data.get(field)]:
        OperatingModelPage.objects.filter(pk=page.pk, live=True).update(valid_since=max(days))


def _content(data: dict[str, Any]) -> None:
    home = HomePage.objects.get(locale__language_code=data["language"])
    page = ContentPage(
        title=data["title"],
        introduction=data.get("introduction", ""),
        body=_stream(data.get("body", [])),
        show_in_menus=True,
    )
    with translation.override(data["language"]):
        _place(page, home, data)
        _publish(page)
    _backdate(page, {"created_on": FOUNDED, **data})
