"""How a door's address is filled for an object, and what is posted where a post needs something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.fields import StreamField

from tests.functional.admin_forms import model_form

from .doors import Door
from .world import FileThing, PageThing, Place, Thing, World

MISSING = 999_999
PAGE_NUMBERS = {"page_id", "page_to_move_id", "parent_page_id", "pk", "model_id", "object_id"}
FILE_NUMBERS = {"pk", "document_id", "doc_id", "image_id"}


def address(world: World, door: Door, thing: Any) -> str:
    """Return the address of a door for an object."""
    fixed = dict(door.fixed)
    if door.name in PLAIN:
        return PLAIN[door.name](world, thing, fixed)
    values = {name: _value(name, world, thing) for name in door.parameters}
    values |= {name: value for name, value in fixed.items() if name in values}
    try:
        path = reverse(door.name, kwargs=values)
    except NoReverseMatch as error:
        raise AssertionError(
            f"{door.key}: no address for {values}. Say in arguments.py (PLAIN or _value) how its "
            "arguments follow from the object."
        ) from error
    question = QUESTIONS.get(door.name)
    if question is None and door.name.endswith(":chosen_multiple"):
        return f"{path}?id={thing.row.pk}"
    return f"{path}?{urlencode(question(thing), doseq=True)}" if question else path


def _value(name: str, world: World, thing: Any) -> Any:
    given = CONSTANT.get(name)
    if given is not None:
        return given
    if isinstance(thing, PageThing):
        return _of_page(name, world, thing)
    if isinstance(thing, FileThing) and name in FILE_NUMBERS:
        return thing.file.pk
    if isinstance(thing, Place):
        places = {"parent_page_id": thing.parent.pk, "content_type_app_name": "models_pages"}
        places |= {"content_type_model_name": thing.makes, "model_name": thing.makes}
        return places.get(name, "models_pages")
    if isinstance(thing, Thing) and thing.row is not None:
        return "reviewtask" if name == "model_name" else thing.row.pk
    if name == "model_name":
        return "reviewtask" if thing.label != "-" else "page"
    if name == "app_label":
        return "editorial" if thing.label != "-" else "wagtailcore"
    return MISSING


def _of_page(name: str, world: World, thing: PageThing) -> Any:
    page = thing.page
    if name in PAGE_NUMBERS:
        return page.pk
    if name == "revision_id":
        return page.latest_revision_id or MISSING
    if name in {"revision_id_a", "revision_id_b"}:
        return "earliest" if name.endswith("a") else "latest"
    if name == "destination_id":
        return world.one("pages", "index page").page.pk
    if name == "task_state_id":
        return thing.task_state.pk
    if name == "task_id":
        return thing.task_state.task_id
    if name == "workflow_state_id":
        return thing.task_state.workflow_state_id
    if name == "app_label":
        return "models_pages"
    if name == "model_name":
        return page._meta.model_name
    return MISSING


CONSTANT = {
    "token": "no-token",
    "uidb64": "MQ",
    "filter_spec": "max-165x165",
    "section": "pages",
    "mode": "path",
    "number": 1,
    "app_name": "models_pages",
    "path": "images/none.png",
    "session_id": MISSING,
    "restriction_id": MISSING,
    "page_view_restriction_id": MISSING,
    "workflow_pk": 1,
}


def _public(world: World, thing: Any, fixed: dict[str, str]) -> str:
    address = thing.page.get_url() or ""
    ending = {"path_view": "kehittamisen-polku/", "comparison": "vertailu/1/"}
    return address + ending.get(fixed["subpage"], "")


def _bulk(world: World, thing: Any, fixed: dict[str, str]) -> str:
    row = getattr(thing, "page", None) or getattr(thing, "file", None) or thing.row
    return f"{reverse('wagtail_bulk_action', kwargs=fixed)}?id={row.pk}&next=/admin/account/"


PLAIN: dict[str, Callable[[World, Any, dict[str, str]], str]] = {
    "wagtail_serve": _public,
    "wagtail_bulk_action": _bulk,
    "wagtaildocs_serve": lambda world, thing, fixed: thing.file.url,
    "wagtailadmin_pages:revisions_compare": lambda world, thing, fixed: reverse(
        "wagtailadmin_pages:revisions_compare", args=[thing.page.pk, "earliest", "latest"]
    ),
    "/admin/test404/": lambda world, thing, fixed: "/admin/test404/",
    "/admin/^.*/$": lambda world, thing, fixed: "/admin/no-such-address/",
    "/admin/search/synonyms/add/": lambda world, thing, fixed: "/admin/search/synonyms/add/",
}

# What is asked after the question mark.
QUESTIONS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "wagtailadmin_choose_page_chosen_multiple": lambda thing: {"id": thing.page.pk},
    "wagtaildocs_chooser:chosen_multiple": lambda thing: {"id": thing.file.pk},
    "wagtailimages_chooser:chosen_multiple": lambda thing: {"id": thing.file.pk},
    "wagtailadmin_api:pages:find": lambda thing: {"id": thing.page.pk},
    "wagtailadmin_api:documents:find": lambda thing: {"id": thing.file.pk},
    "wagtailadmin_api:images:find": lambda thing: {"id": thing.file.pk},
    "wagtailadmin_pages:set_page_position": lambda thing: {"position": 0},
}


# What is posted -----------------------------------------------------------------------------


def _copy(world: World, thing: Any) -> dict[str, Any]:
    return {
        "new_title": "Copied",
        "new_slug": f"copied-{timezone.now().timestamp():.0f}",
        "new_parent_page": thing.page.get_parent().pk,
        "copy_subpages": "",
        "publish_copies": "",
    }


def _edit(world: World, thing: Any) -> dict[str, Any]:
    if not thing.is_model:
        return {"title": "Changed", "slug": "changed"}
    return model_form(thing.page, tips="Changed.")


def _delete(world: World, thing: Any) -> dict[str, Any]:
    return {"confirm_title": thing.page.draft_title}


FORMS: dict[str, Callable[[World, Any], dict[str, Any]]] = {
    "wagtailadmin_pages:edit": _edit,
    "wagtailadmin_pages:copy": _copy,
    "wagtailadmin_pages:delete": _delete,
    "wagtailadmin_choose_page_external_link": lambda world, thing: {
        "external-link-chooser-url": "https://example.org/",
    },
    "wagtailadmin_pages:workflow_action[reject]": lambda world, thing: {"comment": "Why."},
    "wagtailadmin_pages:workflow_action[decline]": lambda world, thing: {"comment": "Why."},
}


def posted(world: World, door: Door, thing: Any) -> dict[str, Any]:
    """Return what is posted at a door: something valid where there is a form for it."""
    form = FORMS.get(door.key) or FORMS.get(door.name)
    return form(world, thing) if form else {}


def blank_form(model: Any) -> dict[str, Any]:
    """Return what an empty page form posts: that there are no blocks, and no other rows."""
    streams = [field.name for field in model._meta.get_fields() if isinstance(field, StreamField)]
    data = {f"{name}-count": "0" for name in streams}
    for name in ("comments", "authors"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data


def beside(thing: Any) -> dict[str, Any]:
    """Return what a browser posts anyway where a page's form is open."""
    if isinstance(thing, PageThing):
        return blank_form(type(thing.page))
    if isinstance(thing, Place):
        return blank_form(apps.get_model("models_pages", thing.makes))
    return {}
