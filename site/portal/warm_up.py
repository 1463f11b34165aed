"""What the first reader of a process would wait a second or two for, done beforehand."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import close_old_connections

from search import service

logger = logging.getLogger("mallisto")


def start() -> None:
    """Read the dictionaries and vocabularies beside whatever else the process does."""
    threading.Thread(target=_search, name="warm-up", daemon=True).start()


def _search() -> None:
    try:
        service.search(service.Asked(text="toimintamalli"), settings.LANGUAGE_CODE)
    except Exception:
        # The first reader's request will say the same, and to whom it concerns.
        logger.warning("Search could not be made ready beforehand", exc_info=True)
    finally:
        close_old_connections()
