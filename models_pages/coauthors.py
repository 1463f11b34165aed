"""Who co-authors a page: adding, removing, leaving, handing over. All is logged, and told by mail.

Whoever names an e-mail address learns nothing of it: an address without an account is kept as an
invitation, is shown as co-authors are, and becomes a co-author when its person logs in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, PageSubscription

from . import coauthor_news as news
from .models.coauthor import CoAuthor, CoAuthorInvitation, coauthored_keys

# So many may write one page, and so many addresses may wait that one person has named.
MOST_PEOPLE = 50
MOST_INVITED = 50


class NotAdded(Exception):
    """Nobody was added; the message says why, and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Person:
    """A co-author as the page's people see it: ``name`` only of whom they have worked with."""

    email: str
    name: str
    since: datetime
    is_offered_ownership: bool


def people(page: Page) -> list[Person]:
    """Co-authors and invited addresses by e-mail, so that nobody sees which are which."""
    known = {user.pk for user in _who_wrote([page])}
    rows = [
        Person(
            row.user.email,
            row.user.get_full_name() if row.user_id in known else "",
            row.added_at,
            row.is_offered_ownership,
        )
        for row in _coauthors(page).select_related("user")
    ]
    rows += [
        Person(row.email, "", row.invited_at, row.is_offered_ownership)
        for row in _invitations(page)
    ]
    return sorted(rows, key=lambda person: person.email)


def coauthors(page: Page) -> list[Any]:
    """The accounts that co-author the page, by e-mail."""
    rows = _coauthors(page).select_related("user")
    return [row.user for row in rows.order_by("user__email")]


@transaction.atomic
def add(page: Page, text: str, by: Any) -> str:
    """Add the person of this e-mail address, or of this name; returns the address.

    A name is looked for among those with whom the account has written before, and nowhere else:
    who has an account is nobody's business. Raises ``NotAdded``.
    """
    email = _address(text.strip(), by)
    account = get_user_model()._default_manager.filter(email=email, is_active=True).first()
    if account is not None and account.pk == page.owner_id:
        raise NotAdded(_("The model is theirs already."))
    named = _coauthors(page).filter(user__email=email).exists()
    if named or _invitations(page).filter(email=email).exists():
        raise NotAdded(_("They are on the list already."))
    if _coauthors(page).count() + _invitations(page).count() >= MOST_PEOPLE:
        raise NotAdded(_("The list is full. Remove somebody first."))
    if CoAuthorInvitation.objects.filter(invited_by=by).count() >= MOST_INVITED:
        raise NotAdded(
            _("Many of those whom you have named have not logged in yet. Ask them to do so first.")
        )
    if account is not None:
        CoAuthor.objects.create(translation_key=page.translation_key, user=account, added_by=by)
        news.added(page, account, by)
    else:
        CoAuthorInvitation.objects.create(
            translation_key=page.translation_key, email=email, invited_by=by
        )
        news.invited(email, by)
    news.list_grew(page, email, by)
    _log(page, by, added=[email])
    return email


@transaction.atomic
def remove(page: Page, email: str, by: Any) -> bool:
    """Take somebody off the list, with all rights at once; false where nobody was on it."""
    account = get_user_model()._default_manager.filter(email=email).first()
    gone, _rows = _invitations(page).filter(email=email).delete()
    if account is not None and _coauthors(page).filter(user=account).exists():
        _shut_out(page, {account.pk})
        gone = 1
        if account.pk != by.pk:
            news.removed(page, account, by)
    if gone:
        news.list_shrank(page, email, by)
        _log(page, by, removed=[email])
    return bool(gone)


@transaction.atomic
def offer_ownership(page: Page, email: str, by: Any) -> bool:
    """Offer the page to somebody on the list, and to nobody else; they accept it or do not."""
    withdraw_offer(page)
    offered = _coauthors(page).filter(user__email=email).update(is_offered_ownership=True)
    offered += _invitations(page).filter(email=email).update(is_offered_ownership=True)
    for row in _coauthors(page).filter(is_offered_ownership=True).select_related("user"):
        news.offered(page, row.user, by)
    if offered:
        _log(page, by, offered=[email])
    return bool(offered)


def withdraw_offer(page: Page) -> None:
    """Nobody is offered the page any more."""
    for rows in (_coauthors(page), _invitations(page)):
        rows.filter(is_offered_ownership=True).update(is_offered_ownership=False)


@transaction.atomic
def accept_ownership(page: Page, user: Any) -> bool:
    """Make the account the owner, in every language; the former owner becomes a co-author.

    False where it is not offered.
    """
    offer = _coauthors(page).select_for_update().filter(user=user, is_offered_ownership=True)
    if not offer.exists():
        return False
    former = page.owner
    for translation in Page.objects.filter(translation_key=page.translation_key):
        if translation.owner_id == page.owner_id:
            Page.objects.filter(pk=translation.pk).update(owner=user)
    offer.delete()
    page.owner = user
    if former is not None and former.is_active:
        CoAuthor.objects.get_or_create(translation_key=page.translation_key, user=former)
        news.handed_over(page, former, user)
    _log(page, user, handed_over=[user.email])
    return True


@transaction.atomic
def decline_ownership(page: Page, user: Any) -> None:
    """Stay a co-author."""
    rows = _coauthors(page).filter(user=user, is_offered_ownership=True)
    if rows.update(is_offered_ownership=False):
        news.declined(page, user)


def offers_to(user: Any) -> list[Any]:
    """Pages whose ownership the account is offered: to co-authors only, so others cost no query."""
    if not coauthored_keys(user):
        return []
    keys = CoAuthor.objects.filter(user=user, is_offered_ownership=True).values("translation_key")
    pages: dict[Any, Any] = {}
    found = Page.objects.filter(translation_key__in=keys).select_related("owner").order_by("pk")
    for page in found:
        pages.setdefault(page.translation_key, page)
    return list(pages.values())


@transaction.atomic
def accept_invitations(user: Any) -> int:
    """Make the account a co-author of what its address was invited to; returns of how many."""
    rows = list(CoAuthorInvitation.objects.filter(email=user.email))
    for row in rows:
        CoAuthor.objects.get_or_create(
            translation_key=row.translation_key,
            user=user,
            defaults={
                "added_by": row.invited_by,
                "is_offered_ownership": row.is_offered_ownership,
            },
        )
    CoAuthorInvitation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def set_coauthors(page: Page, users: Iterable[Any], by: Any = None) -> None:
    """Make these accounts, and no others, the page's co-authors; logged, and told to nobody."""
    wanted = {user.pk: user for user in users if user.pk != page.owner_id}
    present = set(_coauthors(page).values_list("user_id", flat=True))
    removed = present - set(wanted)
    _shut_out(page, removed)
    added = [user for pk, user in wanted.items() if pk not in present]
    for user in added:
        CoAuthor.objects.create(translation_key=page.translation_key, user=user, added_by=by)
    if (added or removed) and page.pk:
        _log(page, by, co_authors=[user.email for user in wanted.values()])


def _coauthors(page: Page) -> Any:
    return CoAuthor.objects.filter(translation_key=page.translation_key)


def _invitations(page: Page) -> Any:
    return CoAuthorInvitation.objects.filter(translation_key=page.translation_key)


def _shut_out(page: Page, users: Iterable[int]) -> None:
    """Take their rights from these accounts, and what Wagtail would go on telling them."""
    gone = list(users)
    _coauthors(page).filter(user_id__in=gone).delete()
    # Wagtail mails comments to whoever asked for them once, without asking for rights again.
    PageSubscription.objects.filter(
        page__translation_key=page.translation_key, user_id__in=gone
    ).delete()
    pages = Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    EditingSession.objects.filter(
        user_id__in=gone, object_id__in=[str(pk) for pk in pages]
    ).delete()


def _address(text: str, by: Any) -> str:
    if "@" in text:
        email = text.lower()
        try:
            validate_email(email)
        except ValidationError:
            raise NotAdded(
                _("This is no e-mail address. Write it whole, as in name@example.org.")
            ) from None
        if len(email) > 254:
            raise NotAdded(_("The e-mail address is too long."))
        return email
    named = [user for user in _known_to(by) if user.get_full_name().casefold() == text.casefold()]
    if not text or len(named) != 1:
        raise NotAdded(
            _(
                "We found nobody, or several people, of this name among those with whom you have "
                "written. Give the person's e-mail address."
            )
        )
    return str(named[0].email)


def _known_to(user: Any) -> list[Any]:
    """Those with whom the account has written: owners and writers of the pages that are also its.

    Not whoever stands on a list: an address alone tells no name.
    """
    own = Q(owner_id=user.pk) | Q(translation_key__in=coauthored_keys(user))
    pages = Page.objects.filter(own)
    owners = get_user_model()._default_manager.filter(
        pk__in=pages.order_by().values("owner_id"), is_active=True
    )
    found = {one.pk: one for one in [*owners, *_who_wrote(pages)] if one.pk != user.pk}
    return list(found.values())


def _who_wrote(pages: Any) -> Any:
    """Active accounts that have saved one of the pages, and co-author one or own one."""
    keys = [page.translation_key for page in pages] if isinstance(pages, list) else None
    chosen = Page.objects.filter(translation_key__in=keys) if keys is not None else pages
    writers = PageLogEntry.objects.filter(
        action__in=("wagtail.edit", "wagtail.create"), page__in=chosen.order_by().values("pk")
    )
    co_authors = CoAuthor.objects.filter(
        translation_key__in=chosen.order_by().values("translation_key")
    )
    return (
        get_user_model()
        ._default_manager.filter(
            is_active=True,
            pk__in=writers.order_by().values("user_id"),
            co_authorships__in=co_authors,
        )
        .distinct()
    )


def _log(page: Page, by: Any, **data: list[str]) -> None:
    log(
        instance=page,
        action="mallisto.coauthors",
        user=by,
        data={name: sorted(emails) for name, emails in data.items()},
    )
