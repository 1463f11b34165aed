"""How long a model holds, and what becomes of it: confirmed, overdue, archived, succeeded.

What is said of a model here is said of the model, not of a revision: publishing an older
revision does not take a confirmation back.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail.url_routing import RouteResult

from models_pages.confirmation import Validity, began, state


class LastingMixin(models.Model):
    """A page that is confirmed now and then, and archived in the end."""

    # The day from which the time counts: of the last publication or confirmation. With an index,
    # so that every list of what is due is one query, whatever time the settings give.
    valid_since = models.DateField(null=True, blank=True, editable=False, db_index=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What was public until then, and would be again.
    archived_revision = models.ForeignKey(
        Revision, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    archive_note = models.TextField(
        _("note for readers"), blank=True, editable=False, max_length=1000
    )
    successor = models.ForeignKey(
        "models_pages.OperatingModelPage",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="predecessors",
    )

    ARCHIVE_FIELDS = (
        "archived_at",
        "archived_by",
        "archived_revision",
        "archive_note",
        "successor",
    )
    # A copy is a model of its own, which nobody has confirmed or archived yet.
    exclude_fields_in_copy = ["confirmed_on", "valid_since", *ARCHIVE_FIELDS]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; who is public is not archived, and holds from the last publication on."""
        page: Any = self
        fields = kwargs.get("update_fields")
        if page.live and fields is None:
            page.valid_since = began(page) or page.valid_since or timezone.localdate()
            page.forget_archiving()
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision's page, with what is said of the model whichever revision is shown."""
        page = super().with_content_json(content)  # type: ignore[misc]
        own: Any = self
        page.confirmed_on = own.confirmed_on or page.confirmed_on
        page.valid_since = self.valid_since
        for name in self.ARCHIVE_FIELDS:
            attribute = own._meta.get_field(name).attname
            setattr(page, attribute, getattr(own, attribute))
        return page

    def forget_archiving(self) -> None:
        """As if it had never been archived; not saved."""
        self.archived_at = self.archived_by = self.archived_revision = self.successor = None
        self.archive_note = ""

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The page, and its address also when it is archived: so that readers learn what became."""
        page: Any = self
        if self.is_archived and page.first_published_at:
            if path_components not in ([], [page.path_suffix]):
                raise Http404
            return RouteResult(self)
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; where it is archived, a note in its place.

        410 tells search engines to forget it at once, and readers get a page all the same.
        """
        if not self.is_archived:
            answer: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]
            return answer
        page: Any = self
        successor = page.successor
        if successor is not None and not type(page).shown().filter(pk=successor.pk).exists():
            successor = None
        context = page.get_context(request)
        # Without them the page says that it is not for search engines.
        context.update(successor=successor, seo={})
        template = "models_pages/operating_model_archived.html"
        gone = TemplateResponse(request, template, context, status=410)
        gone["X-Robots-Tag"] = "noindex"
        return gone

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of public view for good."""
        return self.archived_at is not None and not self.live  # type: ignore[attr-defined]

    @cached_property
    def validity(self) -> Validity:
        """Whether the model still holds, as far as anybody has said."""
        return state(self)
