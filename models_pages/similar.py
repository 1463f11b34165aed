"""Models that resemble a model: for its reader, and for the author of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.utils import translation

from search.index import answering
from search.index.visibility import visible

SHOWN = 4
# Some of those found are left out: translations, pages of other types, what is public no more.
_ASKED = 12
CACHE_SECONDS = 600


def similar_models(page: Any) -> list[Any]:
    """Public models most like this public one, in its language, the most alike first.

    Which they are is asked of the index once in ``CACHE_SECONDS``; whether the public may see
    them is asked of the database each time. Two queries. Empty where no index answers.
    """
    key = f"similar.{page.pk}.{page.live_revision_id}"
    ids: Sequence[int] | None = cache.get(key)
    if ids is None:
        ids = answering.ask_local_first(lambda engine: engine.similar(page.pk, _ASKED))
        if ids is None:
            return []
        cache.set(key, ids, CACHE_SECONDS)
    return _shown(page, ids)


def models_like_draft(draft: Any) -> list[Any] | None:
    """Public models most like an author's draft as it is now; ``None`` where no index answers.

    The draft's text goes to the index as a question, and stays nowhere.
    """
    with translation.override(draft.locale.language_code):
        document = replace(draft.search_document(), url="")
    ids = answering.ask_local_first(lambda engine: engine.similar_to(document, _ASKED))
    return None if ids is None else _shown(draft, ids)


def _shown(page: Any, ids: Sequence[int]) -> list[Any]:
    if not ids:
        return []
    models = (
        visible(type(page).objects.filter(pk__in=list(ids), locale_id=page.locale_id))
        .exclude(translation_key=page.translation_key)
        .select_related("locale")
        .prefetch_related("regions")
    )
    found = {model.pk: model for model in models}
    return [found[pk] for pk in ids if pk in found][:SHOWN]
