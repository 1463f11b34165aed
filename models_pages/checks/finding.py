"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in a part of a page.

    ``field`` is the form field (a section's key) and ``heading`` its name; ``kind`` is one of
    ``identity_code``, ``phone``, ``email``, ``hard_to_read``, ``long_sentences``, ``short``,
    ``long``, ``dead_link``; ``message`` is a sentence that says what to do, in the current
    language.
    """

    field: str
    heading: str
    kind: str
    message: str

    @property
    def is_warning(self) -> bool:
        """Whether it is a fault (privacy, a dead link), and not a hint about the text."""
        return self.kind in {"identity_code", "phone", "email", "dead_link"}

    def __str__(self) -> str:
        return self.message
