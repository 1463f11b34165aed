"""Wagtail's account forms, with the portal's fields."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from .throttling import client_address, may_try

HOUR = 3600
MAILS_TO_AN_EMAIL = 3
# One connection may be a whole municipality's.
MAILS_FROM_AN_ADDRESS = 60


class PortalLoginForm(LoginForm):
    """Logging in; Wagtail's own leaves the password's label in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label


class PortalPasswordResetForm(PasswordResetForm):
    """Asking for a new password; nobody's mailbox is filled with such mails."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mail the link. The answer is the same where there were enough of them in an hour.

        Whoever asked too often has the links of before; whoever did not ask is left alone.
        """
        email, request = str(self.cleaned_data["email"]).lower(), kwargs.get("request")
        who = client_address(request) if request else ""
        if may_try("password-mail-from", who, MAILS_FROM_AN_ADDRESS, HOUR) and may_try(
            "password-mail-to", email, MAILS_TO_AN_EMAIL, HOUR
        ):
            super().save(*args, **kwargs)


class PortalUserCreationForm(UserCreationForm):
    """Making an account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"language"}


class PortalUserEditForm(UserEditForm):
    """Editing an account."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"language"}
