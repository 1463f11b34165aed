"""The administration of accounts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.forms import UserForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from .forms import PortalUserCreationForm, PortalUserEditForm


class OnlySuperusersMakeSuperusers:
    """An administrator manages people, but gives nobody every right, oneself included."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's form; what only a superuser may say is shown and not taken."""
        view: Any = self
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not view.request.user.is_superuser and "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = True
        return form


class PortalUserCreateView(OnlySuperusersMakeSuperusers, CreateView):
    """Making an account."""


class PortalUserEditView(OnlySuperusersMakeSuperusers, EditView):
    """Editing an account."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse an administrator a superuser's account: its password would be every right."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class PortalUserViewSet(UserViewSet):
    """Wagtail's own, with the account's language."""

    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        """The form for making or editing an account."""
        return PortalUserEditForm if for_update else PortalUserCreationForm
