"""Reading a page from a revision's content without asking the database for what is known.

A library checks each foreign key of the content with a query of its own. Those of the page as a
whole (its locale, owner, latest revision …) are taken from the stored page afterwards anyway, and
of comments only their places.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME

# What every revision of a page has in common: the stored page knows it.
OF_THE_PAGE = (
    "content_type", "locale", "owner", "locked_by", "alias_of", "latest_revision", "live_revision",
)  # fmt: skip
_OF_A_COMMENT: dict[str, Any] = {
    "page": None, "user": None, "revision_created": None, "resolved_by": None, "replies": [],
}  # fmt: skip


def lean(content: dict[str, Any]) -> dict[str, Any]:
    """The content without the references that are replaced by the stored page's."""
    comments = content.get(COMMENTS_RELATION_NAME)
    slim = {**content, **dict.fromkeys(name for name in OF_THE_PAGE if name in content)}
    if comments:
        slim[COMMENTS_RELATION_NAME] = [{**comment, **_OF_A_COMMENT} for comment in comments]
    return slim
