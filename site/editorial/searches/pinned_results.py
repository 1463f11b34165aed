"""The admin's list and forms of pinned results."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from models_pages.listings import NamedCountIndexView
from search.models import PinnedResult

from .searched_words import SearchedWordsCreateView


class PinnedResultViewSet(ModelViewSet):
    """Pages that come first for words that readers search for."""

    model = PinnedResult
    name = "search_pins"
    url_prefix = "search/pins"
    icon = "thumbtack"
    menu_label = _("Pinned results")
    copy_view_enabled = False
    index_view_class = NamedCountIndexView
    add_view_class = SearchedWordsCreateView
    list_display = [
        "words",
        Column("language", label=_("Reader's language"), accessor="get_language_display"),
        Column("page", label=_("Page that comes first")),
        "position",
        "until",
    ]
    list_filter = ["language"]
    search_fields = ["words"]
    search_backend_name = None
    panels = [
        FieldPanel("words"),
        FieldPanel("language"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("until")]),
    ]
