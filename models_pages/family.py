"""How public models descend from each other: from what a model was adapted, and what from it.

A model counts once with all its translations. What the public may not see is passed over: its
adaptations stand under the nearest ancestor that is public, and nothing tells that it was there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from search.index.visibility import visible

from .models.shown import in_finnish_order
from .sections import COMPARISON_VIEW

# So far up and down a tree is followed, and so many models of it are shown.
GENERATIONS = 8
SHOWN = 60


@dataclass(slots=True)
class Kin:
    """A public model in a family tree: its page in the reader's language, if there is one."""

    page: Any
    is_self: bool = False
    children: list[Kin] = field(default_factory=list)
    # The address of what differs between the model and the one above it.
    comparison_url: str = ""

    def walk(self) -> Iterator[Kin]:
        """The model and all that descends from it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()

    def below(self) -> list[Kin]:
        """All that descends from the model."""
        return [kin for kin in self.walk() if kin is not self]


@dataclass(frozen=True, slots=True)
class Family:
    """A model's family: the ``root`` of its tree, its ``parent``, and the model ``own`` itself."""

    root: Kin
    own: Kin
    parent: Kin | None

    @property
    def has_kin(self) -> bool:
        """Whether there is more to show than the model itself."""
        return bool(self.parent or self.own.children)

    @property
    def adaptations(self) -> list[Kin]:
        """All that was adapted from the model, over generations."""
        return self.own.below()

    @property
    def regions(self) -> list[Any]:
        """The regions in which the model was adapted, in the Finnish order."""
        found = {region.pk: region for kin in self.adaptations for region in kin.page.regions.all()}
        return sorted(found.values(), key=lambda region: region.sort_key)


def family(page: Any) -> Family:
    """The public family of a model; a few queries a generation, however many there are."""
    upwards = _ancestors(page)
    links = _descendants(upwards[-1], type(page))
    shown = _shown(page, {*links, *upwards, page.translation_key})
    own_key = page.translation_key
    by_key = {key: Kin(found, is_self=key == own_key) for key, found in shown.items()}
    own = by_key.setdefault(own_key, Kin(page, is_self=True))
    own.page = page
    parents: dict[UUID, UUID] = {}
    for key in by_key:
        above = links.get(key)
        seen = {key}
        while above is not None and above not in by_key and above not in seen:
            seen.add(above)
            above = links.get(above)
        if above in by_key and above != key:
            parents[key] = above
    _cut_circles(parents, own_key)
    children = defaultdict(list)
    for key, above in parents.items():
        children[above].append(by_key[key])
    for key, found in children.items():
        by_key[key].children = _in_order(found)
        for kin in found:
            above = by_key[key].page
            kin.comparison_url = f"{above.url}{comparison_path(above, kin.page)}"
    parent = by_key[parents[own_key]] if own_key in parents else None
    root_key = own_key
    while root_key in parents:
        root_key = parents[root_key]
    return Family(by_key[root_key], own, parent)


def comparison_path(first: Any, second: Any) -> str:
    """What follows the first model's address to its comparison with the second."""
    return f"{COMPARISON_VIEW[first.locale.language_code]}/{second.pk}/"


def _in_order(kin: list[Kin]) -> list[Kin]:
    """The models by title in the order of the Finnish alphabet."""
    by_page = {one.page.pk: one for one in kin}
    return [by_page[page.pk] for page in in_finnish_order([one.page for one in kin])]


def _cut_circles(parents: dict[UUID, UUID], own: UUID) -> None:
    """Two models may each name the other: then the tree begins at the one that is asked about."""
    for start in [own, *list(parents)]:
        seen = [start]
        while (above := parents.get(seen[-1])) is not None:
            if above in seen:
                del parents[seen[-1]]
                break
            seen.append(above)


def _ancestors(page: Any) -> list[UUID]:
    """Keys of the models that the page descends from, its own first; also of hidden ones."""
    keys = [page.translation_key]
    above = page.adapted_from_id
    pages = type(page)._default_manager
    while above is not None and len(keys) <= GENERATIONS:
        row = pages.filter(pk=above).values_list("translation_key", "adapted_from_id").first()
        if row is None or row[0] in keys:
            break
        keys.append(row[0])
        above = row[1]
    return keys


def _descendants(root: UUID, model: type[Any]) -> dict[UUID, UUID]:
    """What each model below the root was adapted from, by key; also of hidden ones."""
    links: dict[UUID, UUID] = {}
    level: Collection[UUID] = {root}
    for _generation in range(GENERATIONS * 2):
        rows = model._default_manager.filter(adapted_from__translation_key__in=level).order_by("pk")
        found = rows.values_list("translation_key", "adapted_from__translation_key")
        level = set()
        for key, above in found:
            if key not in links and key != above:
                links[key] = above
                if key != root:
                    level.add(key)
        if not level:
            break
    return links


def _shown(page: Any, keys: Collection[UUID]) -> dict[UUID, Any]:
    """The public page of each model: in the page's language, else the first there is."""
    if keys == {page.translation_key}:
        return {}
    pages = (
        visible(type(page).objects.filter(translation_key__in=keys))
        .select_related("locale")
        .prefetch_related("regions")
        .defer_streamfields()
        .order_by("pk")
    )
    found: dict[UUID, Any] = {}
    for one in pages:
        if one.translation_key not in found or one.locale_id == page.locale_id:
            found[one.translation_key] = one
        if len(found) > SHOWN:
            break
    return found
