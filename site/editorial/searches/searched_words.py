"""The form that a report of searches opens: with the words that were searched for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.admin.views.generic import CreateView

from search.models.pins import MAX_WORDS


class SearchedWordsCreateView(CreateView):
    """Adding what is to be done about words; the report of searches brings them."""

    def get_initial(self) -> dict[str, Any]:
        """The words and language of the address."""
        initial = {**super().get_initial(), "words": self.request.GET.get("words", "")[:MAX_WORDS]}
        language = self.request.GET.get("language", "")
        if language in dict(settings.LANGUAGES):
            initial["language"] = language
        return initial
