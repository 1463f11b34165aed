"""Where pictures and documents are used: by pages that the public sees, by pages under review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowState

from search.index.visibility import visible


def references(page: Any) -> Iterator[tuple[type[Model], int, str]]:
    """What a page (or a version of it) refers to: model, number and the field that does."""
    # Wagtail has no public call that reads references from a version that is not stored.
    found = ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001
    for content_type_id, pk, model_path, _content_path in found:
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None and str(pk).isdecimal():
            yield model, int(pk), model_path.split(".")[0]


def pages_using(media: Any) -> QuerySet[Page]:
    """Pages whose stored content refers to the document or picture."""
    rows = ReferenceIndex.get_references_to(media).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Page.objects.filter(pk__in=[int(row.object_id) for row in rows])


def used_by(page: Page, model: type[Model]) -> set[int]:
    """Numbers of the documents (or pictures) to which the page's stored content refers."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(model),
    )
    return {int(key) for key in rows.values_list("to_object_id", flat=True)}


def used_in_public(model: type[Model]) -> QuerySet[Any]:
    """Numbers of the documents (or pictures) that some page which anybody may read uses."""
    pages = visible(Page.objects.all()).order_by()
    return (
        ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(model),
            object_id__in=pages.annotate(key=Cast("pk", CharField())).values("key"),
        )
        .annotate(number=Cast("to_object_id", IntegerField()))
        .values("number")
    )


def public_key(media: Any) -> str:
    """Under which name it is remembered for a moment that everybody may see it."""
    return f"picture-is-public:{media.pk}"


def is_public(media: Any) -> bool:
    """Whether a page that anybody may read uses it."""
    return visible(pages_using(media)).exists()


def is_relied_on(media: Any) -> bool:
    """Whether another file in its place would change what is public or what editors decide on.

    So it is where a page uses it that is live, in review or waits for its time; also where only
    the version under review of a live page does, or one that is restored from the archive as it
    was.
    """
    using = pages_using(media)
    pending = _pending()
    public_again = Q(operatingmodelpage__archived_revision__isnull=False)
    if using.filter(Q(live=True) | Q(pk__in=pending) | public_again).exists():
        return True
    wanted = (type(media), media.pk)
    versions = Page.objects.filter(pk__in=pending, live=True).select_related("latest_revision")
    return any(
        (model, pk) == wanted
        for page in versions
        if page.latest_revision
        for model, pk, _field in references(page.latest_revision.as_object())
    )


def _pending() -> set[int]:
    """Pages in review, and pages that wait for their publication time."""
    page_type = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.filter(
        base_content_type=page_type, status=WorkflowState.STATUS_IN_PROGRESS
    )
    scheduled = Revision.objects.filter(
        base_content_type=page_type, approved_go_live_at__isnull=False
    )
    return {
        int(key) for rows in (states, scheduled) for key in rows.values_list("object_id", flat=True)
    }
