"""Roles and permissions, as one table of data (docs: design, section 5)."""

from __future__ import annotations

from dataclasses import dataclass

AUTHORS = "Authors"
EDITORS = "Editors"
ADMINISTRATORS = "Administrators"


@dataclass(frozen=True, slots=True)
class Role:
    """A group and its rights.

    ``pages`` maps a page type (every page of it, and what stands below) to actions; ``media`` are
    permissions to the root of media collections, ``models`` to whole models (``app.codename``).
    """

    name: str
    pages: dict[str, tuple[str, ...]]
    media: tuple[str, ...]
    models: tuple[str, ...]


_VOCABULARIES = ("theme", "targetgroup", "region", "funder", "organisation")
_SEARCH = ("pinnedresult", "searchsynonym", "ownword")
_MANAGE = ("add", "change", "delete")
# wagtail-localize publishes with it (``models_pages/doors.py`` asks besides): never an author's.
_TRANSLATE = "wagtail_localize.submit_translation"
# An editor invites authors only; whom an administrator invites: accounts/joining/invitations.py.
_JOINING = (
    "accounts.change_accountrequest",
    "accounts.add_invitation",
    "accounts.change_invitation",
    "accounts.delete_invitation",
)


def _manage(app: str, *models: str) -> tuple[str, ...]:
    return tuple(f"{app}.{action}_{model}" for model in models for action in _MANAGE)


_ADMIN = "wagtailadmin.access_admin"
_ALL_PAGES = "models_pages.HomePage"

# What editors and administrators have alike.
_REVIEWING = ("add", "change", "publish", "lock", "unlock")
_ALL_MEDIA = (
    *_manage("wagtailimages", "image"),
    *_manage("wagtaildocs", "document"),
    "wagtailimages.choose_image",
    "wagtaildocs.choose_document",
)
_EDITORS_MODELS = (
    _ADMIN,
    *_manage("models_pages", *_VOCABULARIES),
    *_manage("search", *_SEARCH),
    *_JOINING,
    _TRANSLATE,
)

ROLES: tuple[Role, ...] = (
    Role(
        AUTHORS,
        # `add`, not `change`: authors edit their own pages only.
        pages={"models_pages.OperatingModelIndexPage": ("add",)},
        media=(
            "wagtailimages.add_image",
            "wagtailimages.choose_image",
            "wagtaildocs.add_document",
            "wagtaildocs.choose_document",
        ),
        models=(_ADMIN,),
    ),
    Role(
        EDITORS,
        pages={_ALL_PAGES: _REVIEWING},
        media=_ALL_MEDIA,
        models=_EDITORS_MODELS,
    ),
    Role(
        ADMINISTRATORS,
        pages={_ALL_PAGES: (*_REVIEWING, "bulk_delete")},
        # Collections are managed by collection: below the root, all of them.
        media=(*_ALL_MEDIA, *_manage("wagtailcore", "collection")),
        models=(
            *_EDITORS_MODELS,
            "models_pages.change_sectionguidance",
            "models_pages.view_sectionguidance",
            "models_pages.change_portalsettings",
            *_manage("editorial", "checklistquestion", "reviewphrase"),
            *_manage("accounts", "user"),
            *_manage("auth", "group"),
            *_manage("wagtailredirects", "redirect"),
            *_manage("wagtailcore", "workflow", "task"),
        ),
    ),
)

# Rights that a migration makes and no model declares, with the model that each hangs on and its
# name: Django does not make them again after ``flush``.
MADE_BY_MIGRATIONS = {_TRANSLATE: ("translation", "Can submit translations")}
