"""Wagtail's account forms, with the portal's fields."""

from wagtail.users.forms import UserCreationForm, UserEditForm


class PortalUserCreationForm(UserCreationForm):
    """Making an account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"language"}


class PortalUserEditForm(UserEditForm):
    """Editing an account."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"language"}
