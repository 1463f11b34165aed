"""Names in a page text to the terms, pages and accounts that the portal knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model

from models_pages.models import (
    CollectionPage,
    Funder,
    NetworkPage,
    Organisation,
    Region,
    Term,
)

from .imported import ImportedModel, Note

_PARENTHESES = re.compile(r"^(.+?)\s*\(([^()]+)\)$")
_SEPARATORS = re.compile(r"\s*[,;]\s*")
_REGION_KINDS = ("national", "county", "municipality", "other")


@dataclass(slots=True)
class Known:
    """What a text names that the portal knows, and what it does not."""

    regions: list[Term] = field(default_factory=list)
    other_regions: list[str] = field(default_factory=list)
    funders: list[Term] = field(default_factory=list)
    other_funders: list[str] = field(default_factory=list)
    organisations: list[Term] = field(default_factory=list)
    collections: list[CollectionPage] = field(default_factory=list)
    networks: list[NetworkPage] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def _norm(name: str) -> str:
    return " ".join(name.split()).casefold()


class TermNames:
    """Every name of a vocabulary's terms, in every language; labels go before synonyms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.labels: dict[str, Term] = {}
        self.synonyms: dict[str, Term] = {}
        for term in terms:
            labels = set(term.labels().values())
            for label in labels:
                self.labels.setdefault(_norm(label), term)
            for synonym in term.names():
                self.synonyms.setdefault(_norm(synonym), term)

    def find(self, text: str) -> list[Term]:
        """The terms that the text names: one, several with commas between, or none."""
        term = self._one(text)
        if term is not None:
            return [term]
        parts = [part for part in _SEPARATORS.split(text) if part]
        found = [self._one(part) for part in parts] if len(parts) > 1 else []
        terms = [term for term in found if term is not None]
        return terms if len(terms) == len(parts) else []

    def is_label(self, text: str) -> bool:
        """Whether the text is a term's own name, rather than another word for it."""
        return _norm(text) in self.labels

    def _one(self, text: str) -> Term | None:
        name = _norm(text)
        term = self.labels.get(name) or self.synonyms.get(name)
        match = _PARENTHESES.match(name)
        if term is None and match:
            # "Ministry (M)": a known term only where it goes by both names, or words are lost.
            term = self.synonyms.get(match[1])
            if term is not self.synonyms.get(match[2]):
                return None
        return term


class Vocabulary:
    """What an import looks names up in; read once a run."""

    def __init__(self) -> None:
        regions = sorted(Region.objects.all(), key=lambda region: _REGION_KINDS.index(region.kind))
        self.regions = TermNames(regions)
        self.funders = TermNames(Funder.objects.all())
        self.organisations = TermNames(Organisation.objects.all())
        self.collections = {_norm(p.title): p for p in CollectionPage.objects.live()}
        self.networks = {_norm(p.title): p for p in NetworkPage.objects.live()}
        users = get_user_model()._default_manager.filter(is_active=True)
        self.accounts = {_norm(user.get_full_name()) for user in users}

    def look_up(self, model: ImportedModel) -> Known:
        """Find what is known, note what is not, and leave unplaced what has no field for it."""
        known = Known()
        known.regions = self._terms(model, model.regions, self.regions, "region")
        known.other_regions = self._others(model.regions, self.regions)
        known.funders = self._terms(model, model.funders, self.funders, "funder")
        known.other_funders = self._others(model.funders, self.funders)
        known.organisations = self._terms(
            model, model.organisations, self.organisations, "organisation"
        )
        lost = self._others(model.organisations, self.organisations)
        for names, pages, kind in (
            (model.collections, self.collections, "collection"),
            (model.networks, self.networks, "network"),
        ):
            found = [pages[_norm(name)] for name in names if _norm(name) in pages]
            setattr(known, f"{kind}s", found)
            unknown = [name for name in names if _norm(name) not in pages]
            model.notes.extend(Note(f"unknown_{kind}", name) for name in unknown)
            lost.extend(unknown)
        known.unplaced = lost
        for author in model.authors:
            if _norm(author.name) not in self.accounts:
                model.notes.append(Note("unknown_author", author.name))
        return known

    @staticmethod
    def _others(texts: list[str], names: TermNames) -> list[str]:
        return [text for text in texts if not names.find(text)]

    @staticmethod
    def _terms(model: ImportedModel, texts: list[str], names: TermNames, kind: str) -> list[Term]:
        terms: dict[int, Term] = {}
        for text in texts:
            found = names.find(text)
            terms.update((term.pk, term) for term in found)
            if not found:
                model.notes.append(Note(f"unknown_{kind}", text))
            elif not names.is_label(text):
                taken = ", ".join(term.label() for term in found)
                model.notes.append(Note("taken_as", f"{text} → {taken}"))
        return list(terms.values())
