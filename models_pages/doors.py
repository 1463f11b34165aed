"""What Wagtail's admin tells without asking for a right: kept from whoever may not see a draft.

Some views tell of any page by its number, and lists show a live page by its draft's title.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import TranslationSource

from .acting import acting_user, request_of
from .permissions import is_of, may_know_of, reviews_pages

# Tell titles of everybody's pages.
FOR_REVIEWERS = frozenset(
    {"wagtail_localize:translations_report", "wagtail_localize:translations_report_results"}
)
# Ask for the right to translate, and not for any right to the page.
TRANSLATING = frozenset(
    {"wagtail_localize:submit_page_translation", "wagtail_localize:update_translations"}
)
# Tells the titles of the pages whose numbers are asked.
PAGES_BY_NUMBER = "wagtailadmin_choose_page_chosen_multiple"
# Name what the account may not treat, whatever the numbers asked.
MANY_AT_ONCE = "wagtail_bulk_action"
# Tell of one page, whosever it is: its title, or whether it is under review.
OF_A_PAGE = {
    "wagtailadmin_explore": "parent_page_id",
    "wagtailadmin_explore_results": "parent_page_id",
    "wagtailadmin_choose_page_child": "parent_page_id",
    "wagtailadmin_pages:confirm_workflow_cancellation": "page_id",
    "wagtailadmin_pages:move_confirm": "destination_id",
}
# Name the page to which another is to go, whosever it is.
TO_A_PAGE = {
    "wagtailadmin_pages:copy": "new_parent_page",
    "wagtailadmin_pages:move": "new_parent_page",
    MANY_AT_ONCE: "chooser",
}
# Show the steps of review to whoever may enter the admin.
STEPS = frozenset(
    f"wagtailadmin_workflows:task_{view}"
    for view in ("chooser", "chooser_results", "chooser_create", "chosen")
)
GUARDED = FOR_REVIEWERS | TRANSLATING | STEPS | {PAGES_BY_NUMBER, *OF_A_PAGE, *TO_A_PAGE}


class DraftsBehindDoorsMiddleware:
    """Asks what Wagtail does not, before a view that would tell of others' drafts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_of.set(request)
        try:
            return self.get_response(request)
        finally:
            request_of.reset(token)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away, as Wagtail does, whoever would see a draft of somebody else's."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in GUARDED:
            return None
        if not request.user.is_authenticated:
            return None
        policy: Any = policy_registry.get_by_type(Page)
        target = request.POST.get(TO_A_PAGE.get(name, ""), "")
        if target.isdecimal() and not may_know_of(request.user, policy, [target]):
            return permission_denied(request)
        if name in FOR_REVIEWERS:
            refused = not reviews_pages(request.user)
        elif name in TRANSLATING:
            refused = not may_translate(request, kwargs)
        elif name in STEPS:
            refused = not request.user.has_perm("wagtailcore.change_workflow")
        elif name == MANY_AT_ONCE:
            refused = not may_be_named(request, **kwargs)
        elif name in OF_A_PAGE:
            refused = not may_know_of(request.user, policy, [str(kwargs[OF_A_PAGE[name]])])
        elif name == PAGES_BY_NUMBER:
            refused = not may_know_of(request.user, policy, request.GET.getlist("id"))
        else:
            refused = False
        return permission_denied(request) if refused else None


def may_be_named(request: HttpRequest, app_label: str, model_name: str, action: str) -> bool:
    """Whether the account may know of all that it would treat at once, by number or as ``all``.

    Wagtail lists by name also what the account may not treat.
    """
    user: Any = request.user
    numbers = request.GET.getlist("id")
    if len(_whole(numbers)) + numbers.count("all") < len(numbers):
        return False  # nothing has a word for a number: Wagtail would fail
    if action == "add_tags" and not reviews_pages(user):
        return False  # as in the forms of files (``media_forms.py``)
    try:
        model: Any = apps.get_model(app_label, model_name)
    except LookupError:
        return True  # no such thing: the view's own affair
    if issubclass(model, Page):
        if reviews_pages(user):
            return True
        # Live pages of others too are named there by their drafts' titles.
        return "all" not in numbers and all(
            is_of(user, page) for page in Page.objects.filter(pk__in=_whole(numbers))
        )
    if any(user.has_perm(f"{app_label}.{action}_{model_name}") for action in ("change", "delete")):
        return True
    if "all" in numbers or model not in (get_document_model(), get_image_model()):
        return False
    choosable = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, ["choose"]
    )
    asked = model.objects.filter(pk__in=_whole(numbers))
    return not asked.exclude(pk__in=choosable.values("pk")).exists()


def _whole(numbers: list[str]) -> list[int]:
    return [int(number) for number in numbers if number.isascii() and number.isdigit()]


def may_translate(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether the account may edit the page that it translates, and publish what it publishes."""
    if "page_id" in kwargs:
        page = Page.objects.filter(id=kwargs["page_id"]).first()
    else:
        source = TranslationSource.objects.filter(id=kwargs["translation_source_id"]).first()
        page = source and source.get_source_instance()
    if not isinstance(page, Page):
        return True  # not found, or no page: the view's own affair
    rights = page.permissions_for_user(request.user)
    if request.POST.get("publish_translations"):
        return rights.can_edit() and all(
            found.permissions_for_user(request.user).can_publish()
            for found in page.get_translations()
        )
    return rights.can_edit()


def shows_draft_of(page: Any) -> bool:
    """Whether who asks now may see the page's draft; where nobody asks (a command), yes."""
    user = acting_user()
    if user is None or not user.is_authenticated:
        return request_of.get() is None
    return reviews_pages(user) or is_of(user, page)
