"""Which fields wagtail-localize keeps the same in every translation, many-to-many ones among them.

wagtail-localize passes over many-to-many fields, and even where one is named it does not carry a
cleared one over (its ``copy_synchronised_fields`` copies only what has values). ``CarriedRelation``
hands it a field whose value is a list, which it copies as it is, empty or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

_PREFIX = "carried_"


@dataclass(frozen=True, slots=True)
class _ListField:
    """As much of a field as wagtail-localize asks for."""

    name: str

    @property
    def attname(self) -> str:
        return _PREFIX + self.name


class CarriedRelation(SynchronizedField):
    """A many-to-many field that translations have in common; no translation overrides it."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name, overridable=False)

    def get_field(self, model: Any) -> _ListField:
        """The field as a list."""
        return _ListField(self.field_name)


def synchronised(*names: str) -> list[SynchronizedField]:
    """Plain fields that every translation has in common."""
    return [SynchronizedField(name, overridable=False) for name in names]


def carried(*names: str) -> list[SynchronizedField]:
    """Many-to-many fields that every translation has in common."""
    return [CarriedRelation(name) for name in names]


class CarriedRelationsMixin:
    """Gives a page type the list attributes of its carried relations."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for field in cls.__dict__.get("override_translatable_fields", ()):
            if isinstance(field, CarriedRelation):
                setattr(cls, _PREFIX + field.field_name, _carried_list(field.field_name))


def _carried_list(name: str) -> property:
    def get(page: Any) -> list[Any]:
        return list(getattr(page, name).all())

    def put(page: Any, values: list[Any]) -> None:
        setattr(page, name, [_in_language_of(page, value) for value in values])

    return property(get, put)


def _in_language_of(page: Any, value: Any) -> Any:
    """A related page's version in the page's language, where there is one."""
    if isinstance(value, Page) and value.locale_id != page.locale_id:
        return value.get_translation_or_none(page.locale) or value
    return value
