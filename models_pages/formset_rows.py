"""Rows of a form that its page has already: known without asking the database for each."""

from __future__ import annotations

from typing import Any

from django.forms.models import BaseModelFormSet, ModelChoiceField
from django.forms.widgets import HiddenInput


class _RowField(ModelChoiceField):
    """The number of a row; Django would ask for every row by itself."""

    known: dict[str, Any]
    is_deferred_validation: bool

    def to_python(self, value: Any) -> Any:
        """The row of that number: the page's own, else a stored one."""
        row = self.known.get(str(value))
        return super().to_python(value) if row is None else row


def know_rows(formset: BaseModelFormSet) -> None:
    """Let the formset, and those inside it, take the page's own rows as they are."""
    model: Any = formset.model
    name = model._meta.pk.name
    known = {str(row.pk): row for row in formset.get_queryset() if row.pk is not None}
    for form in formset.forms:
        asked = form.fields.get(name)
        if type(asked) is ModelChoiceField:
            field = _RowField(
                asked.queryset, initial=asked.initial, required=False, widget=HiddenInput
            )
            field.known = known
            # A save of a draft has marked its fields already, and takes the marks away again.
            if hasattr(asked, "is_deferred_validation"):
                field.is_deferred_validation = asked.is_deferred_validation
            form.fields[name] = field
        for inner in getattr(form, "formsets", {}).values():
            know_rows(inner)
