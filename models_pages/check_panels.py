"""What the content checks found, in the edit form: all of it in one list, and at each section."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from models_pages import checks


class ContentChecksPanel(Panel):
    """Hints about the text, each with a link to its place; a script renews them after a save."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("Hints about the text"))
        kwargs.setdefault("classname", "collapsible")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/content_checks.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["findings"] = findings_of(self.request, self.instance)
            # A view of the layer above; asked by its name.
            context["address"] = reverse("editorial:checks", args=[0])
            return context

        @property
        def media(self) -> Media:
            return Media(
                css={"all": [versioned_static("portal/css/content-checks.css")]},
                js=[versioned_static("portal/js/content-checks.js")],
            )


def findings_of(request: Any, page: Any) -> list[checks.Finding]:
    """What was found in the page, looked for once a request."""
    kept: tuple[Any, list[checks.Finding]] | None = getattr(request, "content_findings", None)
    if kept is None or kept[0] is not page:
        kept = (page, all_findings(page))
        if request is not None:
            request.content_findings = kept
    return kept[1]


def all_findings(page: Any) -> list[checks.Finding]:
    """What the checks find in the text, and the page's dead links."""
    # The models import their panels, so what asks the models is imported by who asks.
    from models_pages.link_checking import findings  # noqa: PLC0415

    found = [*checks.of(page), *findings(page)]
    order = {finding.field: place for place, finding in reversed(list(enumerate(found)))}
    # Those of one section together; there, faults before hints.
    return sorted(found, key=lambda finding: (order[finding.field], not finding.is_warning))


def findings_at(field: str, findings: list[checks.Finding]) -> SafeString:
    """What was found in one section, for its place in the form; an empty place where nothing."""
    items = format_html_join(
        "",
        '<li class="finding{}">{}</li>',
        (
            (" finding--warning" if finding.is_warning else "", finding.message)
            for finding in findings
            if finding.field == field
        ),
    )
    listed = format_html('<ul class="findings">{}</ul>', items) if items else ""
    return format_html('<div class="findings-place" data-findings-of="{}">{}</div>', field, listed)
