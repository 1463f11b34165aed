"""What the vocabularies, phases and collections give to search: names and synonyms of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Q, Value
from django.db.models.signals import post_save, pre_delete
from django.utils import translation
from wagtail.models import PageViewRestriction

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
from .models.vocabularies import other_names

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


# What a concept needs of a term, beside its facet and the region around it.
_NAMES = tuple(f"{kind}_{code}" for code in LANGUAGES for kind in ("label", "synonyms"))


class TermVocabularies:
    """The vocabularies of terms."""

    def concepts(self) -> Iterable[Concept]:
        """Every term, in its vocabulary's order; all of them by one query."""
        first, *others = (_rows(key, model) for key, model in TERMS.items())
        rows: Any = first.union(*others, all=True).order_by("sort_key", "slug")
        for facet, parent, slug, uri, _sort_key, *texts in rows:
            names = dict(zip(_NAMES, texts, strict=True))
            yield Concept(
                key=facet,
                value=slug,
                labels={code: label for code in LANGUAGES if (label := names[f"label_{code}"])},
                synonyms={code: other_names(names[f"synonyms_{code}"]) for code in LANGUAGES},
                parent=parent,
                uri=uri,
            )


def _rows(key: str, model: type[Term]) -> Any:
    terms: Any = model._default_manager.order_by()
    around = F("parent__slug") if model is Region else Value(None, CharField())
    terms = terms.annotate(facet=Value(key, CharField()), around=around)
    return terms.values_list("facet", "around", "slug", "concept_uri", "sort_key", *_NAMES)


class PhaseVocabulary:
    """The phases of development, in their order."""

    def concepts(self) -> Iterable[Concept]:
        """The fixed phases with their names."""
        for phase in OperatingModelPage.Phase:
            labels = {}
            for code in LANGUAGES:
                with translation.override(code):
                    labels[code] = str(phase.label)
            yield Concept(key="phase", value=phase.value, labels=labels)


class CollectionVocabulary:
    """The live collections, each with its titles in every language that it has."""

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
                key="collection",
                value=named.slug,
                labels={code: page.title for code, page in titles.items()},
            )


def connect() -> None:
    """Register the vocabularies; a term's change marks the pages that use it."""
    vocabularies.register(TermVocabularies(), *TERMS.values())
    for key, model in TERMS.items():
        for signal in (post_save, pre_delete):
            signal.connect(_mark_users, sender=model, dispatch_uid=f"{signal}.{key}")
    vocabularies.register(PhaseVocabulary())
    vocabularies.register(CollectionVocabulary(), CollectionPage, PageViewRestriction)
    changes.register_namers(_models_in)
    # Afterwards nobody knows which models were in it.
    pre_delete.connect(_mark_models, sender=CollectionPage, dispatch_uid="search.collection")


def _models_in(page_ids: frozenset[int]) -> Iterable[int]:
    """The models that name a collection among these pages, in whatever language it is."""
    keys = CollectionPage.objects.filter(pk__in=page_ids).values("translation_key")
    models = OperatingModelPage.objects.filter(live=True, collections__translation_key__in=keys)
    return set(models.order_by().values_list("pk", flat=True))


def _mark_models(instance: CollectionPage, **kwargs: Any) -> None:
    changes.mark(_models_in(frozenset([instance.pk])))


def _mark_users(
    sender: type[Term], instance: Term, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if created or raw:
        return
    field = next(_FIELDS[key] for key, model in TERMS.items() if model is sender)
    for page_type in (OperatingModelPage, CollectionPage, NetworkPage):
        if field in {f.name for f in page_type._meta.many_to_many}:
            used = Q(**{field: instance.pk})
            if sender is Region:
                # A county's name stands in the models of its municipalities.
                used |= Q(**{f"{field}__parent": instance.pk})
            pages: Any = page_type._default_manager.filter(used, live=True)
            changes.mark(set(pages.order_by().values_list("pk", flat=True)))
