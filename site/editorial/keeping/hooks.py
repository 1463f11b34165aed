"""Wires keeping models alive, archiving, deleting and dead links into Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from models_pages.admin_api import PagesReadOnly
from models_pages.archive import may_archive, may_restore
from models_pages.confirmation import may_confirm
from models_pages.models import OperatingModelPage

from ..models.decision import Action
from ..review import decisions
from ..reviewers import ReviewersMenuItem
from . import deleting
from .dead_links import DeadLinksView
from .ownerless_views import OwnerlessView
from .reports import ArchivedReport, OverdueReport


@hooks.register("register_log_actions")
def log_keeping(actions: LogActionRegistry) -> None:
    """Name what this leaves in a page's history."""
    for name, label, told in (
        ("confirmed", gettext_lazy("Confirm"), gettext_lazy("Confirmed that it still holds")),
        ("archived", gettext_lazy("Archive"), gettext_lazy("Archived")),
        ("restored", gettext_lazy("Restore"), gettext_lazy("Restored from the archive")),
        ("reassigned", gettext_lazy("Give to another"), gettext_lazy("Gave it a new owner")),
    ):
        actions.register_action(f"mallisto.{name}", label, told)


@hooks.register("construct_reports_menu")
def keeping_reports(request: HttpRequest, items: list[Any]) -> None:
    """What is overdue, ownerless and archived, for those who review pages."""
    reports: tuple[Any, ...] = (OverdueReport, OwnerlessView, ArchivedReport)
    for order, report in enumerate(reports):
        name = getattr(report, "index_url_name", "editorial:ownerless")
        item = ReviewersMenuItem(
            report.page_title,
            reverse(name),
            name=name.replace("editorial:", "keeping-"),
            icon_name=report.header_icon,
            order=300 + order,
        )
        if item.is_shown(request):
            items.append(item)


@hooks.register("insert_global_admin_css")
def keeping_css() -> SafeString:
    """The lists' own rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/keeping.css"))


@hooks.register("register_page_header_buttons")
def keeping_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Confirm, archive or restore, in the menu of a model's screens."""
    model: Any = page.specific_deferred if _is_model(page) else None
    if model is None or not model.pk:
        return
    for name, label, icon, is_allowed in (
        ("confirm", _("Confirm that it holds"), "circle-check", may_confirm(user, model)),
        ("archive", _("Archive"), "folder", may_archive(user, model)),
        ("restore", _("Restore from the archive"), "folder-open-inverse", may_restore(user, model)),
    ):
        if is_allowed:
            address = reverse(f"editorial:{name}", args=[page.pk])
            yield Button(label, address, icon_name=icon, priority=45)


def _is_model(page: Page) -> bool:
    kind = ContentType.objects.get_for_model(OperatingModelPage)
    return isinstance(page, OperatingModelPage) or page.content_type_id == kind.pk


@hooks.register("before_delete_page")
def ask_for_the_title(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Nothing is deleted before its title is typed."""
    if request.method != "POST" or deleting.names(request.POST.get("confirm_title", ""), page):
        return None
    messages.error(request, _("Nothing was deleted: what you typed is not the title of the page."))
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    next_url = get_valid_next_url_from_request(request)
    return redirect(f"{address}?{urlencode({'next': next_url})}" if next_url else address)


@hooks.register("after_delete_page")
def log_deletion(request: HttpRequest, page: Page) -> None:
    """The decision outlives the page."""
    decisions.record(page, Action.DELETED, user=request.user)


@hooks.register("before_bulk_action")
def delete_one_at_a_time(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Of many pages at once nobody types the titles."""
    if action_type != "delete" or not any(isinstance(item, Page) for item in objects):
        return None
    messages.error(
        request,
        _("Pages are deleted one at a time, by their title. Archiving leaves a note for readers."),
    )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@hooks.register("construct_admin_api", order=1100)
def no_deletion_by_program(router: Any) -> None:
    """Nor does a program."""
    router.register_endpoint("pages", PagesReadOnly)


@hooks.register("construct_reports_menu")
def dead_links_report(request: HttpRequest, items: list[Any]) -> None:
    """Links that lead nowhere, for those who review pages."""
    item = ReviewersMenuItem(
        DeadLinksView.page_title,
        reverse("editorial:dead_links"),
        name="dead-links",
        icon_name=DeadLinksView.header_icon,
        order=420,
    )
    if item.is_shown(request):
        items.append(item)
