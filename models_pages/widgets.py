"""Choosing several terms of a long vocabulary: checkboxes that a search field narrows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static


class TermCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes of terms, the chosen first; with scripts a field above narrows them.

    A municipality is told with its county, and the counties stand before municipalities.
    """

    template_name = "models_pages/widgets/term_checkboxes.html"

    @property
    def media(self) -> forms.Media:
        """The script that narrows and the look of the list."""
        return forms.Media(
            js=[versioned_static("portal/js/term-checkboxes.js")],
            css={"all": [versioned_static("portal/css/term-checkboxes.css")]},
        )

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any) -> SafeString:
        return render_to_string(template_name, context)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds ``options``, ordered, each with its label."""
        context = super().get_context(name, value, attrs)
        options = [
            option for _group, group, _index in context["widget"]["optgroups"] for option in group
        ]
        names = {
            option["value"].instance.pk: option["label"]
            for option in options
            if hasattr(option["value"], "instance")
        }
        for option in options:
            parent = getattr(getattr(option["value"], "instance", None), "parent_id", None)
            option["narrower"] = bool(parent)
            if parent in names:
                option["label"] = f"{option['label']} ({names[parent]})"
        options.sort(key=lambda option: (not option["selected"], option["narrower"]))
        context["options"] = options
        return context
