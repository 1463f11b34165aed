"""What an editor is asked when deciding on a page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """Approving; a word to the author is welcome."""

    comment = forms.CharField(
        label=_("Comment to the author"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ReturnForm(ApprovalForm):
    """Returning; the author is told why."""

    comment = forms.CharField(
        label=_("Reason, for the author"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What should be mended before the page can be published?"),
    )
