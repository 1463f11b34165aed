"""What pages hold of a person: models, revisions, comments, co-authorship."""

from __future__ import annotations

from typing import Any

from wagtail.models import Comment, CommentReply, Page, PageLogEntry, PageSubscription, Revision

from accounts import personal_data

from .models import CoAuthor, LicenceAgreement


def _pages(user: Any) -> list[dict[str, Any]]:
    own = Page.objects.filter(owner=user).values_list("pk", "draft_title", "live")
    shared = CoAuthor.objects.filter(user=user).values_list("translation_key", flat=True)
    coauthored = Page.objects.filter(translation_key__in=shared)
    return [
        *({"id": pk, "title": title, "public": live, "part": "owner"} for pk, title, live in own),
        *(
            {"id": pk, "title": title, "public": live, "part": "co-author"}
            for pk, title, live in coauthored.values_list("pk", "draft_title", "live")
        ),
    ]


def _revisions(user: Any) -> list[dict[str, Any]]:
    rows = Revision.objects.filter(user=user).order_by("created_at")
    return [
        {"id": pk, "of": of, "at": at.isoformat(), "as": title}
        for pk, of, at, title in rows.values_list("pk", "object_id", "created_at", "object_str")
    ]


def _comments(user: Any) -> list[dict[str, Any]]:
    kinds: tuple[Any, ...] = (Comment, CommentReply)
    return [
        {"at": one.created_at.isoformat(), "text": one.text}
        for kind in kinds
        for one in kind.objects.filter(user=user).order_by("created_at")
    ]


def _actions(user: Any) -> list[dict[str, Any]]:
    return [
        {"at": one.timestamp.isoformat(), "action": one.action, "of": one.label}
        for one in PageLogEntry.objects.filter(user=user).order_by("timestamp")
    ]


def _agreements(user: Any) -> list[dict[str, Any]]:
    return [
        {"at": one.at.isoformat(), "of": one.page_title, "licence": one.licence}
        for one in LicenceAgreement.objects.filter(user=user).order_by("at")
    ]


def _erase_parts(user: Any) -> None:
    """No rights and no mail are left; owned pages stay, for somebody else to take."""
    CoAuthor.objects.filter(user=user).delete()
    PageSubscription.objects.filter(user=user).delete()
    for entry in PageLogEntry.objects.filter(action__startswith="mallisto.coauthors"):
        if _named(entry.data, user.email):
            entry.data = _without(entry.data, user.email)
            entry.save(update_fields=["data"])


def _named(data: Any, email: str) -> bool:
    if isinstance(data, dict):
        return any(_named(value, email) for value in data.values())
    if isinstance(data, list):
        return any(_named(value, email) for value in data)
    return bool(data == email)


def _without(data: Any, email: str) -> Any:
    if isinstance(data, dict):
        return {key: _without(value, email) for key, value in data.items()}
    if isinstance(data, list):
        return [_without(value, email) for value in data]
    return "" if data == email else data


def connect() -> None:
    """Register what this package holds."""
    personal_data.register("pages", _pages, _erase_parts)
    personal_data.register("revisions", _revisions)
    personal_data.register("comments", _comments)
    personal_data.register("actions", _actions)
    personal_data.register("licence_agreements", _agreements)
