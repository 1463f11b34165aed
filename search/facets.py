"""Facets as a reader sees them: named, ordered, nested, and saying what is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from search.vocabularies import Snapshot

# In the order in which they are offered.
HEADINGS: dict[str, str | Promise] = {
    "theme": gettext_lazy("Theme"),
    "region": gettext_lazy("Region"),
    "target_group": gettext_lazy("Target group"),
    "phase": gettext_lazy("Phase of development"),
    "evaluated": gettext_lazy("Evaluation"),
    "attachments": gettext_lazy("Attachments"),
    "organisation": gettext_lazy("Organisation"),
    "collection": pgettext_lazy("programme", "Collection"),
    "funder": gettext_lazy("Funder"),
    "year": gettext_lazy("Last confirmed valid"),
    "language": gettext_lazy("Language"),
}
# Facets of which only "yes" is worth offering.
_YES_ONLY = {
    "evaluated": pgettext_lazy("facet", "Has results of an evaluation"),
    "attachments": pgettext_lazy("facet", "Has attachments"),
}
# Facets whose values are pages: only the public ones have a name.
_PAGES = frozenset({"collection"})
_OPEN_AT_FIRST = frozenset({"theme", "region", "target_group", "phase"})
# So many values of a facet are shown before "show all".
_SHORT = 8
# Among more values than this one finds a name by typing, and a page holds the first of them only
# until somebody asks for all.
_LONG = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool
    children: tuple[Choice, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it or one below it is chosen."""
        return self.chosen or any(child.chosen for child in self.children)


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with its values: those shown at once, and the rest."""

    key: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    is_open: bool

    def every(self) -> Iterator[Choice]:
        """Every value, the narrower after their wider one."""
        for choice in (*self.first, *self.rest):
            yield choice
            yield from choice.children

    @property
    def is_long(self) -> bool:
        """Whether it has more values than one reads through."""
        return sum(1 for _choice in self.every()) > _LONG

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(choice.chosen for choice in self.every())


def value_label(key: str, value: str, language: str, names: Snapshot) -> str:
    """A value's name in the reader's language; the value itself where it has none."""
    if key in _YES_ONLY:
        return str(_YES_ONLY[key]) if value == "yes" else gettext("No")
    if key == "language":
        return dict(settings.LANGUAGES).get(value, value)
    return names.label(key, value, language) or value


def shown_facets(
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, tuple[str, ...]],
    language: str,
    names: Snapshot,
) -> tuple[ShownFacet, ...]:
    """The facets worth offering, with what is chosen first where it would else be hidden."""
    facets = []
    for key, heading in HEADINGS.items():
        choices = _choices(key, counts.get(key, {}), chosen.get(key, ()), language, names)
        if not choices:
            continue
        first = choices[:_SHORT] if len(choices) > _SHORT + 2 else choices
        rest = choices[len(first) :]
        kept = tuple(choice for choice in rest if choice.is_kept)
        facets.append(
            ShownFacet(
                key=key,
                label=str(heading),
                first=(*first, *kept),
                rest=tuple(choice for choice in rest if not choice.is_kept),
                is_open=key in _OPEN_AT_FIRST or bool(chosen.get(key)),
            )
        )
    return tuple(facets)


def _choices(
    key: str,
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    language: str,
    names: Snapshot,
) -> tuple[Choice, ...]:
    values = dict(counts) | {value: counts.get(value, 0) for value in chosen}
    if key in _YES_ONLY:
        values = {value: count for value, count in values.items() if value == "yes"}
    if key in _PAGES:
        # One that has no name is public no more, and an index may not know it yet.
        values = {
            value: count
            for value, count in values.items()
            if value in chosen or names.label(key, value, language)
        }
    parents = {value: names.parent(key, value) for value in values}
    children: dict[str, list[str]] = {}
    top = []
    for value, parent in parents.items():
        if parent in values:
            children.setdefault(str(parent), []).append(value)
        else:
            top.append(value)
    places = names.order(key)

    def rank(value: str) -> tuple[object, ...]:
        if key == "year":
            return (-int(value) if value.isdigit() else 0, value)
        if key in {"phase", "language"}:
            return (places.get(value, len(places)), value)
        return (-values[value], places.get(value, len(places)), value)

    def choice(value: str) -> Choice:
        below = sorted(children.get(value, []), key=rank)
        return Choice(
            value=value,
            label=value_label(key, value, language, names),
            count=values[value],
            chosen=value in chosen,
            children=tuple(choice(child) for child in below),
        )

    return tuple(choice(value) for value in sorted(top, key=rank))
