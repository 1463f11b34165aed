"""The edit form of pages, which knows what a page lacks for publication."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from models_pages import agreeing, completeness
from models_pages.formset_rows import know_rows
from models_pages.models.agreement import LicenceAgreement
from models_pages.references import refuse_foreign
from models_pages.sections import BY_KEY
from models_pages.shown_again import show_nothing_foreign

_SUBMITS = ("action-submit", "action-restart-workflow")
_ASKS_FOR_PUBLICATION = ("action-publish", *_SUBMITS)


class PortalPageForm(WagtailAdminPageForm):
    """Saves drafts with anything missing; submitting, approving and publishing ask for all."""

    lacking: Sequence[completeness.Missing] = ()
    only_lacks = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # Scripts fill it from the title; without them the page does when it is saved.
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The address; that of a page nobody has read yet gives way where another page has it.

        Two models of one name are normal. An error would stop an author's autosave, and tell of
        somebody else's draft.
        """
        slug = str(self.cleaned_data["slug"])
        if not slug or self.instance.first_published_at is not None:
            return slug
        number, free = 1, slug
        while not Page._slug_is_available(free, self.parent_page, self.instance):  # noqa: SLF001
            number += 1
            free = f"{slug[:250]}-{number}"
        return free

    def asks_for_publication(self) -> bool:
        """Whether the button that was pressed leads towards publication.

        The view has deferred what is required where it takes the button as a save, for example
        because the account may not publish.
        """
        if self.is_deferred_validation:
            return False
        if any(self.data.get(name) for name in _ASKS_FOR_PUBLICATION):
            return True
        return bool(
            self.data.get("action-workflow-action")
            and self.data.get("workflow-action-name") == "approve"
        )

    def is_valid(self) -> bool:
        """Wagtail's checks, and completeness where publication is asked for.

        Returning a page or withdrawing it asks no more than a save does.
        """
        asks = self.asks_for_publication()
        if not asks:
            self.defer_required_fields()
        if self.is_bound:
            for formset in self.formsets.values():
                know_rows(formset)
        valid = super().is_valid()
        if self.is_bound and refuse_foreign(self):
            valid = False
        if self.is_bound and not valid:
            show_nothing_foreign(self)
        if not (asks and self.is_bound):
            return valid
        self.lacking = [*completeness.missing(self.submitted_page()), *self.unconfirmed()]
        self.only_lacks = valid and bool(self.lacking)
        for item in self.lacking:
            self._add_at_its_place(item)
        return valid and not self.lacking

    def unconfirmed(self) -> list[completeness.Missing]:
        """What the person has to say beside what is written."""
        return []

    def submitted_page(self) -> Any:
        """The page as the form would save it; as it is stored, before anything was posted."""
        if not hasattr(self, "cleaned_data"):
            return self.instance
        return completeness.SubmittedPage(self.instance, self._values())

    def _add_at_its_place(self, item: completeness.Missing) -> None:
        if item.field in self.formsets:
            self.formsets[item.field].non_form_errors().append(str(item))
        elif item.field in self.fields and item.field not in self.errors:
            self.add_error(item.field, str(item))

    def _values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        for name, formset in self.formsets.items():
            if name == "comments":
                continue
            values[name] = [
                form.instance
                for form in formset.forms
                if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
            ]
        return values


class OperatingModelForm(PortalPageForm):
    """The model's form."""

    agreed = forms.BooleanField(label=agreeing.LABEL, help_text=agreeing.HELP, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "agreed" in self.fields and self.instance.pk and self.for_user:
            self.initial["agreed"] = LicenceAgreement.is_given(self.instance, self.for_user)
        if not len(self.instance.unplaced):
            # Not shown then, and a field that is not shown must not be read.
            self.fields.pop("unplaced", None)
        if not self.is_bound:
            self._offer_texts()

    def clean_title(self) -> str:
        """The name, on one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def unconfirmed(self) -> list[completeness.Missing]:
        """The licence, where the model is submitted; whoever decides has not to accept it."""
        submits = any(self.data.get(name) for name in _SUBMITS)
        if not submits or self.cleaned_data.get("agreed"):
            return []
        return [completeness.Missing("agreed", agreeing.MISSING)]

    def _offer_texts(self) -> None:
        """Let every empty section begin with an empty text, to write at once.

        What stays blank is left out when the form is sent (``SectionBlock``).
        """
        for key in BY_KEY:
            stream = getattr(self.instance, key)
            if key in self.fields and not len(stream):
                # With an id, by which the form's parts name each other.
                offered = [("paragraph", RichText(""), str(uuid.uuid4()))]
                self.initial[key] = StreamValue(stream.stream_block, offered)
