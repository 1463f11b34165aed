"""Wires the page types into Wagtail; the rules themselves stand in modules of their own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from .admin_api import ChoosableDocuments, ChoosableImages
from .links import PublicPageLinkHandler
from .permissions import visible_to
from .serving import may_download
from .viewsets import SectionGuidanceViewSet, VocabulariesGroup

register_snippet(VocabulariesGroup)
register_snippet(SectionGuidanceViewSet)


@hooks.register("construct_page_chooser_queryset")
def hide_others_drafts(pages: Any, request: HttpRequest) -> Any:
    """An author chooses among live pages and drafts of their own."""
    return visible_to(request.user, policy_registry.get_by_type(Page), pages)


@hooks.register("before_serve_page")
def refuse_expired_pages(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """An expired page is not found, also before the scheduler has taken it down.

    A hook, not the page's ``serve()``: routable pages have a ``serve()`` of their own.
    """
    if getattr(page, "has_expired", False):
        raise Http404


@hooks.register("before_serve_document")
def refuse_documents_of_drafts(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document that only drafts use is not there for the public."""
    if not may_download(document, request):
        raise Http404
    return None


@hooks.register("before_move_page")
def refuse_to_show_a_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right only when the move is confirmed; the question tells the title."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("construct_admin_api", order=1000)
def narrow_admin_api(router: Any) -> None:
    """Pictures and documents that the account may choose, in place of everybody's."""
    router.register_endpoint("images", ChoosableImages)
    router.register_endpoint("documents", ChoosableDocuments)


@hooks.register("register_rich_text_features", order=1000)
def link_to_public_pages_only(features: Any) -> None:
    """A link to a draft is shown without its address."""
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("register_log_actions")
def log_coauthors(actions: LogActionRegistry) -> None:
    """Name the entry that a change of co-authors leaves in a page's history."""
    actions.register_action(
        "mallisto.coauthors", _("Change co-authors"), _("Changed the co-authors")
    )


@hooks.register("insert_global_admin_css")
def authors_css() -> SafeString:
    """What authors meet in the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/authors.css"))


@hooks.register("register_log_actions")
def log_starts(actions: LogActionRegistry) -> None:
    """Name the entries that tell how a model began."""
    actions.register_action("mallisto.adapt", _("Adapt"), _("Started from a published model"))
    actions.register_action("mallisto.copied", _("Copy"), _("Started as a copy of an own model"))
