"""The rules that the table names: whether a role may, with an object of the world.

They say what the design says, not what the code does: nothing of the project is asked here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ANONYMOUS, MEMBER = "anonymous", "member"
OWNER, COAUTHOR, OTHER = "owner", "coauthor", "other"
EDITOR, ADMINISTRATOR = "editor", "administrator"
ROLES = (ANONYMOUS, MEMBER, OWNER, COAUTHOR, OTHER, EDITOR, ADMINISTRATOR)
AUTHORS = {OWNER, COAUTHOR, OTHER}
EDITORS = {EDITOR, ADMINISTRATOR}
STAFF = AUTHORS | EDITORS

RULES: dict[str, Callable[[str, Any], bool]] = {
    "anyone": lambda role, thing: True,
    "nobody": lambda role, thing: False,
    "staff": lambda role, thing: role in STAFF,
    "editors": lambda role, thing: role in EDITORS,
    "administrators": lambda role, thing: role == ADMINISTRATOR,
}


def rule(name: str) -> Callable[[Callable[[str, Any], bool]], Callable[[str, Any], bool]]:
    """Register a rule under the name that the table calls it."""

    def register(function: Callable[[str, Any], bool]) -> Callable[[str, Any], bool]:
        RULES[name] = function
        return function

    return register


# Pages: `people` own or co-author it; `state` is one of world.STATES.


def has_stake(role: str, page: Any) -> bool:
    """Whether the role owns or co-authors the page."""
    return role in page.people


@rule("sees")
def sees(role: str, page: Any) -> bool:
    """Drafts are for their people and for editors."""
    return role in EDITORS or has_stake(role, page)


@rule("knows")
def knows(role: str, page: Any) -> bool:
    """What is live may be known of by everybody who works here; drafts as above."""
    return role in STAFF and (page.is_live or sees(role, page))


@rule("reads")
def reads(role: str, page: Any) -> bool:
    """The public address: what is live; a restricted page for those whom it is restricted to."""
    if page.state == "restricted":
        return role in EDITORS
    return page.is_public


@rule("reads openly")
def reads_openly(role: str, page: Any) -> bool:
    """The public API: what everybody may read."""
    return page.is_public and page.state != "restricted"


@rule("edits")
def edits(role: str, page: Any) -> bool:
    """Its people, unless editors are at it; editors, unless its publication is appointed."""
    if page.state == "scheduled" or (page.state == "review" and role not in EDITORS):
        return False
    return sees(role, page)


@rule("publishes")
def publishes(role: str, page: Any) -> bool:
    """Editors; not what they own, co-author or edited last."""
    return role in EDITORS and not has_stake(role, page) and role != page.edited_last_by


@rule("approves")
def approves(role: str, page: Any) -> bool:
    """As publishing, of a page that waits for it."""
    return page.state == "review" and publishes(role, page)


@rule("returns")
def returns(role: str, page: Any) -> bool:
    """Editors decide on what waits; returning one's own makes nothing public."""
    return page.state == "review" and role in EDITORS


@rule("reviews")
def reviews(role: str, page: Any) -> bool:
    """Editors look at what waits."""
    return page.state == "review" and role in EDITORS


@rule("takes down")
def takes_down(role: str, page: Any) -> bool:
    """An editor takes a model down at once."""
    return role in EDITORS and page.is_live


@rule("moves")
def moves(role: str, page: Any) -> bool:
    """Nobody but editors moves what others find at its place; authors their own drafts."""
    return role in EDITORS or (role == OWNER and role in page.people and not page.is_live)


@rule("orders")
def orders(role: str, page: Any) -> bool:
    """The order below an index page is the editors'."""
    return role in EDITORS


@rule("copies")
def copies(role: str, page: Any) -> bool:
    """Who sees it may have it copied as a draft of one's own."""
    return sees(role, page)


@rule("copies own")
def copies_own(role: str, page: Any) -> bool:
    """Authors copy models of their own."""
    return has_stake(role, page) and page.is_model


@rule("translates")
def translates(role: str, page: Any) -> bool:
    """Editors and administrators translate; an author never, not even one's own."""
    return role in EDITORS


@rule("adapts")
def adapts(role: str, page: Any) -> bool:
    """Whoever writes here starts from a model that everybody may read."""
    return role in STAFF and page.is_model and page.is_public and page.state != "restricted"


@rule("confirms")
def confirms(role: str, page: Any) -> bool:
    """Its people and editors say that a live model still holds."""
    return sees(role, page) and page.is_model and page.is_live


@rule("archives")
def archives(role: str, page: Any) -> bool:
    """Its people and editors lay a live model aside; its address goes on to answer."""
    return confirms(role, page)


@rule("restores")
def restores(role: str, page: Any) -> bool:
    """What comes back from the archive is published."""
    return page.state == "archived" and publishes(role, page)


# Where pages are made: `parent` is a page, `makes` the type.


@rule("adds")
def adds(role: str, place: Any) -> bool:
    """Authors make models; editors what the place holds."""
    if place.kind == "model":
        return role in STAFF and place.holds
    return role in EDITORS and place.holds


@rule("adds something")
def adds_something(role: str, place: Any) -> bool:
    """Whoever may add anything there."""
    return adds(role, place) or (role in EDITORS and place.parent_holds_something)


# Files: `pages` are those that use it, `uploaded_by` a role.


@rule("reads file")
def reads_file(role: str, file: Any) -> bool:
    """Who may read a page that uses it, or see its draft; and who brought it."""
    if role in EDITORS or role == file.uploaded_by:
        return True
    return any(reads(role, page) for page in file.in_public) or any(
        sees(role, page) for page in file.pages
    )


@rule("chooses file")
def chooses_file(role: str, file: Any) -> bool:
    """One's own and what is public; editors everybody's."""
    if role in EDITORS or role == file.uploaded_by:
        return True
    return role in STAFF and any(reads_openly(role, page) for page in file.in_public)


@rule("changes file")
def changes_file(role: str, file: Any) -> bool:
    """One's own until a page relies on it; editors everybody's."""
    if role in EDITORS:
        return True
    return role == file.uploaded_by and not file.is_relied_on


@rule("its account")
def its_account(role: str, thing: Any) -> bool:
    """An import is its account's alone."""
    return role == thing.account
