"""A proxy before a real server that fails as networks and servers do, when it is told to."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Proxy:
    """Passes everything on to ``server`` until ``fail`` says what to do with a request.

    ``fail(method, path)`` gives ``None`` to pass it on, ``(status, type, body)`` to answer so,
    ``"cut"`` to close the connection, or ``"hold"`` to pass it on only after ``release()``.
    """

    def __init__(self, server):
        self._server = urlsplit(server).netloc
        self._released = threading.Event()
        self.fail = lambda method, path: None
        self.passed = []

    def release(self):
        self._released.set()

    def answer(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        what = self.fail(handler.command, handler.path)
        if what == "cut":
            handler.close_connection = True
            handler.connection.close()
            return
        if what == "hold":
            assert self._released.wait(60)
        if isinstance(what, tuple):
            status, kind, content = what
            headers = [("Content-Type", kind)]
        else:
            status, headers, content = self._pass_on(handler, body)
        self.passed.append((handler.command, handler.path, status))
        try:
            handler.send_response(status)
            for name, value in headers:
                if name.lower() not in {"transfer-encoding", "content-length", "date", "server"}:
                    handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:
            handler.close_connection = True

    def _pass_on(self, handler, body):
        connection = http.client.HTTPConnection(self._server, timeout=60)
        try:
            connection.request(
                handler.command,
                handler.path,
                body,
                {k: v for k, v in handler.headers.items() if k.lower() != "connection"},
            )
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


@contextmanager
def before(server):
    """A proxy before ``server``, and its address."""
    proxy = Proxy(server)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            proxy.answer(self)

        # The names are http.server's.
        do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *args):
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy, f"http://127.0.0.1:{listener.server_address[1]}"
    finally:
        proxy.release()
        listener.shutdown()
        listener.server_close()
        thread.join()
