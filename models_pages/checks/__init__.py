"""What could be better in a text, told while it is written; nothing here refuses anything.

``personal`` (what should not be public), ``readability`` and ``lengths`` are pure; ``content``
asks them about each part of a page. Call ``of``.
"""

from __future__ import annotations

from .content import of
from .finding import Finding

__all__ = ["Finding", "of"]
