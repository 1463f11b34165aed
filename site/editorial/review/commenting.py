"""Mail about comments: to those who may still open the page.

Wagtail writes to whoever asked for it once or took part in a thread, whatever became of their
rights to the page since.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.mail import send_notification
from wagtail.models import Comment, CommentReply, PageSubscription

Changes = dict[str, Any]


def tell(page: Any, by: Any, changes: Changes) -> None:
    """Tell subscribers of all that changed in a page's comments, others of their own threads."""
    touched = {comment.pk for comment in changes["resolved_comments"]}
    touched |= {comment.pk for comment, _replies in changes["new_replies"]}
    if not (changes["new_comments"] or changes["deleted_comments"] or touched):
        return
    subscribed = set(
        PageSubscription.objects.filter(page=page, comment_notifications=True).values_list(
            "user_id", flat=True
        )
    )
    threads = _threads(touched)
    for person in _people(page, by, subscribed | set(threads)):
        only = None if person.pk in subscribed else threads[person.pk]
        context = {"page": page, "editor": by, **_part(changes, only)}
        send_notification([person], "updated_comments", context)


def _threads(touched: set[int]) -> dict[int, set[int]]:
    """Who wrote in which of the comments' threads: numbers of accounts and comments."""
    threads: dict[int, set[int]] = defaultdict(set)
    for user, comment in (
        *Comment.objects.filter(pk__in=touched).values_list("user_id", "pk"),
        *CommentReply.objects.filter(comment__in=touched).values_list("user_id", "comment_id"),
    ):
        threads[user].add(comment)
    return threads


def _people(page: Any, by: Any, numbers: set[int]) -> list[Any]:
    found = get_user_model()._default_manager.filter(pk__in=numbers - {by.pk}, is_active=True)
    return [user for user in found.order_by("pk") if page.permissions_for_user(user).can_edit()]


def _part(changes: Changes, only: set[int] | None) -> Changes:
    """What is told of the changes: all, or what belongs to some threads."""

    def told(comments: Any) -> list[Any]:
        return [comment for comment in comments if only is None or comment.pk in only]

    return {
        "new_comments": told(changes["new_comments"]),
        "resolved_comments": told(changes["resolved_comments"]),
        "deleted_comments": changes["deleted_comments"] if only is None else [],
        "replied_comments": [
            {"comment": comment, "replies": replies}
            for comment, replies in changes["new_replies"]
            if only is None or comment.pk in only
        ],
    }
