"""Every guard of the portal, and the doors at which its absence shows.

A new function that raises a refusal needs a line here, or in ``ELSEWHERE`` the reason why no role
and no object of the matrix meets it. Guards that stand behind one another go in one line.
"""

from __future__ import annotations

from .guards import Guard, answering, stock, unguarded

_TESTER = "models_pages.permissions:PortalPagePermissionTester."
_POLICY = "models_pages.permissions:PortalPagePermissionPolicy."
_HOOKS = "models_pages.wagtail_hooks:"
_DOORS = "models_pages.doors:"
_MEDIA = "models_pages.media_permissions:MediaPermissionPolicy."
_PAGES = "wagtailadmin_pages:"
_API = "wagtailadmin_api:"


def _guard(doors: str, *removals: tuple[str, object]) -> Guard:
    return Guard(tuple(removals), tuple(doors.split()))


GUARDS = (
    # What a page's people and editors may.
    _guard(f"{_PAGES}view_draft {_PAGES}edit", (f"{_TESTER}can_edit", stock)),
    _guard("wagtail_bulk_action[wagtailcore.page.publish]", (f"{_TESTER}can_publish", stock)),
    _guard(f"{_PAGES}set_privacy", (f"{_TESTER}can_set_view_restrictions", stock)),
    _guard(f"{_PAGES}revisions_unschedule", (f"{_TESTER}can_unschedule", stock)),
    _guard(f"{_PAGES}delete", (f"{_TESTER}can_delete", stock)),
    # (`can_view_revisions` shows and hides buttons, and guards no door.)
    # Whose drafts are listed, found and known of.
    _guard(
        f"{_API}pages:detail {_PAGES}search {_API}pages:listing",
        (f"{_POLICY}explorable_instances", stock),
        (f"{_POLICY}instances_user_has_any_permission_for", stock),
    ),
    _guard(
        "wagtailadmin_choose_page_child",
        (f"{_HOOKS}visible_to", answering(lambda user, policy, pages: pages)),
    ),
    # Doors of Wagtail's that ask too little.
    _guard(
        "wagtailadmin_choose_page_chosen_multiple",
        (f"{_DOORS}DraftsBehindDoorsMiddleware.process_view", answering(None)),
    ),
    _guard("wagtailadmin_choose_page_chosen_multiple", (f"{_DOORS}may_know_of", answering(True))),
    _guard(
        "wagtail_bulk_action[wagtailcore.page.publish]", (f"{_DOORS}may_be_named", answering(True))
    ),
    _guard(
        "wagtailadmin_reports:site_history wagtailadmin_reports:workflow",
        ("editorial.middleware:ReportsForReviewersMiddleware.process_view", answering(None)),
    ),
    # Files.
    _guard(
        "wagtaildocs_chooser:chosen wagtaildocs:edit",
        (f"{_MEDIA}user_has_any_permission_for_instance", stock),
    ),
    _guard(
        "wagtaildocs_chooser:chosen_multiple wagtailimages_chooser:choose",
        (f"{_MEDIA}instances_user_has_any_permission_for", stock),
    ),
    _guard(
        f"{_API}documents:detail {_API}images:detail",
        ("models_pages.admin_api:_OnlyChoosable.get_queryset", stock),
    ),
    _guard("wagtaildocs_serve", (f"{_HOOKS}refuse_documents_of_drafts", unguarded)),
    _guard("wagtaildocs_serve", ("models_pages.serving:_brought_by_its_people", answering(False))),
    # The public side.
    _guard("wagtail_serve[]", (f"{_HOOKS}refuse_expired_pages", unguarded)),
    _guard("models_api:detail", ("models_pages.models.shown:only_shown", answering(lambda q: q))),
    # Review.
    _guard(
        f"{_PAGES}workflow_action[approve]",
        ("editorial.review.approving:may_decide", answering(None)),
    ),
    _guard(
        f"{_PAGES}workflow_action[decline]",
        ("editorial.models.review:ReviewTask.get_actions", stock),
    ),
    _guard("editorial:queue", ("editorial.review.queue_views:QueueView.dispatch", unguarded)),
    # Screens of our own.
    _guard(
        "editorial:decisions editorial:overdue editorial:ownerless editorial:figures_models "
        "editorial:searches_common",
        ("editorial.reviewers:ReviewersOnly.dispatch", unguarded),
    ),
    _guard("editorial:completeness", ("editorial.writing.hints:completeness", unguarded)),
    _guard("editorial:checks", ("editorial.writing.hints:content_checks", unguarded)),
    _guard("editorial:similar", ("editorial.writing.hints:similar", unguarded)),
    _guard("editorial:people", ("editorial.writing.people:PeopleView.dispatch", unguarded)),
    _guard("editorial:copy", ("editorial.writing.starting:CopyView.dispatch", unguarded)),
    _guard("editorial:confirm", ("editorial.keeping.views:ModelView.dispatch", unguarded)),
    _guard(
        "take_down",
        ("editorial.review.taking_down_views:TakeDownView.dispatch", unguarded),
        ("editorial.review.taking_down:take_down", unguarded),
    ),
    _guard(
        "editorial:archive",
        ("editorial.keeping.views:ModelView.dispatch", unguarded),
        ("editorial.keeping.archiving:archive", unguarded),
    ),
)

# Functions that refuse, and that no role meets at any door of the matrix: why, or which tests ask.
ELSEWHERE = {
    "accounts.joining.viewsets:_OwnRole.get_object": "tests/functional/accounts/test_joining.py",
    "accounts.joining.viewsets:RequestDecisionView.get_object": "decided already: no right",
    "accounts.personal_data_views:of_account": "superusers' data: test_personal_data.py",
    "accounts.personal_data_views:erase": "superusers' data: test_personal_data.py",
    "accounts.viewsets:PortalUserEditView.setup": "superusers: tests/functional/security",
    "editorial.keeping.archiving:restore": "no archived model in it: tests/functional/keeping",
    "editorial.importing.views:StartView.dispatch": "whoever comes in may make models",
    "editorial.importing.views:StartView.post": "whoever comes in may make models",
    "editorial.importing.views:PreviewView.dispatch": "whoever comes in may make models",
    "editorial.importing.views:picture": "a number that is not there",
    "editorial.models.review:ReviewTask._check": "behind the views: tests/functional/approval",
    "editorial.writing.people:PeopleView._offer": "tests/functional/security/test_coauthors.py",
    "editorial.writing.people:PeopleView._withdraw": "tests/functional/security/test_coauthors.py",
    "editorial.review.queue_views:waiting_page": "behind queue.waits, narrowed as well",
    "editorial.review.views:read": "a revision of another page: no right",
    "editorial.writing.starting:AdaptView.dispatch": "behind what is shown; anybody may begin",
    "editorial.writing.starting:CopyView.post": "behind CopyView.dispatch",
    "models_pages.models.lasting:LastingMixin.route": "an archived model's address",
    "models_pages.models.operating_model:OperatingModelPage.comparison_view": "no such number",
    "models_pages.publication:refuse_going_live_without_right": "behind all: approval's tests",
    "models_pages.publication:refuse_publishing_without_right": "behind all: approval's tests",
    "models_pages.wagtail_hooks:refuse_to_show_a_move": "Wagtail asks for the right as well",
    "portal.views:rendition": "paths that lead elsewhere: test_files_of_others.py",
}
