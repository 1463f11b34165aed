"""Wires authors' work into Wagtail: their list, kept writing, saves at the same time."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from .both_saved import tell_of_both
from .own_list import OwnModelsMenuItem, OwnModelsView


@hooks.register("insert_global_admin_js")
def kept_writing() -> SafeString:
    """What could not be saved is kept in the browser, and what Wagtail overlooks is saved."""
    names = ("kept-writing", "unnoticed-changes")
    return format_html_join(
        "\n",
        '<script src="{}" defer></script>',
        ((static(f"portal/js/{name}.js"),) for name in names),
    )


@hooks.register("register_admin_menu_item")
def own_models() -> OwnModelsMenuItem:
    """The account's own models."""
    return OwnModelsMenuItem(
        OwnModelsView.page_title,
        reverse("editorial:own_models"),
        name="own-models",
        icon_name="doc-full-inverse",
        order=95,
    )


@hooks.register("after_edit_page")
def saved(request: HttpRequest, page: Page) -> None:
    """Tell where somebody else saved meanwhile."""
    tell_of_both(request, page)
