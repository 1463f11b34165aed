"""Who may choose and change pictures and documents.

Stock Wagtail lets whoever may choose choose among everybody's, also what only drafts use, and lets
who uploaded a file put another in its place after an editor has approved the page that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from .media_use import is_public, is_relied_on, used_in_public

OWNER = "uploaded_by_user"


class MediaPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, where an author chooses among the public and one's own.

    One's own is changed and deleted only while no page relies on it. Those who may change
    everybody's (editors) are not limited.
    """

    def __init__(self, model: Any, auth_model: str) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name=OWNER)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """Stock answer, less what the class says."""
        wanted = set(actions)
        if not super().user_has_any_permission_for_instance(user, wanted, instance):
            return False
        if self._check_perm(user, ["change"], collection=instance.collection):
            return True
        if instance.uploaded_by_user_id == user.pk:
            return "choose" in wanted or not is_relied_on(instance)
        return "choose" in wanted and is_public(instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Stock answer; to choose among, one's own and the public."""
        media = super().instances_user_has_any_permission_for(user, actions)
        if "choose" not in actions or not user.is_active or user.is_superuser:
            return media
        return media.filter(
            Q(collection__in=self._collections_with_perm(user, ["change"]))
            | Q(**{OWNER: user})
            | Q(pk__in=used_in_public(self.model))
        )
