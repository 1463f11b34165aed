"""The administration of accounts."""

from __future__ import annotations

from wagtail.users.forms import UserForm
from wagtail.users.views.users import UserViewSet

from .forms import PortalUserCreationForm, PortalUserEditForm


class PortalUserViewSet(UserViewSet):
    """Wagtail's own, with the account's language."""

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        """The form for making or editing an account."""
        return PortalUserEditForm if for_update else PortalUserCreationForm
