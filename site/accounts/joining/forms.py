"""Forms of joining: asking for an account, making one, inviting, answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import AccountRequest, Invitation, User

from .invitations import roles_for


class _Described(forms.Form):
    """Public forms: a field names its hint and its error to screen readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "field")
            if field.required:
                field.widget.attrs["aria-required"] = "true"
            if autocomplete := _AUTOCOMPLETE.get(name):
                field.widget.attrs["autocomplete"] = autocomplete


_AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "organisation": "organization",
}


class RequestForm(_Described, forms.ModelForm):
    """Asking for an author's account."""

    # People do not see it and machines fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))

    class Meta:
        model = AccountRequest
        fields = ("first_name", "last_name", "email", "organisation", "reason")
        help_texts = {
            "email": _("We send a link there. Use your work address."),
            "reason": _("A sentence or two about the model, and your part in it."),
        }
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
            self.fields[name].widget.attrs["aria-required"] = "true"

    @property
    def is_from_machine(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


class JoinForm(SetPasswordMixin, _Described):
    """Making the account that an invitation promises."""

    first_name = forms.CharField(label=_("first name"), max_length=150)
    last_name = forms.CharField(label=_("last name"), max_length=150)
    password1, password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        kwargs["initial"] = {
            "first_name": invitation.first_name,
            "last_name": invitation.last_name,
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same one, and a good one."""
        self.validate_passwords()
        found: dict[str, Any] = super().clean() or {}
        user = User(
            email=self.invitation.email,
            first_name=found.get("first_name", ""),
            last_name=found.get("last_name", ""),
        )
        self.validate_password_for_user(user)
        return found


class InvitationForm(WagtailAdminModelForm):
    """Inviting a person."""

    class Meta:
        model = Invitation
        fields = ("email", "first_name", "last_name", "language", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = roles_for(self.for_user)
        self.fields["role"].choices = [
            choice for choice in self.fields["role"].choices if choice[0] in allowed
        ]

    def clean_email(self) -> str:
        """An address that has no account; one that waits for an answer is invited again."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("There is already an account with this address."))
        return email


class DecisionForm(WagtailAdminModelForm):
    """Answering a request for an account."""

    answer = forms.CharField(
        label=_("answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sent to the person if you decline. Say what would help."),
    )

    class Meta:
        model = AccountRequest
        fields = ("answer",)

    def clean(self) -> dict[str, Any]:
        """Declining takes a reason."""
        found: dict[str, Any] = super().clean() or {}
        if "decline" in self.data and not str(found.get("answer", "")).strip():
            self.add_error("answer", _("Say why, so that the person knows what to do."))
        return found
