"""Asking whether an address answers, without being led into the portal's own network.

A link is what a stranger wrote: its host is resolved here, every address of it must be one of the
open net, and the connection goes to the very address that was looked at, so that a name cannot
mean another machine a moment later. Each redirect is looked at in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 10
MAX_REDIRECTS = 5
MAX_URL = 2_000
_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:=&?~#+!$,;'@()*[]"

OK, GONE, SERVER_ERROR, NO_HOST = "ok", "gone", "server_error", "no_host"
NO_ANSWER, NOT_PUBLIC, UNSAFE, LOOP = "no_answer", "not_public", "unsafe", "loop"
# The site is there and wants a person, a login or fewer questions: no sign of a dead link.
_ALIVE = {401, 402, 403, 405, 406, 407, 429, 451, 501, 503, 999}


class Refused(Exception):
    """The address is none that the portal asks for; ``outcome`` says why."""

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome
        super().__init__(outcome)


def look(url: str, *, agent: str, private_hosts: Collection[str] = ()) -> str:
    """What asking for the address gives: ``ok`` or the kind of failure.

    ``private_hosts`` (host:port) may lie in the own network: for tests. Takes at most some
    ``SECONDS`` for each redirect; reads no more than the answer's head.
    """
    for _step in range(MAX_REDIRECTS + 1):
        try:
            status, location = _ask(url, "HEAD", agent, private_hosts)
            if status >= 400 and status not in {429, 503}:
                # Some servers answer a HEAD wrongly.
                status, location = _ask(url, "GET", agent, private_hosts)
        except Refused as refusal:
            return refusal.outcome
        except ssl.SSLError:
            return UNSAFE
        except (OSError, http.client.HTTPException, UnicodeError, ValueError):
            return NO_ANSWER
        if status in {301, 302, 303, 307, 308} and location:
            url = urljoin(url, location[:MAX_URL])
            continue
        return _judge(status)
    return LOOP


def _judge(status: int) -> str:
    if status < 400 or status in _ALIVE:
        return OK
    return SERVER_ERROR if status >= 500 else GONE


def _ask(url: str, method: str, agent: str, private_hosts: Collection[str]) -> tuple[int, str]:
    """Status and Location of one request."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = parts.hostname or ""
    except ValueError as error:
        raise Refused(NO_HOST) from error
    if parts.scheme not in _PORTS or not host:
        raise Refused(NO_HOST)
    is_excepted = f"{host}:{port}" in private_hosts
    if not is_excepted and port not in _PORTS.values():
        raise Refused(NOT_PUBLIC)
    address = _resolved(host, port, is_excepted)
    connection = _Connection(host, port, address, secure=parts.scheme == "https")
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    # A server that sends a byte now and then would keep a time limit from ever passing.
    timer = threading.Timer(SECONDS, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request(
            method, path, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        )
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        timer.cancel()
        connection.close()


def _resolved(host: str, port: int, is_excepted: bool) -> str:
    """An address of the host; refused where any of its addresses is not of the open net."""
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(NO_HOST) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise Refused(NO_HOST)
    if not is_excepted and not all(is_open(address) for address in addresses):
        raise Refused(NOT_PUBLIC)
    return addresses[0]


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open net, also the one wrapped in an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_open(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at, in the name of its host."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address = address
        self.secure = secure
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """Connect to the address; the certificate must be the host's."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread: whoever reads gets an error."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # ended already
