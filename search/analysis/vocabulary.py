"""The field's own words: base forms that no dictionary has, chosen where analysis only guesses.

A versioned list: its content is part of the index's fingerprint, so a change of it asks for the
index to be made again. Editors add to it through ``search.analysis.configure``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

OWN_WORDS: frozenset[str] = frozenset(
    {
        "dialogisuus",
        "kriteeristö",
        "osallisuustyö",
        "palvelupolku",
        "työelämälähtöinen",
        "verkostodialoginen",
        "yhdyspinta",
        "yhteiskehittäminen",
    }
)


def vocabulary_version(words: Collection[str]) -> str:
    """A digest of the list, whatever its order."""
    joined = "\n".join(sorted(words))
    return hashlib.sha256(joined.encode()).hexdigest()[:8]
