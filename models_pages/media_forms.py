"""Forms of pictures and documents.

Tags are the editors': Wagtail shows and completes everybody's to everybody, also those of a file
that only somebody's draft uses.
"""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .permissions import reviews_pages


class _TagsForEditors:
    """Leaves tags out where the account does not see every draft."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]
        if user is not None and not reviews_pages(user):
            self.fields.pop("tags", None)


class PortalImageForm(_TagsForEditors, BaseImageForm):
    """A picture's form."""


class PortalDocumentForm(_TagsForEditors, BaseDocumentForm):
    """A document's form."""
