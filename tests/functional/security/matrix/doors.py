"""Every address of the portal, walked from the resolver: what the table must have a row for.

An address is a *door*. Where one pattern hides many doors (the kind of a bulk action, the action of
the admin's API, the page type's own sub-addresses), each is a door of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import get_page_models, get_translatable_models
from wagtail.snippets.models import get_snippet_models

from models_pages.admin_api import PagesReadOnly


@dataclass(frozen=True)
class Door:
    """One address: its key in the table, the name to reverse, and what its pattern asks for.

    ``fixed`` are arguments that belong to the key (``action`` of a bulk action).
    """

    key: str
    name: str
    route: str
    parameters: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...] = ()


DECISIONS = ("approve", "reject", "decline")


def walk(
    resolver: URLResolver, before: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the name (with its namespaces), route and parameters of each pattern."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from walk(pattern, route, inner)
        else:
            name = ":".join((*names, pattern.name)) if pattern.name else f"/{route}"
            yield name, route, parameters(pattern)


def parameters(pattern: URLPattern) -> tuple[str, ...]:
    """Return the names that a pattern asks for, in their order."""
    found = getattr(pattern.pattern, "converters", None) or pattern.pattern.regex.groupindex
    return tuple(found)


def all_doors() -> list[Door]:
    """Return every door of the portal."""
    patterns = list(walk(get_resolver()))
    counted = Counter(name for name, _route, _parameters in patterns)
    doors = []
    for name, route, asked in patterns:
        key = name if counted[name] == 1 else f"{name}({', '.join(asked)})"
        door = Door(key, name, route, asked)
        doors.extend(kinds(door))
    return doors


def kinds(door: Door) -> Iterator[Door]:
    """Yield the doors that stand behind one pattern."""
    variants = VARIANTS.get(door.name)
    if variants is None:
        yield door
        return
    for values in variants():
        label = ".".join(value for value in values.values() if value)
        yield replace(door, key=f"{door.key}[{label}]", fixed=tuple(values.items()))


def _bulk_actions() -> Iterator[dict[str, str]]:
    bulk_action_registry._scan_for_bulk_actions()
    for app_label, models in bulk_action_registry.actions.items():
        for model_name, actions in models.items():
            for action in actions:
                yield {"app_label": app_label, "model_name": model_name, "action": action}


def _settings() -> Iterator[dict[str, str]]:
    for model in settings_registry:
        yield {"app_name": model._meta.app_label, "model_name": model._meta.model_name}


def _snippets() -> Iterator[dict[str, str]]:
    translatable = get_translatable_models(include_subclasses=True)
    for model in get_snippet_models():
        if model in translatable:
            yield {"app_label": model._meta.app_label, "model_name": model._meta.model_name}


def _page_addresses() -> Iterator[dict[str, str]]:
    routes = {""}
    for model in get_page_models():
        if issubclass(model, RoutablePageMixin):
            routes |= {pattern.name for pattern in model.get_subpage_urls()}
    routes -= {"index_route"}
    for name in sorted(routes):
        yield {"subpage": name}


VARIANTS = {
    "wagtail_bulk_action": _bulk_actions,
    "wagtailadmin_api:pages:action": lambda: ({"action_name": a} for a in PagesReadOnly.actions),
    "wagtailadmin_pages:workflow_action": lambda: ({"action_name": a} for a in DECISIONS),
    "wagtailadmin_pages:collect_workflow_action_data": lambda: (
        {"action_name": a} for a in DECISIONS
    ),
    "wagtailsettings:edit": _settings,
    "wagtailsettings:preview_on_edit": _settings,
    "wagtail_serve": _page_addresses,
}
