"""What the vocabularies, phases and collections give to search: names and synonyms of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.utils import translation

from search import vocabularies
from search.documents import Concept
from search.index import changes
from search.index.visibility import visible

from .models import (
    CollectionPage,
    Funder,
    NetworkPage,
    OperatingModelPage,
    Organisation,
    Region,
    TargetGroup,
    Term,
    Theme,
)

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
TERMS: dict[str, type[Term]] = {
    "theme": Theme,
    "target_group": TargetGroup,
    "region": Region,
    "funder": Funder,
    "organisation": Organisation,
}
_FIELDS = {
    "theme": "themes",
    "target_group": "target_groups",
    "region": "regions",
    "funder": "funders",
    "organisation": "organisations",
}


class TermVocabulary:
    """A vocabulary of terms."""

    def __init__(self, key: str, model: type[Term]) -> None:
        self.key = key
        self._model = model

    def concepts(self) -> Iterable[Concept]:
        """Every term, in its vocabulary's order."""
        terms: Any = self._model._default_manager.all()
        if self._model is Region:
            terms = terms.select_related("parent")
        for term in terms:
            parent = getattr(term, "parent", None)
            yield Concept(
                key=self.key,
                value=term.slug,
                labels=term.labels(),
                synonyms={code: term.synonyms(code) for code in LANGUAGES},
                parent=parent.slug if parent else None,
            )


class PhaseVocabulary:
    """The phases of development, in their order."""

    key = "phase"

    def concepts(self) -> Iterable[Concept]:
        """The fixed phases with their names."""
        for phase in OperatingModelPage.Phase:
            labels = {}
            for code in LANGUAGES:
                with translation.override(code):
                    labels[code] = str(phase.label)
            yield Concept(key=self.key, value=phase.value, labels=labels)


class CollectionVocabulary:
    """The live collections, each with its titles in every language that it has."""

    key = "collection"

    def concepts(self) -> Iterable[Concept]:
        """Every live collection with its titles."""
        versions: dict[Any, list[CollectionPage]] = {}
        shown = visible(CollectionPage.objects.all())
        for page in shown.select_related("locale").order_by("pk"):
            versions.setdefault(page.translation_key, []).append(page)
        for pages in versions.values():
            titles = {page.locale.language_code: page for page in pages}
            named = titles.get("fi") or pages[0]
            yield Concept(
                key=self.key,
                value=named.slug,
                labels={code: page.title for code, page in titles.items()},
            )


def connect() -> None:
    """Register the vocabularies; a term's change marks the pages that use it."""
    for key, model in TERMS.items():
        vocabularies.register(TermVocabulary(key, model), model)
        for signal in (post_save, pre_delete):
            signal.connect(_mark_users, sender=model, dispatch_uid=f"{signal}.{key}")
    vocabularies.register(PhaseVocabulary())
    vocabularies.register(CollectionVocabulary(), CollectionPage)


def _mark_users(
    sender: type[Term], instance: Term, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if created or raw:
        return
    field = next(_FIELDS[key] for key, model in TERMS.items() if model is sender)
    for page_type in (OperatingModelPage, CollectionPage, NetworkPage):
        if field in {f.name for f in page_type._meta.many_to_many}:
            pages: Any = page_type._default_manager.filter(**{field: instance.pk}, live=True)
            changes.mark(pages.values_list("pk", flat=True))
