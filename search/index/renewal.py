"""Making an index anew because editors changed the field's own words: by itself, and not too often.

Until then the old index answers: it merely lacks what the new words would find.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import monotonic

from search import editors_words
from search.analysis import same_but_for_own_words
from search.engines.terms import expected_fingerprint
from search.index.indexes import Index

logger = logging.getLogger("mallisto.search")

# Editors add several words in a row, and each build takes a while: wait until they are done.
QUIET_SECONDS = 120.0
PAUSE_SECONDS = 600.0
_LOOK_EVERY_SECONDS = 30.0


@dataclass(slots=True)
class Renewal:
    """When one index is to be made anew, as its worker sees it from round to round."""

    _looked_at: float = float("-inf")
    _renewed_at: float = float("-inf")
    _wanted: str = ""
    _wanted_since: float = 0.0
    _told: str = ""

    def is_due(self, index: Index) -> bool:
        """Whether only the list of own words differs, and has been left alone for a while."""
        now = monotonic()
        if now - self._looked_at < min(_LOOK_EVERY_SECONDS, QUIET_SECONDS):
            return False
        self._looked_at = now
        editors_words.use()
        stored, wanted = index.engine.fingerprint() or "", expected_fingerprint()
        if stored == wanted:
            return False
        if not same_but_for_own_words(stored, wanted):
            self._tell(index, stored)
            return False
        if wanted != self._wanted:
            self._wanted, self._wanted_since = wanted, now
        if now - self._wanted_since < QUIET_SECONDS or now - self._renewed_at < PAUSE_SECONDS:
            return False
        self._renewed_at = now
        return True

    def _tell(self, index: Index, stored: str) -> None:
        """Say once that an operator must act; no check at the start looks at a search server."""
        if stored and stored != self._told:
            self._told = stored
            logger.warning(
                "The search index %s was written by another version of the analysis: "
                "run manage.py search_rebuild (searching goes on meanwhile)",
                index.name,
            )
