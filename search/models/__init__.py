"""What search keeps in the database."""

from search.models.index import IndexChange, IndexedDocument, IndexState

__all__ = ["IndexChange", "IndexState", "IndexedDocument"]
