"""What search keeps in the database."""

from search.models.counts import SearchCount
from search.models.imported import ImportedConcept, ImportedKey, ImportedVocabulary
from search.models.index import IndexChange, IndexedDocument, IndexState
from search.models.own import OwnWord, SearchSynonym
from search.models.pins import PinnedResult

__all__ = [
    "ImportedConcept",
    "ImportedKey",
    "ImportedVocabulary",
    "IndexChange",
    "IndexState",
    "IndexedDocument",
    "OwnWord",
    "PinnedResult",
    "SearchCount",
    "SearchSynonym",
]
