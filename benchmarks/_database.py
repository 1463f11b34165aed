"""A portal full of made-up models: pages, terms and collections, written table by table.

``Page.add_child`` for each of 100,000 models would take an hour: their rows are written as they
would be, with places in the tree, and without signals. The rebuild that is measured reads them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Field, Max, Model
from wagtail.models import Page

from benchmarks._generator import Generator, Sizes
from benchmarks._generator import Model as MadeModel
from models_pages import block_values
from models_pages.models import (
    CollectionIndexPage,
    CollectionPage,
    Funder,
    ModelAuthor,
    OperatingModelIndexPage,
    OperatingModelPage,
    Organisation,
    PortalDocument,
    Region,
    TargetGroup,
    Term,
    Theme,
)
from models_pages.provisioning import provision

_CHUNK = 500
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TERMS: dict[str, tuple[type[Term], str]] = {
    "themes": (Theme, "teema"),
    "target_groups": (TargetGroup, "kohderyhma"),
    "funders": (Funder, "rahoittaja"),
    "organisations": (Organisation, "organisaatio"),
}
_LINKED = (*_TERMS, "regions", "collections")


def prepare(generator: Generator, sizes: Sizes | None = None) -> None:
    """Migrate, and make the vocabularies and collections that models use."""
    sizes = sizes or Sizes()
    # The peer's table has no migrations: it is only ever made here.
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    provision()
    for name, (model, slug) in _TERMS.items():
        labels = generator.names(getattr(sizes, name))
        for number, label in enumerate(labels):
            model(slug=f"{slug}-{number}", label_fi=label).save()
    parent = CollectionIndexPage.objects.get(locale__language_code="fi")
    for number, title in enumerate(generator.names(sizes.collections)):
        page = CollectionPage(title=title, slug=f"kokonaisuus-{number}", introduction="<p>.</p>")
        parent.add_child(instance=page)
    PortalDocument.objects.create(title="Liite", file="documents/liite.pdf", file_size=1)


class Writer:
    """Writes models under the Finnish list of models."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        sizes = sizes or Sizes()
        self._parent = OperatingModelIndexPage.objects.get(locale__language_code="fi")
        self._type = ContentType.objects.get_for_model(OperatingModelPage).pk
        self._document = PortalDocument.objects.values_list("pk", flat=True)[0]
        self._first = (Page.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        self._terms: dict[str, list[int]] = {
            name: list(model._default_manager.order_by("pk").values_list("pk", flat=True))
            for name, (model, _slug) in _TERMS.items()
        }
        self._terms["regions"] = list(
            Region.objects.order_by("pk").values_list("pk", flat=True)[: sizes.regions]
        )
        self._terms["collections"] = list(
            CollectionPage.objects.order_by("pk").values_list("pk", flat=True)
        )

    def page_id(self, number: int) -> int:
        """The page id of a model."""
        return self._first + number

    def write(
        self, models: Iterable[MadeModel], progress: Callable[[int], None] | None = None
    ) -> None:
        """Write models whose numbers go on from those that are there."""
        chunk: list[MadeModel] = []
        written = 0
        for model in models:
            chunk.append(model)
            if len(chunk) == _CHUNK:
                self._write(chunk)
                written += len(chunk)
                chunk = []
                if progress:
                    progress(written)
        self._write(chunk)

    @transaction.atomic
    def _write(self, models: Sequence[MadeModel]) -> None:
        if not models:
            return
        _insert(Page, [self._page(model) for model in models])
        _insert(OperatingModelPage, [self._content(model) for model in models])
        authors = [
            {
                "page_id": self.page_id(model.number),
                "sort_order": place,
                "name": name,
                "translation_key": uuid.uuid4(),
                "locale_id": self._parent.locale_id,
            }
            for model in models
            for place, name in enumerate(model.authors)
        ]
        _insert(ModelAuthor, authors)
        for name in _LINKED:
            through: Any = getattr(OperatingModelPage, name).through
            own, other = (
                field.attname for field in through._meta.concrete_fields if field.is_relation
            )
            links = [
                {own: self.page_id(model.number), other: self._terms[name][value]}
                for model in models
                for value in getattr(model, name)
            ]
            _insert(through, links)
        Page.objects.filter(pk=self._parent.pk).update(numchild=models[-1].number + 1)

    def _page(self, model: MadeModel) -> dict[str, Any]:
        slug = f"malli-{model.number}"
        moment = datetime.combine(model.confirmed_on, time(12), UTC)
        return {
            "id": self.page_id(model.number),
            "path": self._parent.path + _step(model.number + 1),
            "depth": self._parent.depth + 1,
            "numchild": 0,
            "title": model.title,
            "draft_title": model.title,
            "slug": slug,
            "url_path": f"{self._parent.url_path}{slug}/",
            "content_type_id": self._type,
            "locale_id": self._parent.locale_id,
            "translation_key": uuid.uuid4(),
            "live": True,
            "first_published_at": moment,
            "last_published_at": moment,
        }

    def _content(self, model: MadeModel) -> dict[str, Any]:
        attachments = []
        if model.has_attachment:
            attachments.append(block_values.attachment(self._document, model.title))
        return {
            "page_ptr_id": self.page_id(model.number),
            "short_description": f"<p>{model.description}</p>",
            "phase": model.phase,
            "confirmed_on": model.confirmed_on,
            "attachments": attachments,
            **{
                kind: [block_values.paragraph(f"<p>{part}</p>") for part in parts]
                for kind, parts in model.sections.items()
            },
        }


def _step(number: int) -> str:
    """A child's place under its parent, in the four digits of the page tree."""
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of one table; what a row lacks is the field's default."""
    if not rows:
        return
    fields: list[Field[Any, Any]] = [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key or field.attname in rows[0]
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    defaults = {field.attname: _value(field, field.get_default()) for field in fields}
    values = [
        [
            _value(field, row[field.attname]) if field.attname in row else defaults[field.attname]
            for field in fields
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _value(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
