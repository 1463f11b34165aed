"""What an editor is asked in the review view: the decision with its reason, and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import section_comments
from .checklist import Asked
from .phrases import with_phrases

# What the form says, and what the workflow calls it.
ACTIONS = {"approve": "approve", "schedule": "approve", "return": "reject", "decline": "decline"}
NEEDS_REASON = {"return", "decline"}
REASON_LENGTH = 10_000


class DecisionForm(forms.Form):
    """A decision on the revision that the editor saw."""

    decision = forms.ChoiceField(
        choices=[(name, name) for name in ACTIONS],
        error_messages={"required": _("Choose what you decide.")},
    )
    revision_id = forms.IntegerField(
        min_value=1,
        max_value=2**62,
        error_messages={"required": _("Open the page again: the form had lost the version.")},
    )
    go_live_at = forms.DateTimeField(
        label=_("Date and time of publication"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )
    reason = forms.CharField(
        label=_("Message to the author"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(
        self, *args: Any, answers: Sequence[Asked] = (), language: str = "fi", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.language = language

    def clean(self) -> dict[str, Any]:
        """Put chosen phrases into the reason; ask for what the decision needs."""
        data: dict[str, Any] = super().clean() or {}
        decision = data.get("decision")
        chosen = self.data.getlist("phrases") if isinstance(self.data, QueryDict) else []
        if "reason" in data:
            data["reason"] = with_phrases(data["reason"], chosen, self.language)
            if decision in NEEDS_REASON and not data["reason"]:
                self.add_error("reason", _("Tell the author why, or choose a ready-made phrase."))
        if decision == "schedule" and "go_live_at" in data:
            if data["go_live_at"] is None:
                self.add_error("go_live_at", _("Give the date and time of publication."))
            elif data["go_live_at"] <= timezone.now():
                self.add_error("go_live_at", _("The time has passed. Give a later one."))
        if decision in {"approve", "schedule"} and any(item.is_open for item in self.answers):
            self.add_error(
                None, _("Answer the questions of the checklist that are marked as required.")
            )
        return data


class CommentForm(forms.Form):
    """A comment on a section."""

    field = forms.ChoiceField(label=_("Section"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=section_comments.LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the comment first.")},
    )

    prefix = "comment"

    def __init__(self, page: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["field"]
        choice.choices = section_comments.fields(page)
