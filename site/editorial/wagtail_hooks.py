"""Wires review and the admin home into Wagtail; the rules stand in modules of their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.log_actions import LogActionRegistry

from accounts.mail.settings_panel import MailPacePanel
from models_pages.permissions import reviews_pages

from .figures.views import menu_items
from .home.dashboard import OwnModelsPanel, ReturnedPanel
from .home.panels import WaitingPanel
from .keeping import hooks as keeping_hooks  # noqa: F401 (register their own)
from .menu import page_actions
from .review import hooks as review_hooks  # noqa: F401 (register their own)
from .searches.reports import report_items
from .searches.search_words import SearchWordsGroup
from .viewsets import PortalPageViewSet, page_viewsets
from .writing import hooks as authors_hooks  # noqa: F401 (register their own)

WAGTAILS_OWN_HELP = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("register_log_actions")
def log_refused_schedule(actions: LogActionRegistry) -> None:
    """Name the entry that a refused scheduled publication leaves in a page's history."""
    actions.register_action(
        "mallisto.publish.refused",
        _("Refuse scheduled publication"),
        _("Scheduled publication was refused: something was missing"),
    )


@hooks.register("register_account_settings_panel")
def mail_pace(request: HttpRequest, user: Any, profile: Any) -> MailPacePanel:
    """How often the account gets mail."""
    return MailPacePanel(request, user, profile)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The portal's colours and panels in the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/admin.css"))


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    """Links of what is missing open the tab of their field."""
    return format_html('<script src="{}" defer></script>', static("portal/js/admin.js"))


@hooks.register("register_admin_viewset")
def page_views() -> list[PortalPageViewSet]:
    """The portal's views of its pages."""
    return page_viewsets()


@hooks.register("register_admin_viewset")
def search_words() -> SearchWordsGroup:
    """What editors tell search."""
    return SearchWordsGroup()


@hooks.register("construct_reports_menu")
def search_reports(request: HttpRequest, items: list[Any]) -> None:
    """What people searched for, and figures, for those who review pages."""
    items += [item for item in (*report_items(), *menu_items()) if item.is_shown(request)]


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Addresses that the edit form asks."""
    return [path("editorial/", include("editorial.urls"))]


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Any]) -> None:
    """What waits and the account's own models, in place of Wagtail's panels of the same."""
    replaced: tuple[type, ...] = (
        WorkflowObjectsToModeratePanel,
        UserObjectsInWorkflowModerationPanel,
    )
    if not reviews_pages(request.user):
        # An author's edits are those of the author's own models.
        replaced = (*replaced, RecentEditsPanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, replaced)]
    panels += [ReturnedPanel(), WaitingPanel(), OwnModelsPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)
def home_summary(request: HttpRequest, items: list[Any]) -> None:
    """Totals count others' drafts: only those who see drafts see totals."""
    if not reviews_pages(request.user):
        items.clear()


@hooks.register("construct_page_action_menu")
def review_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """The buttons of a page's form speak of review."""
    items[:] = page_actions(items, context)


@hooks.register("construct_main_menu")
def main_menu(request: HttpRequest, items: list[Any]) -> None:
    """Reports tell of everybody's pages: they are for those who review."""
    if not reviews_pages(request.user):
        items[:] = [item for item in items if item.name != "reports"]


@hooks.register("construct_help_menu")
def help_menu(request: HttpRequest, items: list[Any]) -> None:
    """News of Wagtail's releases and its guide are no help in describing a model."""
    items[:] = [item for item in items if not item.name.startswith(WAGTAILS_OWN_HELP)]
