"""Which pages the public may find."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from search.index import indexes
from search.index.waiting import MAX_WAIT
from search.models import IndexChange

# So many of the latest changes are looked at: of more, counts may be behind for a moment.
LATEST = 1_000

Pages = TypeVar("Pages", bound=PageQuerySet)


def visible(pages: Pages) -> Pages:
    """Of these pages, those anybody may read now.

    Live, not past their expiry (also before the scheduler has unpublished them), and without a
    view restriction (log-in, password or groups) on themselves or on any page above. One query:
    Wagtail's own ``public()`` asks for the restrictions apart.
    """
    # The restricted page's path is looked up and not joined: of a join a database may begin with
    # the pages, and read all of them for each page that is asked about.
    restricted = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")
    restrictions = PageViewRestriction.objects.annotate(
        candidate=ExpressionWrapper(OuterRef("path"), output_field=CharField()),
        restricted=Subquery(restricted),
    ).filter(candidate__startswith=F("restricted"))
    return (
        pages.live()
        .filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))
        .filter(~Exists(restrictions))
    )


def hidden() -> frozenset[int]:
    """Pages that an index may still hold, and that nobody may find any more.

    They were unpublished, restricted or deleted a moment ago, or expired (of that a row tells
    which was added long before); an index that is asked without them counts only what is public.
    One query, and a second one where changes wait: nearly always there are none.
    """
    now = timezone.now()
    # Not those that are only announced: of thousands that are to expire none is looked at.
    near = IndexChange.objects.filter(due_at__lte=now + MAX_WAIT).order_by("-pk")
    waiting = Q(pk__in=near.values("pk")[:LATEST])
    for name in indexes.names():
        # By the index (index, due_at): only what has fallen due is read, the latest first.
        due = IndexChange.objects.filter(index=name, due_at__lte=now).order_by("-due_at")
        waiting |= Q(pk__in=due.values("pk")[:LATEST])
    rows = IndexChange.objects.filter(waiting).order_by().values_list("page_id", flat=True)
    changed = frozenset(rows)
    if not changed:
        return changed
    public = visible(Page.objects.filter(pk__in=changed)).order_by()
    return changed.difference(public.values_list("pk", flat=True))
