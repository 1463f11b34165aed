"""Trying again where two saves stood in each other's way: a deadlock, or a locked database."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

logger = logging.getLogger("mallisto.conflicts")

ATTEMPTS = 6
# PostgreSQL's serialization_failure and deadlock_detected.
CONFLICTS = frozenset({"40001", "40P01"})

Answer = TypeVar("Answer")


def is_conflict(error: OperationalError) -> bool:
    """Whether the same work would succeed a moment later."""
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return code in CONFLICTS or "database is locked" in str(error)


def again_after_conflict(work: Callable[[], Answer]) -> Answer:
    """What ``work``, a transaction of its own, gives; tried again where it met another's.

    Within a transaction there is nothing to try again: it is broken as a whole.
    """
    attempts = 1 if connection.in_atomic_block else ATTEMPTS
    attempt = 0
    while True:
        attempt += 1
        try:
            return work()
        except OperationalError as error:
            if attempt == attempts or not is_conflict(error):
                raise
            logger.info("Another save was in the way; trying again (%d): %s", attempt, error)
            time.sleep(random.uniform(0, 0.1) * attempt)  # noqa: S311 (no secret)
