"""Pages that a page refers to, as the public may see them."""

from __future__ import annotations

from typing import Any

from search.index.visibility import visible


def shown_of(related: Any) -> Any:
    """Of a page's related pages, those anybody may read now; a queryset.

    A draft's relation is a list in memory; only the database knows what is public.
    """
    chosen = [page.pk for page in related.all()]
    return visible(related.model.objects.filter(pk__in=chosen))
