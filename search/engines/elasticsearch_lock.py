"""One rebuild of an index at a time, among all hosts: a document that the holder renews.

A holder that died is known by its process where it ran on this host, elsewhere by its silence.
Pure: no Django.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic, time
from typing import Any

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch_client import TIDY_SECONDS, Conflict, IndexMissing, Server

_ID = "rebuild"
_RENEW_SECONDS = 5.0
# After so long without a sign the holder is taken for dead. Hosts' clocks may differ by seconds.
_SILENT_SECONDS = 60.0


class RebuildLock:
    """The lock kept in ``index``. One instance is held by one thread at a time."""

    def __init__(self, server: Server, index: str) -> None:
        self.index = index
        self._server = server
        self._version: tuple[int, int] | None = None
        self._owner = ""
        self._renewed = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, or raise ``EngineUnavailable`` at once."""
        self._make_index()
        owner = uuid.uuid4().hex
        version = self._take(owner)
        self._owner, self._version, self._renewed = owner, version, monotonic()
        try:
            yield
        finally:
            self._release()

    def renew(self, *, now: bool = True) -> None:
        """Show that the holder lives, ``now`` or where it is time to; raises where it was lost."""
        if not now and monotonic() - self._renewed < _RENEW_SECONDS:
            return
        try:
            self._version = self._put(self._owner, self._version)
        except (Conflict, IndexMissing) as error:
            raise EngineUnavailable(
                "this rebuild gave no sign of life for so long that another took its place"
            ) from error
        self._renewed = monotonic()

    def _make_index(self) -> None:
        settings = {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": True}}
        try:
            self._server.write(
                lambda client: client.indices.create(
                    index=self.index, settings=settings, mappings={"dynamic": False}
                )
            )
        except EngineUnavailable as error:
            if "resource_already_exists_exception" not in str(error):
                raise

    def _take(self, owner: str) -> tuple[int, int]:
        with suppress(Conflict):
            return self._put(owner, None)
        try:
            found = self._server.write(lambda client: client.get(index=self.index, id=_ID))
        except IndexMissing:
            raise EngineUnavailable("another rebuild ended just now: try again") from None
        if _lives(found["_source"]):
            host = found["_source"].get("host")
            raise EngineUnavailable(f"another rebuild of this index is under way (on {host})")
        try:
            return self._put(owner, (found["_seq_no"], found["_primary_term"]))
        except (Conflict, IndexMissing):
            raise EngineUnavailable("another rebuild of this index began just now") from None

    def _put(self, owner: str, version: tuple[int, int] | None) -> tuple[int, int]:
        """Write the document anew, or in the place of the version that was seen."""
        held = {"owner": owner, "host": _host(), "process": os.getpid(), "beat": time()}
        if version is None:
            answer = self._server.write(
                lambda client: client.create(index=self.index, id=_ID, document=held)
            )
        else:
            answer = self._server.write(
                lambda client: client.index(
                    index=self.index,
                    id=_ID,
                    document=held,
                    if_seq_no=version[0],
                    if_primary_term=version[1],
                )
            )
        return int(answer["_seq_no"]), int(answer["_primary_term"])

    def _release(self) -> None:
        version, self._version = self._version, None
        if version is None:
            return
        # Whoever comes next sees by the process, or by the silence, that it is free.
        with suppress(EngineUnavailable):
            self._server.write(
                lambda client: client.delete(
                    index=self.index, id=_ID, if_seq_no=version[0], if_primary_term=version[1]
                ),
                TIDY_SECONDS,
            )


def _host() -> str:
    return socket.gethostname()


def _lives(held: dict[str, Any]) -> bool:
    if abs(time() - float(held.get("beat") or 0)) > _SILENT_SECONDS:
        return False
    return held.get("host") != _host() or _process_lives(int(held.get("process") or 0))


def _process_lives(process: int) -> bool:
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
