"""In the admin: what editors tell search, other words for what readers ask and own words."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from models_pages.listings import NamedCountIndexView
from search.models import OwnWord, SearchSynonym

from .pinned_results import PinnedResultViewSet
from .searched_words import SearchedWordsCreateView


class SynonymViewSet(ModelViewSet):
    """Other words for what readers search for."""

    model = SearchSynonym
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "order"
    menu_label = _("Synonyms")
    copy_view_enabled = False
    index_view_class = NamedCountIndexView
    add_view_class = SearchedWordsCreateView
    list_display = [
        "__str__",
        Column("others", label=_("What to search for as well")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        BooleanColumn("both_ways", label=_("Both ways")),
    ]
    list_filter = ["language"]
    search_fields = ["words", "other_words"]
    search_backend_name = None
    panels = [
        FieldPanel("language"),
        FieldPanel("words"),
        FieldPanel("other_words"),
        FieldPanel("both_ways"),
        HelpPanel(
            heading=_("When it works"),
            content=_(
                "A synonym works within a minute. A word that means the same as a theme, target "
                "group or region is better written among that term's own synonyms."
            ),
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the address at which the report's links add a synonym."""
        return [*super().get_urlpatterns(), path("add/", self.add_view)]


def _takes_effect(message: str) -> str:
    told = gettext(
        "Search takes the change into account when its index has been made anew: by itself, in a "
        "few minutes."
    )
    return f"{message} {told}"


class OwnWordCreateView(CreateView):
    """Adding an own word."""

    def get_success_message(self, instance: OwnWord) -> str:
        """Wagtail's message, and when it takes effect."""
        return _takes_effect(super().get_success_message(instance))


class OwnWordEditView(EditView):
    """Changing an own word."""

    def get_success_message(self) -> str:
        """Wagtail's message, and when it takes effect."""
        return _takes_effect(super().get_success_message())


class OwnWordDeleteView(DeleteView):
    """Removing an own word."""

    def get_success_message(self) -> str:
        """Wagtail's message, and when it takes effect."""
        return _takes_effect(super().get_success_message())


class OwnWordViewSet(ModelViewSet):
    """Words of the field that no dictionary has."""

    model = OwnWord
    name = "search_own_words"
    url_prefix = "search/own-words"
    icon = "doc-full"
    menu_label = _("Own words")
    copy_view_enabled = False
    index_view_class = NamedCountIndexView
    add_view_class = OwnWordCreateView
    edit_view_class = OwnWordEditView
    delete_view_class = OwnWordDeleteView
    list_display = ["word"]
    search_fields = ["word"]
    search_backend_name = None
    panels = [
        FieldPanel("word"),
        HelpPanel(
            heading=_("When it is of use"),
            content=_(
                "Search knows the words of the dictionary in all their forms, and takes compounds "
                "apart by itself. The base form of a word that it does not know it has to guess. "
                "Add a word here where its other forms are not found. A change takes effect when "
                "the search index has been made anew. That happens by itself a few minutes after "
                "the last change; searching works meanwhile."
            ),
        ),
    ]


class SearchWordsGroup(ViewSetGroup):
    """What editors do for readers' searches, in a menu of their own."""

    menu_label = _("Search upkeep")
    menu_icon = "search"
    menu_order = 255
    items = (SynonymViewSet, OwnWordViewSet, PinnedResultViewSet)
