"""Puts the table of roles into the database; doing it again changes nothing."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .roles import MADE_BY_MIGRATIONS, ROLES, Role


def _permission(dotted: str) -> Permission:
    app, codename = dotted.split(".")
    if dotted in MADE_BY_MIGRATIONS:
        model, name = MADE_BY_MIGRATIONS[dotted]
        of, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        made, _ = Permission.objects.get_or_create(
            content_type=of, codename=codename, defaults={"name": name}
        )
        return made
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _page_permission(action: str) -> Permission:
    return Permission.objects.get(
        content_type=ContentType.objects.get_for_model(Page), codename=f"{action}_page"
    )


def provision_roles() -> None:
    """Make the groups and give each at least the rights of its row.

    Rights that an administrator added by hand stay; page rights follow pages that came later.
    """
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.name)
        group.permissions.add(*(_permission(dotted) for dotted in role.models))
        _provision_pages(group, role)
        _provision_media(group, role)


def _provision_pages(group: Group, role: Role) -> None:
    for label, actions in role.pages.items():
        pages = apps.get_model(label)._default_manager.all()
        for page in pages:
            for action in actions:
                GroupPagePermission.objects.get_or_create(
                    group=group, page_id=page.pk, permission=_page_permission(action)
                )


def _provision_media(group: Group, role: Role) -> None:
    root = Collection.get_first_root_node()
    for dotted in role.media:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(dotted)
        )
