"""How often mail comes, among the settings of one's own account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from accounts.models import User


class MailPaceForm(forms.ModelForm):
    """At once or once a day."""

    class Meta:
        model = User
        fields = ["mail_pace"]
        widgets = {"mail_pace": forms.RadioSelect}


class MailPacePanel(BaseSettingsPanel):
    """Shown with the notifications."""

    name = "mail"
    title = _("Mail")
    tab = notifications_tab
    order = 50
    form_class = MailPaceForm
