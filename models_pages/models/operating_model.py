"""Operating models: what authors describe, editors approve and the public reads."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin

from models_pages.blocks import (
    AttachmentsBlock,
    FurtherSectionsBlock,
    SectionBlock,
    plain_text,
)
from models_pages.comparison import compare
from models_pages.documents import model_document
from models_pages.family import comparison_path, family
from models_pages.forms import OperatingModelForm
from models_pages.model_views import facts, further_sections, path_parts, summary_sections
from models_pages.sections import BY_KEY, COMPARISON_VIEW, PATH_VIEW
from models_pages.similar import similar_models
from models_pages.translation import carried, synchronised
from models_pages.written import is_written
from search.documents import Document

from .base import PortalPage
from .cover import CoverMixin
from .gathering import IndexMixin
from .lasting import LastingMixin
from .operating_model_panels import EDIT_HANDLER
from .shown import ShownMixin

PER_PAGE = 20


def _path_url(url: str | None, language: str) -> str:
    return f"{url or ''}{PATH_VIEW.get(language, PATH_VIEW['fi'])}/"


def _section(key: str) -> StreamField:
    return StreamField(SectionBlock(), verbose_name=BY_KEY[key].heading, blank=True)


class OperatingModelIndexPage(IndexMixin, PortalPage):
    """The list of every model."""

    searchable = False
    parent_page_types = ["models_pages.HomePage"]
    subpage_types = ["models_pages.OperatingModelPage"]
    max_count_per_parent = 1
    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of operating models")
        verbose_name_plural = _("lists of operating models")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``models``, a page of those that the public may see, the newest first."""
        context = super().get_context(request, *args, **kwargs)
        order = ("-last_published_at", "pk")
        ids = OperatingModelPage.shown_pages().child_of(self).order_by(*order)
        page = Paginator(ids.values_list("pk", flat=True), PER_PAGE).get_page(
            request.GET.get("page")
        )
        page.object_list = (
            OperatingModelPage.shown()
            .filter(pk__in=list(page.object_list))
            .order_by(*order)
            .defer_streamfields()
        )
        context["models"] = page
        context["search_url"] = reverse("search:search")
        return context

    def summary_text(self) -> str:
        """The introduction."""
        return self.introduction


class OperatingModelPage(LastingMixin, RoutablePageMixin, ShownMixin, CoverMixin, PortalPage):
    """A written-down way of working that somebody developed, tried and evaluated."""

    class Phase(models.TextChoices):
        """How far the development has come; the keys are fixed."""

        IDEA = "idea", _("Idea")
        PLANNING = "planning", _("Planning")
        TRIAL = "trial", _("Trial")
        IN_USE = "in_use", _("In use")
        ESTABLISHED = "established", _("Established")

    class Licence(models.TextChoices):
        """On what terms others may use the text."""

        CC_BY = "cc-by-4.0", _("CC BY 4.0: use freely, name the authors")
        CC_BY_SA = (
            "cc-by-sa-4.0",
            _("CC BY-SA 4.0: use freely, name the authors, share on the same terms"),
        )
        CC0 = "cc0-1.0", _("CC0 1.0: use freely")
        OTHER = "other", _("Other terms, told in the text")

    short_description = RichTextField(
        _("short description"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("What the model is and for whom, in one to three sentences."),
    )
    place = models.TextField(_("place of implementation"), blank=True)
    regions = ParentalManyToManyField(
        "models_pages.Region",
        verbose_name=_("regions"),
        blank=True,
        related_name="operating_models",
    )
    other_regions = models.TextField(
        _("other regions"), blank=True, help_text=_("Regions that the list lacks, one per line.")
    )
    funders = ParentalManyToManyField("models_pages.Funder", verbose_name=_("funders"), blank=True)
    other_funders = models.TextField(
        _("other funders"), blank=True, help_text=_("Funders that the list lacks, one per line.")
    )
    collections = ParentalManyToManyField(
        "models_pages.CollectionPage",
        verbose_name=pgettext_lazy("programme", "collections"),
        blank=True,
        limit_choices_to={"live": True},
        related_name="operating_models",
    )
    networks = ParentalManyToManyField(
        "models_pages.NetworkPage",
        verbose_name=_("networks"),
        blank=True,
        limit_choices_to={"live": True},
        related_name="operating_models",
    )
    organisations = ParentalManyToManyField(
        "models_pages.Organisation", verbose_name=_("organisations"), blank=True
    )
    themes = ParentalManyToManyField("models_pages.Theme", verbose_name=_("themes"), blank=True)
    target_groups = ParentalManyToManyField(
        "models_pages.TargetGroup", verbose_name=_("target groups"), blank=True
    )
    phase = models.CharField(
        _("phase of the development"), max_length=20, choices=Phase.choices, blank=True
    )
    created_on = models.DateField(_("created"), null=True, blank=True)
    edited_on = models.DateField(_("last edited"), null=True, blank=True)
    confirmed_on = models.DateField(
        _("last confirmed valid"),
        null=True,
        blank=True,
        help_text=_("When somebody who knows last checked that the model still holds."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY
    )
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)
    adapted_from = models.ForeignKey(
        "self",
        verbose_name=_("adapted from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adaptations",
    )
    attachments = StreamField(
        AttachmentsBlock(), verbose_name=_("attachments and links"), blank=True
    )
    unplaced = StreamField(
        SectionBlock(),
        verbose_name=_("Text without a place"),
        blank=True,
        help_text=_(
            "The import could not tell where this belongs. Move each piece to its section, "
            "or delete it. The model cannot be published while there is something here."
        ),
    )

    environment = _section("environment")
    starting_point = _section("starting_point")
    needs = _section("needs")
    developers = _section("developers")
    intended_change = _section("intended_change")
    measuring = _section("measuring")
    target_group = _section("target_group")
    ideas = _section("ideas")
    trial = _section("trial")
    basic_idea = _section("basic_idea")
    conditions = _section("conditions")
    tips = _section("tips")
    evaluation = _section("evaluation")
    further_sections = StreamField(
        FurtherSectionsBlock(), verbose_name=_("further sections"), blank=True
    )

    parent_page_types = ["models_pages.OperatingModelIndexPage"]
    subpage_types: list[str] = []
    sharing_type = "article"
    base_form_class = OperatingModelForm
    override_translatable_fields = carried(
        "regions", "funders", "collections", "networks", "organisations", "themes",
        "target_groups",
    )  # fmt: skip

    edit_handler = EDIT_HANDLER

    preview_modes = [("", _("Summary")), ("path", _("Development path"))]

    class Meta:
        verbose_name = _("operating model")
        verbose_name_plural = _("operating models")

    @property
    def is_evaluated(self) -> bool:
        """Whether the results of an evaluation are told: of something that was tried.

        A model that is an idea or a plan may tell how it will be evaluated; that is no result.
        """
        return self.tells_results(self.evaluation)

    def tells_results(self, evaluation: Any) -> bool:
        """Whether such a stream in the section of evaluation tells results of this model's."""
        tried = {self.Phase.TRIAL, self.Phase.IN_USE, self.Phase.ESTABLISHED}
        return self.phase in tried and is_written(evaluation)

    @property
    def path_suffix(self) -> str:
        """What follows the page's address to its development path, without slashes."""
        return PATH_VIEW.get(self.locale.language_code, PATH_VIEW["fi"])

    @re_path(rf"^({'|'.join(PATH_VIEW.values())})/$", name="path_view")
    def path_view(self, request: HttpRequest, suffix: str) -> HttpResponse:
        """The development path; another language's address leads to this language's."""
        if suffix != self.path_suffix:
            return redirect(f"{self.get_url(request)}{self.path_suffix}/", permanent=True)
        return self.render(
            request,
            template="models_pages/operating_model_path.html",
            context_overrides=self.path_context(request),
        )

    @re_path(rf"^({'|'.join(COMPARISON_VIEW.values())})/([0-9]{{1,9}})/$", name="comparison")
    def comparison_view(self, request: HttpRequest, suffix: str, other: str) -> HttpResponse:
        """What differs between this model and another public one."""
        second = OperatingModelPage.shown().filter(pk=int(other)).exclude(pk=self.pk).first()
        if second is None:
            raise Http404("There is no other public model of this number.")
        if suffix != COMPARISON_VIEW[self.locale.language_code]:
            path = comparison_path(self, second)
            return redirect(f"{self.get_url(request)}{path}", permanent=True)
        return self.render(
            request,
            template="models_pages/comparison.html",
            context_overrides={
                "second": second,
                "sections": compare(self, second),
                "is_comparison": True,
                # One of very many views of what stands elsewhere: not for search engines.
                "seo": None,
            },
        )

    def get_route_paths(self) -> list[str]:
        """Both views' paths, for the redirects that a rename or move leaves."""
        return [*super().get_route_paths(), f"/{self.path_suffix}/"]

    def path_context(self, request: HttpRequest) -> dict[str, Any]:
        """``parts`` and ``further``; canonical and language addresses of this view."""
        translations = self.public_translations()
        seo = self.seo(request, translations)
        return {
            "parts": path_parts(self),
            "further": further_sections(self),
            "is_path_view": True,
            "languages": [
                {**link, "url": _path_url(link["url"], link["code"])}
                if link["is_translated"]
                else link
                for link in self.language_links(request, translations)
            ],
            "seo": {
                **seo,
                "canonical": _path_url(seo["canonical"], self.locale.language_code),
                "alternates": [(code, _path_url(url, code)) for code, url in seo["alternates"]],
            },
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``sections`` of the summary, ``facts``, ``path_url`` and ``similar`` models."""
        context = super().get_context(request, *args, **kwargs)
        url = self.get_url(request) or ""
        is_preview = getattr(request, "is_preview", False)
        context.update(
            sections=summary_sections(self),
            facts=facts(self),
            path_url=f"{url}{self.path_suffix}/",
            summary_url=url,
            is_evaluated=self.is_evaluated,
            # Asked only where a template shows them; a preview has no readers.
            family=SimpleLazyObject(lambda: family(self)),
            similar=[] if is_preview else SimpleLazyObject(lambda: similar_models(self)),
        )
        return context

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Both views."""
        summary = super().get_sitemap_urls(request)
        path = [
            {**entry, "location": _path_url(entry["location"], self.locale.language_code)}
            for entry in summary
        ]
        return [*summary, *path]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Either view; a routable page of Wagtail's knows only the first."""
        if mode_name == "path":
            answer: HttpResponse = self.path_view(request, self.path_suffix)
            return answer
        return super().serve_preview(request, mode_name)

    def summary_text(self) -> str:
        """The short description as plain text."""
        return plain_text(self.short_description)

    def search_document(self) -> Document:
        """The model as search sees it."""
        return model_document(self)


class ModelAuthor(TranslatableMixin, Orderable):
    """A person named as an author on the page; not the account that owns it."""

    page = ParentalKey(OperatingModelPage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=200)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Shown publicly. Not required.")
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("contact")])]
    override_translatable_fields = synchronised("name", "contact")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> ModelAuthor:
        """The author as a revision has it; its page and locale are the revision's page's."""
        del check_fks
        return model_from_serializable_data(cls, data, check_fks=False, strict_fks=strict_fks)
