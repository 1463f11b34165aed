"""What every page of the portal shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Revision, Site

from models_pages import completeness, renditions
from models_pages.doors import shows_draft_of
from models_pages.forms import PortalPageForm
from models_pages.permissions import PortalPagePermissionTester
from models_pages.publication import (
    refuse_going_live_without_right,
    refuse_publishing_without_right,
)
from models_pages.related import Related, related_of_many
from models_pages.revision_content import lean
from models_pages.steps import keep_autosave_found, may_replace, note_again, remember_step
from models_pages.translation import CarriedRelationsMixin

OPEN_GRAPH_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
PROMOTE_PANELS = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
        _("For search engines"),
    ),
]


class PortalPage(CarriedRelationsMixin, Page):
    """An abstract page: what it lacks is asked before it goes public, and expiry holds at once."""

    base_form_class = PortalPageForm
    promote_panels = PROMOTE_PANELS
    # See admin_search.
    search_auto_update = False
    override_translatable_fields: ClassVar[list[Any]] = []
    # Open Graph's type of the page.
    sharing_type = "website"
    # What was asked of the database beforehand for the search documents of many pages.
    search_related: Related | None = None

    # The sitting in which the page is being edited (a token of its form), and whether the form
    # saves by itself: kept with the revision that is saved.
    editing_step = ""
    is_autosave = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PortalPagePermissionTester:
        """What the account may do to this page, co-authorship counted in."""
        return PortalPagePermissionTester(user, self)

    @classmethod
    def prepare_search(cls, pages: Sequence[Any]) -> None:
        """Ask the database at once for what these stored pages' search documents need."""
        for page, related in zip(pages, related_of_many(pages), strict=True):
            page.search_related = related

    # Publication

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and refuse to make public what is not ready, or not theirs to publish.

        Raises ``PublicationRefused``, and ``PermissionDenied`` where the account that asks may
        not publish here. A live page that lacks what was required only later may still be saved
        as it was (locked, moved): it is asked at its next publication.
        """
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "live" in fields):
            refuse_going_live_without_right(self)
            self._refuse_if_incomplete()
        return super().save(*args, **kwargs)

    def _refuse_if_incomplete(self) -> None:
        lacking = completeness.missing(self)
        if not lacking:
            return
        stored = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and stored.live and stored.live_revision_id == self.live_revision_id:
            before = {str(item) for item in completeness.missing(stored)}
            if all(str(item) in before for item in lacking):
                return
        raise completeness.PublicationRefused(self, lacking)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a revision, and remember in which editing step.

        A revision is overwritten only where it is the latest, and an autosave of the same step
        on which nobody has built yet; else a new one is added, and nothing is lost.
        """
        if overwrite_revision is not None and not may_replace(self, overwrite_revision):
            overwrite_revision = None
        if overwrite_revision is not None and kwargs.get("log_action"):
            note_again(overwrite_revision, kwargs.get("user"))
            kwargs["log_action"] = False
        revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        if self.editing_step and overwrite_revision is None:
            remember_step(self, revision)
        if self.is_autosave:
            keep_autosave_found(self)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """The page as the content has it, with what the stored page has for all revisions."""
        page = super().with_content_json(lean(content))
        page.live_revision_id = self.live_revision_id
        page._cached_parent_obj = self.get_parent()  # noqa: SLF001 (as treebeard keeps it)
        return page

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish or schedule a revision, unless its content is not ready for it.

        Raises ``PublicationRefused``, and ``PermissionDenied`` where the account may not: the
        ``user``, or whoever asks, where a library publishes without naming anybody.
        """
        content = revision.as_object()
        if lacking := completeness.missing(content):
            raise completeness.PublicationRefused(content, lacking)
        if user is None and not kwargs.get("skip_permission_checks"):
            refuse_publishing_without_right(self, revision)
        return super().publish(revision, user=user, **kwargs)

    publish.alters_data = True  # type: ignore[attr-defined]

    def publish_reviewed(
        self, revision: Any, *, user: Any = None, go_live_at: datetime | None = None
    ) -> None:
        """Publish the revision that was approved, or make an appointment for it.

        The revision stays as the editor saw it: its appointment stands beside it. Rights are not
        asked: a decision was made.
        """
        action = PublishPageRevisionAction(revision, user=user)
        if lacking := completeness.missing(action.object):
            raise completeness.PublicationRefused(action.object, lacking)
        if go_live_at is not None:
            action.object.go_live_at = go_live_at
        action.execute(skip_permission_checks=True)

    publish_reviewed.alters_data = True  # type: ignore[attr-defined]

    def get_scheduled_revision_as_object(self) -> Any:
        """The revision that has an appointment, with the time of that appointment."""
        scheduled = super().get_scheduled_revision_as_object()
        if scheduled:
            scheduled.go_live_at = self.scheduled_revision.approved_go_live_at
        return scheduled

    @property
    def has_expired(self) -> bool:
        """Whether the page's time is over, also before the scheduler has taken it down."""
        return self.expired or bool(self.expire_at and self.expire_at <= timezone.now())

    # What templates show

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``breadcrumbs``, ``languages`` and ``seo`` to Wagtail's context."""
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        translations = self.public_translations()
        context["languages"] = self.language_links(request, translations)
        context["seo"] = self.seo(request, translations)
        return context

    def breadcrumbs(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Title and address of each page from home to the parent."""
        ancestors = self.get_ancestors().filter(depth__gt=1).live()
        ancestors = ancestors.exclude(expire_at__lte=timezone.now())
        return [(page.title, page.get_url(request) or "") for page in ancestors]

    def public_translations(self) -> dict[str, Page]:
        """The page's live, public versions by language, its own included."""
        pages = (
            Page.objects.filter(translation_key=self.translation_key)
            .live()
            .public()
            .exclude(expire_at__lte=timezone.now())
            .select_related("locale")
        )
        return {page.locale.language_code: page for page in pages}

    def language_links(
        self, request: HttpRequest, translations: dict[str, Page]
    ) -> list[dict[str, Any]]:
        """The languages of the portal, each with the page's version in it or that home page."""
        own = self.locale.language_code
        links = []
        for code, name in settings.LANGUAGES:
            page = translations.get(code)
            links.append(
                {
                    "code": code,
                    "name": name,
                    "url": (page.get_url(request) if page else None) or f"/{code}/",
                    "is_current": code == own,
                    "is_translated": page is not None or code == own,
                }
            )
        return links

    def seo(self, request: HttpRequest, translations: dict[str, Page]) -> dict[str, Any]:
        """Canonical address, alternates by language, description and picture for sharing."""
        alternates = [(code, page.get_full_url(request)) for code, page in translations.items()]
        return {
            "title": self.seo_title or self.title,
            "type": self.sharing_type,
            "locale": OPEN_GRAPH_LOCALES.get(self.locale.language_code, "fi_FI"),
            "canonical": self.get_full_url(request),
            "alternates": alternates if len(alternates) > 1 else [],
            "description": self.search_description or self.summary_text(),
            "image": self.sharing_image(request),
        }

    def summary_text(self) -> str:
        """A sentence or two about the page, as plain text."""
        return ""

    def sharing_image(self, request: HttpRequest) -> dict[str, Any] | None:
        """The cover as ``{url, alt}`` with a full address; ``None`` where there is none."""
        cover = getattr(self, "cover_image", None)
        if cover is None:
            return None
        site = Site.find_for_request(request)
        try:
            rendition = cover.get_rendition(renditions.SHARING)
        except SourceImageIOError:
            # Its file is gone; making renditions at publication has logged it.
            return None
        root = site.root_url if site else ""
        return {"url": f"{root}{rendition.url}", "alt": getattr(self, "cover_alt", "")}

    def get_admin_display_title(self) -> str:
        """The draft's title; a page without one is told apart by its type.

        Who may not see the draft is told the public title.
        """
        if self.live and self.draft_title != self.title and not shows_draft_of(self):
            return self.title
        return super().get_admin_display_title() or str(self._meta.verbose_name)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Nothing for an expired page."""
        return [] if self.has_expired else super().get_sitemap_urls(request)
