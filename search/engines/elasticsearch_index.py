"""Physical indexes behind one name, which of them answers, and what is written into them.

The name is an alias of exactly one index, so a rebuild swaps in one step. Nothing is ever
written to a name that is not there: it would become an index without our mapping.
Pure: no Django.
"""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic, time_ns
from typing import Any, NamedTuple

from search.engines.base import DocumentRefused, EngineUnavailable
from search.engines.elasticsearch_client import TIDY_SECONDS, IndexMissing, Server
from search.engines.elasticsearch_lock import RebuildLock
from search.engines.elasticsearch_schema import SETTINGS, mapping, stored
from search.engines.terms import Entry

logger = logging.getLogger("mallisto.search")

# So much is sent at once: far below what a small server takes (a tenth of its heap).
BULK_BYTES = 4_000_000
# How often to write a document that others write at the same time.
_ATTEMPTS = 3
_CONFLICT = 409
_BAD_REQUEST = 400
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_PHYSICAL = r"-\d{14}-[0-9a-f]{8}"


class Write(NamedTuple):
    """A document to be written, as the server takes it; without a body it is deleted."""

    page_id: int
    body: bytes | None = None

    @classmethod
    def of(cls, held: Entry) -> Write:
        """The write of a document."""
        return cls(held.id, _line(stored(held)))

    def lines(self) -> list[bytes]:
        """What is sent.

        The moment is the version, so that what a frozen server takes in late, when its sender
        has long gone, can't replace what was written since.
        """
        action = {
            "_id": str(self.page_id),
            "version": time_ns() // 1000,
            "version_type": "external_gte",
        }
        if self.body is None:
            return [_line({"delete": action})]
        return [_line({"index": action}), self.body]


class Current(NamedTuple):
    """The index that answers, and the fingerprint it was written with."""

    physical: str
    fingerprint: str


class IndexAlias:
    """The name under which an index answers, and the physical indexes that were made for it."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.name = name
        self.lock = RebuildLock(server, f"{name}-rebuild")

    def current(self) -> Current | None:
        """The index that the name stands for, ``None`` where there is none."""
        try:
            found = self.server.read(
                lambda client: client.indices.get_mapping(
                    index=self.name, filter_path="*.mappings._meta"
                )
            )
            if not found:
                # Without our note; what it is called is of no use to anyone.
                return Current("", "")
        except IndexMissing:
            return None
        if len(found) != 1:
            raise EngineUnavailable(f"{self.name} names several indexes: run search_rebuild")
        ((index, held),) = found.items()
        return Current(index, str(held["mappings"]["_meta"].get("fingerprint", "")))

    def missing(self) -> EngineUnavailable:
        """What to raise where there is no index."""
        return IndexMissing(
            f"there is no search index {self.name} at {self.server.address}: run search_rebuild"
        )

    @contextmanager
    def replacement(self, fingerprint: str) -> Iterator[str]:
        """A new index to be filled, which takes the place of the old one at the end.

        Whatever stops the filling, the old one stays and the new one goes. One at a time, among
        all hosts.
        """
        self._check_name()
        with self.lock.held():
            self._clear()
            index = self._create(fingerprint)
            try:
                yield index
                self.refresh(index)
                self.lock.renew()
                before = self._swap(index)
            except BaseException:
                self._discard([index])
                raise
            self._discard(before)

    def fill(self, index: str, writes: Iterable[Write]) -> None:
        """Write into a new index, in pieces of a bounded size.

        One piece is under way while the next is made: the server works beside the analysis.
        """
        under_way: Future[list[Write]] | None = None
        with ThreadPoolExecutor(1) as sender:
            for piece in _pieces(writes):
                _all_taken(under_way)
                under_way = sender.submit(self._bulk, index, piece)
            _all_taken(under_way)

    def apply(self, writes: Iterable[Write], timeout: float | None) -> None:
        """Write what is at once to be found into the index that answers, or raise."""
        give_up_at = None if timeout is None else monotonic() + timeout
        pieces = list(_pieces(writes))
        for piece in pieces:
            left = piece
            for _ in range(_ATTEMPTS):
                left = self._bulk(
                    self.name, left, alias=True, refresh=piece is pieces[-1], give_up_at=give_up_at
                )
                if not left:
                    break
            else:
                raise EngineUnavailable(
                    f"{self.server.address} has a later version of document {left[0].page_id}: "
                    "others write it at the same time, or the hosts' clocks differ"
                )

    def refresh(self, index: str) -> None:
        """Let what was written be found."""
        self.server.write(lambda client: client.indices.refresh(index=index))

    def remove(self) -> None:
        """Remove everything that was ever made under the name."""
        self._discard([*self._physical(), self.lock.index])

    def _bulk(
        self,
        index: str,
        piece: Sequence[Write],
        *,
        alias: bool = False,
        refresh: bool = False,
        give_up_at: float | None = None,
    ) -> list[Write]:
        """Send one piece; gives what was refused because a later version was there."""
        # The client takes lines that are made already, whatever its annotation says.
        lines: list[Any] = [line for write in piece for line in write.lines()]
        answer = self.server.write(
            lambda client: client.bulk(
                index=index, operations=lines, refresh=refresh, require_alias=alias
            ),
            None if give_up_at is None else give_up_at - monotonic(),
        )
        if not answer.get("errors"):
            return []
        overtaken: list[Write] = []
        for write, item in zip(piece, answer.get("items", ()), strict=True):
            (result,) = item.values()
            if result.get("status") == _CONFLICT:
                overtaken.append(write)
            elif "error" in result:
                raise self._refused(result)
        return overtaken

    def _refused(self, result: dict[str, Any]) -> EngineUnavailable:
        error = result["error"]
        kind = error.get("type") if isinstance(error, dict) else ""
        if kind == "index_not_found_exception":
            return self.missing()
        reason = error.get("reason") if isinstance(error, dict) else error
        refusal = DocumentRefused if result.get("status") == _BAD_REQUEST else EngineUnavailable
        return refusal(
            f"{self.server.address} refused document {result.get('_id')}: {kind}: {reason}"[:600]
        )

    def _check_name(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise EngineUnavailable(
                f"ELASTICSEARCH_INDEX is {self.name!r}: a name has small letters, digits, . _ -"
            )

    def _create(self, fingerprint: str) -> str:
        now = datetime.now(UTC)
        index = f"{self.name}-{now:%Y%m%d%H%M%S}-{uuid.uuid4().hex[:8]}"
        self.server.write(
            lambda client: client.indices.create(
                index=index, settings=SETTINGS, mappings=mapping(fingerprint)
            )
        )
        return index

    def _swap(self, index: str) -> list[str]:
        """Let the name stand for this index; gives those it stood for before."""
        before = [one for one in self._physical() if one != index]
        actions: list[dict[str, Any]] = [
            {"remove": {"index": one, "alias": self.name, "must_exist": False}} for one in before
        ]
        actions.append({"add": {"index": index, "alias": self.name}})
        self.server.write(lambda client: client.indices.update_aliases(actions=actions))
        return before

    def _physical(self, *, unused: bool = False) -> list[str]:
        """The indexes made for this name, and for no other that begins alike."""
        found = self.server.write(lambda client: client.indices.get_alias(index=f"{self.name}-*"))
        ours = re.compile(re.escape(self.name) + _PHYSICAL)
        return [
            index
            for index, held in found.items()
            if ours.fullmatch(index) and not (unused and held.get("aliases"))
        ]

    def _clear(self) -> None:
        """Remove what interrupted rebuilds left; called under the lock, so none is being filled."""
        self._discard(self._physical(unused=True))

    def _discard(self, indexes: list[str]) -> None:
        if not indexes:
            return
        try:
            self.server.write(
                lambda client: client.indices.delete(index=indexes, ignore_unavailable=True),
                TIDY_SECONDS,
            )
        except EngineUnavailable as error:
            logger.warning("Indexes of no use stay until the next rebuild: %s", error)


def _pieces(writes: Iterable[Write]) -> Iterator[list[Write]]:
    """The writes in pieces of no more bytes than are sent at once."""
    piece: list[Write] = []
    size = 0
    for write in writes:
        length = len(write.body or b"")
        if piece and size + length > BULK_BYTES:
            yield piece
            piece, size = [], 0
        piece.append(write)
        size += length
    if piece:
        yield piece


def _all_taken(sent: Future[list[Write]] | None) -> None:
    if sent is not None and sent.result():
        raise EngineUnavailable("this host's clock goes backwards: search_rebuild again")


def _line(item: dict[str, Any]) -> bytes:
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
