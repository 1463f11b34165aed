"""What Wagtail's admin tells without asking for a right: kept from whoever may not see a draft.

Some views tell of any page by its number, and lists show a live page by its draft's title.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .permissions import is_of, may_know_of, sees_all_drafts

_request: ContextVar[HttpRequest | None] = ContextVar("request_of_the_admin", default=None)

# Tell titles of everybody's pages.
FOR_REVIEWERS = frozenset(
    {"wagtail_localize:translations_report", "wagtail_localize:translations_report_results"}
)
# Tells the titles of the pages whose numbers are asked.
PAGES_BY_NUMBER = "wagtailadmin_choose_page_chosen_multiple"


class DraftsBehindDoorsMiddleware:
    """Asks what Wagtail does not, before a view that would tell of others' drafts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away, as Wagtail does, whoever would see a draft of somebody else's."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name != PAGES_BY_NUMBER and name not in FOR_REVIEWERS:
            return None
        if not request.user.is_authenticated:
            return None
        policy: Any = policy_registry.get_by_type(Page)
        if name in FOR_REVIEWERS:
            refused = not sees_all_drafts(request.user, policy)
        else:
            refused = not may_know_of(request.user, policy, request.GET.getlist("id"))
        return permission_denied(request) if refused else None


def shows_draft_of(page: Any) -> bool:
    """Whether who asks now may see the page's draft; where nobody asks (a command), yes."""
    request = _request.get()
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return request is None
    policy: Any = policy_registry.get_by_type(Page)
    return sees_all_drafts(user, policy) or is_of(user, page)
