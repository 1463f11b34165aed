"""The texts of review that administrators edit: the checklist and the ready-made phrases."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..models.checklist import ChecklistQuestion
from ..models.phrase import ReviewPhrase


class ChecklistViewSet(SnippetViewSet):
    """The checklist's questions."""

    model = ChecklistQuestion
    icon = "list-ul"
    menu_label = gettext_lazy("Checklist")
    list_display = [
        "question",
        "language",
        BooleanColumn("required", label=gettext_lazy("Required for approval")),
    ]
    list_filter = ["language"]
    list_per_page = 50
    search_fields = ["question", "guidance"]
    sort_order_field = "position"
    copy_view_enabled = True
    panels = [
        FieldPanel("language"),
        FieldPanel("question"),
        FieldPanel("guidance"),
        FieldPanel("required"),
    ]


class PhraseViewSet(SnippetViewSet):
    """The ready-made phrases."""

    model = ReviewPhrase
    icon = "openquote"
    menu_label = gettext_lazy("Phrases")
    list_display = ["label", "language", "text"]
    list_filter = ["language"]
    list_per_page = 50
    search_fields = ["label", "text"]
    sort_order_field = "position"
    panels = [FieldPanel("language"), FieldPanel("label"), FieldPanel("text")]


class ReviewTextsGroup(SnippetViewSetGroup):
    """Both, in the menu of settings."""

    menu_label = gettext_lazy("Texts of review")
    menu_icon = "list-ul"
    menu_order = 270
    add_to_settings_menu = True
    items = (ChecklistViewSet, PhraseViewSet)


def provision() -> None:
    """The lists that a new portal starts with; one that somebody wrote or emptied stays so."""
    lists: tuple[tuple[Any, Any], ...] = (
        (ChecklistQuestion, _questions),
        (ReviewPhrase, _phrases),
    )
    for model, defaults in lists:
        edited = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        if model._default_manager.exists() or edited.exists():
            continue
        rows = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                rows += [
                    model(language=code, position=position, **fields)
                    for position, fields in enumerate(defaults())
                ]
        model._default_manager.bulk_create(rows)


def _questions() -> list[dict[str, Any]]:
    return [
        {
            "question": _("Can a reader tell what is done, by whom and for whom?"),
            "guidance": _("Somebody who does not know the work should understand it in one go."),
            "required": True,
        },
        {
            "question": _("Are the results told as they are?"),
            "guidance": _("Where they come from, and also what did not work."),
            "required": True,
        },
        {
            "question": _("Can nobody’s private matters be recognised from the text or pictures?"),
            "guidance": _("Clients, families and rare situations in small places."),
            "required": True,
        },
        {"question": _("Have the people named on the page agreed to it?"), "guidance": ""},
        {"question": _("Is this a model of its own, not one that is published already?")},
        {"question": _("Do the links and attachments open, and are they the right ones?")},
    ]


def _phrases() -> list[dict[str, Any]]:
    return [
        {
            "label": _("Results"),
            "text": _(
                "Tell more about the results: what changed, how you know it, and what did not work."
            ),
        },
        {
            "label": _("Basic idea"),
            "text": _(
                "Describe the basic idea so that a colleague elsewhere could repeat it: what is "
                "done, who does it and in which order."
            ),
        },
        {
            "label": _("Plain language"),
            "text": _(
                "Use plain language: explain abbreviations and the names of local services, and "
                "prefer short sentences."
            ),
        },
        {
            "label": _("Privacy"),
            "text": _(
                "A person could be recognised from the text. Tell it so that nobody can be "
                "recognised."
            ),
        },
        {
            "label": _("Similar model"),
            "text": _(
                "A similar model is published already. Tell what is different in yours, or start "
                "your version from that one."
            ),
        },
        {
            "label": _("Pictures"),
            "text": _("Check that you may use the pictures, and describe what each one shows."),
        },
    ]
