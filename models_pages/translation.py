"""Which fields wagtail-localize keeps the same in every translation."""

from __future__ import annotations

from wagtail_localize.fields import SynchronizedField


def synchronised(*names: str) -> list[SynchronizedField]:
    """Fields that are carried over, for ``override_translatable_fields``.

    wagtail-localize passes over many-to-many fields unless they are named there.
    """
    return [SynchronizedField(name) for name in names]
