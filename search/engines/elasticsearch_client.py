"""The connection to Elasticsearch: made when it is first needed, its failures told to operators.

The only module that knows the client library. Pure: no Django.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from elasticsearch import (
    ApiError,
    ConflictError,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)

from search.engines.base import EngineUnavailable

# To connect, and again to read: a reader waits for a search, nobody for a bulk of a rebuild.
READ_SECONDS = 1.0
WRITE_SECONDS = 60.0
# Whoever was interrupted tidies up, but doesn't wait for a server that hangs.
TIDY_SECONDS = 10.0
_CONNECTIONS = 32
_TOO_MANY = "too many nested clauses"


class IndexMissing(EngineUnavailable):
    """The server answers, but has no index (or document) by that name."""


class TooManyClauses(Exception):
    """The query has more clauses than the server takes, which depends on its memory.

    That is no failure of the server, which goes on to be asked.
    """


class Conflict(EngineUnavailable):
    """Somebody else wrote the document meanwhile."""


class _Clients(NamedTuple):
    process: int
    reading: Elasticsearch
    writing: Elasticsearch


class Server:
    """A cluster by its address. Safe for use by many threads, and in forked processes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._clients: _Clients | None = None

    @property
    def address(self) -> str:
        """The address without a password, for messages."""
        try:
            parts = urlsplit(self._url)
        except ValueError:
            return "the address in ELASTICSEARCH_URL"
        host = parts.netloc.rpartition("@")[2]
        told = urlunsplit(parts._replace(netloc=host))
        # Of a password with a sign that ends a host's name, half would stand in the path.
        return "the address in ELASTICSEARCH_URL" if "@" in told else told

    def read(self, call: Callable[[Elasticsearch], Any]) -> dict[str, Any]:
        """What the server answers to a short question; raises ``EngineUnavailable``."""
        return self._ask(lambda clients: call(clients.reading))

    def write(
        self, call: Callable[[Elasticsearch], Any], timeout: float | None = None
    ) -> dict[str, Any]:
        """What the server answers to something that may take its time (``timeout``), likewise."""
        if timeout is None:
            return self._ask(lambda clients: call(clients.writing))
        if timeout <= 0:
            raise EngineUnavailable(f"no time is left to ask {self.address}")
        return self._ask(lambda clients: call(clients.writing.options(request_timeout=timeout)))

    def _ask(self, call: Callable[[_Clients], Any]) -> dict[str, Any]:
        try:
            answer = call(self._get())
        except (UnsupportedProductError, UnicodeError) as error:
            raise self._no_elasticsearch() from error
        except NotFoundError as error:
            raise IndexMissing(self._reason(error)) from error
        except ConflictError as error:
            raise Conflict(self._reason(error)) from error
        except ApiError as error:
            reason = self._reason(error)
            if _TOO_MANY in reason.lower():
                raise TooManyClauses(reason) from error
            raise EngineUnavailable(reason) from error
        except ConnectionTimeout as error:
            raise EngineUnavailable(f"{self.address} did not answer in time") from error
        except TransportError as error:
            raise EngineUnavailable(f"{self.address} does not answer: {error}") from error
        except ValueError:
            # The client's own words repeat the address with its password.
            raise EngineUnavailable(
                "ELASTICSEARCH_URL is no address: write http(s)://[user:password@]host:9200, and "
                "signs like / # ? @ in a password as %2F %23 %3F %40"
            ) from None
        # The client looks once only; a proxy may begin to answer in the server's place later.
        product = answer.meta.headers.get("x-elastic-product")
        if product != "Elasticsearch" or not isinstance(answer.body, dict):
            raise self._no_elasticsearch()
        return answer.body

    def _no_elasticsearch(self) -> EngineUnavailable:
        return EngineUnavailable(f"what answers at {self.address} is not Elasticsearch")

    def _reason(self, error: ApiError) -> str:
        body = error.body
        cause = body.get("error") if isinstance(body, dict) else None
        if isinstance(cause, dict):
            shards = cause.get("failed_shards") or [{}]
            causes = (cause, cause.get("caused_by"), shards[0].get("reason"))
            parts = [
                str(told) for one in causes if one for told in (one.get("type"), one.get("reason"))
            ]
            said = ": ".join(dict.fromkeys(parts))
        else:
            said = str(cause or error.message)
        return f"{self.address} answered {error.meta.status}: {said[:500]}"

    def _get(self) -> _Clients:
        clients = self._clients
        # A forked process must not talk over its parent's connections.
        if clients is None or clients.process != os.getpid():
            with self._lock:
                clients = self._clients
                if clients is None or clients.process != os.getpid():
                    clients = self._clients = self._made()
        return clients

    def _made(self) -> _Clients:
        client = Elasticsearch(
            self._url, max_retries=0, retry_on_timeout=False, connections_per_node=_CONNECTIONS
        )
        return _Clients(
            os.getpid(),
            client.options(request_timeout=READ_SECONDS),
            client.options(request_timeout=WRITE_SECONDS),
        )
