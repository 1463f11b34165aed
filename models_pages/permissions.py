"""Who may do what to a page: Wagtail's permissions, and the owner's rights for co-authors.

An account that only may add pages (an author) sees live pages and its own drafts, in the
explorer, in search, in choosers and in the history.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from .models.coauthor import CoAuthor, coauthored_keys, is_coauthor
from .stakes import own_stake, stake

REVIEWING = {"change_page", "publish_page"}


def sees_all_drafts(user: Any, policy: PagePermissionPolicy) -> bool:
    """Whether the account reviews pages, and so sees every draft."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    granted = {
        permission.permission.codename
        for permission in policy.get_cached_permissions_for_user(user)
    }
    return bool(granted & REVIEWING)


def reviews_pages(user: Any) -> bool:
    """The same, where no policy is at hand."""
    return sees_all_drafts(user, policy_registry.get_by_type(Page))


def visible_to(user: Any, policy: PagePermissionPolicy, pages: QuerySet) -> QuerySet:
    """Those of the pages that the account may know of."""
    if sees_all_drafts(user, policy):
        return pages
    own = Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))
    return pages.filter(Q(live=True) | own)


def is_of(user: Any, page: Any) -> bool:
    """Whether the account owns or co-authors the page."""
    return page.owner_id == user.pk or is_coauthor(user, page.translation_key)


def may_know_of(user: Any, policy: PagePermissionPolicy, numbers: Collection[str]) -> bool:
    """Whether the account may know of every page of these numbers."""
    # A longer number is no page's, and some databases do not take it.
    if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers):
        return False
    pages = Page.objects.filter(pk__in=numbers)
    return visible_to(user, policy, pages).count() == pages.count()


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's page policy, where co-authors have the owner's right to edit."""

    def _adds_within(self, user: Any, instance: Any) -> bool:
        return any(
            permission.permission.codename == "add_page"
            and instance.path.startswith(permission.page.path)
            for permission in self.get_cached_permissions_for_user(user)
        )

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """Stock answer, or a co-author's right to change."""
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        return (
            user.is_active
            and "change" in actions
            and self._adds_within(user, instance)
            and is_coauthor(user, instance.translation_key)
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        """Stock answer without others' drafts, and with co-authored pages."""
        pages = super().instances_user_has_any_permission_for(user, actions)
        if not user.is_active or user.is_superuser:
            return pages
        if "change" in actions and (keys := coauthored_keys(user)):
            for permission in self.get_cached_permissions_for_user(user):
                if permission.permission.codename == "add_page":
                    pages |= self.model._default_manager.descendant_of(
                        permission.page, inclusive=True
                    ).filter(translation_key__in=keys)
        return visible_to(user, self, pages)

    def users_with_any_permission_for_instance(
        self, actions: Any, instance: Any, include_superusers: bool = True
    ) -> QuerySet:
        """Stock answer and the co-authors."""
        users = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        if "change" not in actions:
            return users
        co_authors = CoAuthor.objects.filter(translation_key=instance.translation_key)
        return (
            get_user_model()
            ._default_manager.filter(is_active=True)
            .filter(
                Q(pk__in=users.values("pk"))
                | Q(
                    pk__in=co_authors.values("user_id"),
                    groups__grouppagepermission__permission__codename="add_page",
                )
            )
            .distinct()
        )

    def explorable_instances(self, user: Any) -> QuerySet:
        """Stock answer without others' drafts."""
        rights = user.is_active and not user.is_superuser
        if rights and not self.get_cached_permissions_for_user(user):
            return self.model._default_manager.none()
        return visible_to(user, self, super().explorable_instances(user))


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's tester, where co-authors edit and submit as the owner does."""

    def can_edit(self) -> bool:
        """Stock answer, or a co-author's."""
        if super().can_edit():
            return True
        return (
            self.user.is_active
            and not self.page_is_root
            and "add" in self.permissions
            and is_coauthor(self.user, self.page.translation_key)
        )

    def has_publish_right(self) -> bool:
        """Wagtail's answer: whether the account publishes pages here, of others at least."""
        return super().can_publish()

    def can_publish(self) -> bool:
        """Stock answer, unless the account has a stake in the page: then another editor does."""
        return self.has_publish_right() and stake(self.user, self.page) is None

    def can_publish_subpage(self) -> bool:
        """Stock answer in a portal with one editor; else who makes a page does not publish it.

        This is asked where a page is made and published in one go: written, copied, aliased.
        """
        return super().can_publish_subpage() and own_stake(self.user) is None

    def can_set_view_restrictions(self) -> bool:
        """Stock answer: who may read what was approved is no approval."""
        return self.has_publish_right()

    def can_unschedule(self) -> bool:
        """Stock answer: calling off makes nothing public."""
        return self.has_publish_right()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Deleting leaves nothing behind: it is the administrator's, of drafts too.

        With ``ignore_bulk`` Wagtail asks whether the page may be moved.
        """
        allowed: bool = super().can_delete(ignore_bulk=ignore_bulk)
        is_administrator = self.user.is_superuser or "bulk_delete" in self.permissions
        return allowed and (ignore_bulk or is_administrator)

    def can_view_revisions(self) -> bool:
        """Only those who may edit or publish see a page's history."""
        return super().can_view_revisions() and (self.can_edit() or self.has_publish_right())
