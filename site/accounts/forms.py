"""Wagtail's account forms, with the portal's fields."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm


class PortalLoginForm(LoginForm):
    """Logging in; Wagtail's own leaves the password's label in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label


class PortalUserCreationForm(UserCreationForm):
    """Making an account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"language"}


class PortalUserEditForm(UserEditForm):
    """Editing an account."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"language"}
