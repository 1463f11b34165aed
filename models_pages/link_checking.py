"""The periodic look at links: which are due, politely one after another, and what is told.

Off unless ``LINK_CHECKS`` is set, for it makes requests to other sites. Only links of public
models are asked for: a draft's addresses are nobody's business.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_pages.checks import link_requests
from models_pages.checks.finding import Finding
from models_pages.checks.links import links_of
from models_pages.models import OperatingModelPage
from models_pages.models.checked_link import CheckedLink, LinksGathered, LinkUse, key_of
from models_pages.sections import BY_KEY
from search.index.visibility import visible

logger = logging.getLogger("mallisto.links")

AGAIN = timedelta(days=7)  # how often a link is looked at, and how far two failures are apart
MAX_LINKS = 500  # in one run
MAX_PAGES = 500

WHY: dict[str, Promise] = {
    link_requests.GONE: gettext_lazy("The page is not there any more."),
    link_requests.SERVER_ERROR: gettext_lazy("The site answers with an error."),
    link_requests.NO_HOST: gettext_lazy("There is no such site."),
    link_requests.NO_ANSWER: gettext_lazy("The site does not answer."),
    link_requests.NOT_PUBLIC: gettext_lazy("The address works only inside a network."),
    link_requests.UNSAFE: gettext_lazy("The site's certificate is not valid."),
    link_requests.LOOP: gettext_lazy("The site sends from address to address without end."),
}


@dataclass(slots=True)
class LinkRun:
    """What a run did."""

    gathered: int = 0
    checked: int = 0
    failing: int = 0
    dead: int = 0


def check_links(
    now: datetime | None = None, wait: Callable[[float], object] = time.sleep
) -> LinkRun:
    """Gather the links of what was published since, and look at those that are due.

    Does nothing unless ``LINK_CHECKS`` is set. ``wait`` pauses for so many seconds; where it
    gives something true, the run ends.
    """
    run = LinkRun()
    if not settings.LINK_CHECKS:
        return run
    now = now or timezone.now()
    run.gathered = _gather(now)
    last: dict[str, float] = {}
    for link in _due(now):
        host = urlsplit(link.url).netloc
        pause = settings.LINK_CHECK_PAUSE - (time.monotonic() - last[host]) if host in last else 0
        if pause > 0 and wait(pause):
            break
        outcome = link_requests.look(
            link.url,
            agent=f"Mallisto link check (+{settings.WAGTAILADMIN_BASE_URL})",
            private_hosts=settings.LINK_CHECK_PRIVATE_HOSTS,
        )
        last[host] = time.monotonic()
        _note(link, outcome, now)
        run.checked += 1
        run.failing += outcome != link_requests.OK
        run.dead += link.is_dead
    return run


def _due(now: datetime) -> list[CheckedLink]:
    """The links to look at, those of one host far from each other."""
    due = list(
        CheckedLink.objects.filter(next_check_at__lte=now).order_by("next_check_at", "pk")[
            :MAX_LINKS
        ]
    )
    turns: dict[str, int] = {}
    turn_of = {}
    for link in due:
        host = urlsplit(link.url).netloc
        turn_of[link.pk] = turns[host] = turns.get(host, 0) + 1
    return sorted(due, key=lambda link: turn_of[link.pk])


def _note(link: CheckedLink, outcome: str, now: datetime) -> None:
    """Keep what came of it; a link is dead at its second failure, a week after the first."""
    link.checked_at, link.outcome, link.next_check_at = now, outcome, now + AGAIN
    if outcome == link_requests.OK:
        link.failing_since, link.is_dead = None, False
    elif link.failing_since is None:
        link.failing_since = now
    elif now - link.failing_since >= AGAIN:
        link.is_dead = True
    link.save()


def _gather(now: datetime) -> int:
    """Bring the table of links up to date with what is public; how many models were read."""
    public = visible(OperatingModelPage.objects.all())
    LinksGathered.objects.exclude(page__in=public).delete()
    LinkUse.objects.exclude(page__in=public).delete()
    stale = public.filter(
        Q(links_gathered=None)
        | ~Q(links_gathered__version=F("last_published_at"))
        | Q(links_gathered__version=None)
    )
    number = 0
    for page in stale.order_by("pk")[:MAX_PAGES]:
        _gather_of(page, now)
        number += 1
    CheckedLink.objects.filter(uses=None).delete()
    return number


@transaction.atomic
def _gather_of(page: Any, now: datetime) -> None:
    wanted = links_of(page)
    keys = {url: key_of(url) for _field, url in wanted}
    CheckedLink.objects.bulk_create(
        [CheckedLink(key=key, url=url, next_check_at=now) for url, key in keys.items()],
        ignore_conflicts=True,
    )
    numbers = dict(CheckedLink.objects.filter(key__in=keys.values()).values_list("key", "pk"))
    page.link_uses.all().delete()
    LinkUse.objects.bulk_create(
        LinkUse(page=page, field=field, link_id=numbers[keys[url]]) for field, url in wanted
    )
    LinksGathered.objects.update_or_create(page=page, defaults={"version": page.last_published_at})


def dead_uses(pages: Any = None) -> Any:
    """Where dead links are: of these models, or of all; the longest dead first."""
    uses = LinkUse.objects.filter(link__is_dead=True).select_related("link", "page")
    if pages is not None:
        uses = uses.filter(page__in=pages)
    return uses.order_by("link__failing_since", "page__title", "pk")


def why(outcome: str) -> str:
    """What is wrong with a link, in the current language."""
    return str(WHY.get(outcome, ""))


def findings(page: Any) -> list[Finding]:
    """The page's dead links as findings of its sections; one query."""
    if not page.pk:
        return []
    message = _("This link leads nowhere: %(url)s. %(why)s")
    return [
        Finding(
            use.field,
            section_of(use.field),
            "dead_link",
            message % {"url": use.link.url, "why": why(use.link.outcome)},
        )
        for use in LinkUse.objects.filter(link__is_dead=True, page_id=page.pk)
        .select_related("link")
        .order_by("pk")
    ]


def section_of(field: str) -> str:
    """The name of a part of a model's form."""
    if field in BY_KEY:
        return str(BY_KEY[field].heading)
    name = str(OperatingModelPage._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]
