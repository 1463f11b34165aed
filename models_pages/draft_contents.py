"""What the drafts of many models say, for lists that tell what each lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.fields import StreamField

from .completeness import DraftContent
from .models import ModelAuthor, OperatingModelPage
from .written import raw_blocks


def draft_contents(pages: Sequence[Any]) -> dict[int, DraftContent]:
    """The content of each model's draft by the page's number; come with ``latest_revision``.

    Of models that were stored without a version, as a load in bulk does, it is the stored text:
    three queries for all of them together, and none where there are no such models.
    """
    found = {
        page.pk: DraftContent(page, page.latest_revision.content)
        for page in pages
        if page.latest_revision is not None
    }
    return found | _stored([page.pk for page in pages if page.pk not in found])


def _stored(numbers: list[int]) -> dict[int, DraftContent]:
    if not numbers:
        return {}
    # Of what is related it is only asked whether there is any.
    regions = OperatingModelPage.regions.through.objects.filter(operatingmodelpage__in=numbers)
    with_regions = set(regions.values_list("operatingmodelpage_id", flat=True))
    authors = ModelAuthor.objects.filter(page__in=numbers)
    with_authors = set(authors.values_list("page_id", flat=True))
    fields = OperatingModelPage._meta.get_fields()
    streams = [field.name for field in fields if isinstance(field, StreamField)]
    return {
        page.pk: DraftContent(
            page,
            {
                "regions": with_regions & {page.pk},
                "authors": with_authors & {page.pk},
                "cover_image": page.cover_image_id,
                **{name: raw_blocks(getattr(page, name)) for name in streams},
            },
        )
        for page in OperatingModelPage.objects.filter(pk__in=numbers).select_related("locale")
    }
