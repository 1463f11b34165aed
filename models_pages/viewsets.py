"""Vocabularies and section guidance in the admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from .listings import NamedCountPaginator
from .models import Funder, Organisation, Region, SectionGuidance, TargetGroup, Theme
from .models.vocabularies import finnish_sort_key

LANGUAGES = settings.LANGUAGES

_NAMES = MultiFieldPanel(
    [FieldPanel("label_fi"), FieldPanel("label_sv"), FieldPanel("label_en")], _("Names")
)
_SYNONYMS = MultiFieldPanel(
    [FieldPanel("synonyms_fi"), FieldPanel("synonyms_sv"), FieldPanel("synonyms_en")],
    _("Other words for the same"),
    help_text=_(
        "Whoever searches for one of these finds what this term is on, and what uses its name. "
        "Write base forms: search knows the other forms."
    ),
)
_IDENTITY = FieldRowPanel([FieldPanel("slug"), FieldPanel("concept_uri")])


class TermIndexView(IndexView):
    """The list of a vocabulary's terms."""

    paginator_class = NamedCountPaginator

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Wagtail's search, and one by the Finnish name that knows that Ä is ä on SQLite too."""
        if not self.is_searching:
            return queryset
        found: QuerySet[Any] = super().search_queryset(queryset)
        return found | queryset.filter(sort_key__contains=finnish_sort_key(self.search_query))


class TermViewSet(SnippetViewSet):
    """A vocabulary: its terms with how many models use each."""

    list_display = ["label_fi", "label_sv", "label_en", Column("model_count", label=_("Models"))]
    list_per_page = 50
    search_fields = [
        "label_fi",
        "label_sv",
        "label_en",
        "synonyms_fi",
        "synonyms_sv",
        "synonyms_en",
    ]
    ordering = ["sort_key"]
    copy_view_enabled = False
    index_view_class = TermIndexView
    panels = [_NAMES, _SYNONYMS, _IDENTITY]
    models_relation = "operatingmodelpage"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The terms with ``model_count``."""
        terms: QuerySet[Any] = self.model._default_manager.annotate(
            model_count=Count(self.models_relation, distinct=True)
        )
        return terms


class ThemeViewSet(TermViewSet):
    """Themes."""

    model = Theme
    icon = "tag"


class TargetGroupViewSet(TermViewSet):
    """Target groups."""

    model = TargetGroup
    icon = "group"


class RegionViewSet(TermViewSet):
    """Regions: counties, and the municipalities in them."""

    model = Region
    icon = "site"
    list_display = ["label_fi", "kind", "parent", Column("model_count", label=_("Models"))]
    list_filter = ["kind"]
    panels = [
        _NAMES,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        _SYNONYMS,
        _IDENTITY,
    ]
    models_relation = "operating_models"


class FunderViewSet(TermViewSet):
    """Funders."""

    model = Funder
    icon = "pick"


class OrganisationViewSet(TermViewSet):
    """Organisations."""

    model = Organisation
    icon = "home"


class VocabulariesGroup(SnippetViewSetGroup):
    """The vocabularies, in a menu of their own."""

    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 250
    items = (
        ThemeViewSet,
        TargetGroupViewSet,
        RegionViewSet,
        FunderViewSet,
        OrganisationViewSet,
    )


class SectionGuidanceViewSet(SnippetViewSet):
    """Guidance of each section in each language; the rows are fixed."""

    model = SectionGuidance
    icon = "help"
    menu_label = _("Section guidance")
    menu_order = 260
    add_to_settings_menu = True
    list_display = [
        "kind",
        "language",
        "text",
        BooleanColumn("required", label=_("Required")),
    ]
    ordering = ["rank", "position"]
    list_filter = ["language", "required"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [FieldPanel("text"), FieldPanel("example"), FieldPanel("required")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with ``rank``, the portal's order of languages."""
        ranks = [When(language=code, then=rank) for rank, (code, _name) in enumerate(LANGUAGES)]
        rows: QuerySet[Any] = SectionGuidance.objects.annotate(rank=Case(*ranks, default=9))
        return rows
