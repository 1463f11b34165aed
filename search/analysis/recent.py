"""A bounded cache that forgets what was not asked for lately. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import filterfalse
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Up to twice ``size`` values; safe from any thread.

    Two generations of plain dictionaries instead of a list in order: what is asked for in the
    older one moves to the younger, and when that is full the older one goes. So a look-up is one
    of a dictionary.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.young: dict[_Key, _Value] = {}
        self._old: dict[_Key, _Value] = {}
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """The value, ``None`` where it is not held."""
        found = self.young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: _Key, value: _Value) -> None:
        """Hold a value."""
        with self._lock:
            if len(self.young) >= self.size:
                self._old = self.young
                self.young = {}
            self.young[key] = value

    def all_of(
        self, keys: Iterable[_Key], make: Callable[[list[_Key]], dict[_Key, _Value]]
    ) -> dict[_Key, _Value]:
        """A dictionary that has all these keys, and others; ``make`` gives what is not held.

        It may be one that others add to: it is not to be changed.
        """
        keys = list(keys)
        young = self.young
        missing = list(filterfalse(young.__contains__, keys))
        if not missing:
            return young
        with self._lock:
            if len(self.young) + len(missing) > self.size:
                self._old = self.young
                self.young = {}
            young, old = self.young, self._old
        missing = list(filterfalse(young.__contains__, keys))
        found = {key: old[key] for key in missing if key in old}
        young.update(found)
        young.update(make(list(filterfalse(found.__contains__, missing))))
        return young

    def __len__(self) -> int:
        """How many values are held, those that lie in both generations twice."""
        return len(self.young) + len(self._old)
