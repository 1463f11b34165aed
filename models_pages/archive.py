"""Who may take a model out of use, bring it back, or delete it for good.

Archiving makes nothing public: a model's own people may. Restoring what was public is a
publication: for those who may publish it. Deleting leaves nothing behind: the administrator's.
"""

from __future__ import annotations

from typing import Any

from .permissions import is_of


def may_archive(user: Any, page: Any) -> bool:
    """Whether the account may archive the model, a draft included."""
    if not user.is_active or page.archived_at is not None or page.alias_of_id:
        return False
    return is_of(user, page) or page.permissions_for_user(user).has_publish_right()


def may_restore(user: Any, page: Any) -> bool:
    """Whether the account may take the model out of the archive again."""
    if not user.is_active or not page.is_archived:
        return False
    permissions = page.permissions_for_user(user)
    if page.archived_revision_id is None:
        # It was never public, and is not made so.
        return is_of(user, page) or permissions.has_publish_right()
    may_publish: bool = permissions.can_publish()
    return may_publish
