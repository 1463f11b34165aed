"""`make run`: one process that migrates, loads demo content, and serves web, workers, scheduler."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import waitress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.joining.requests import forget_old as forget_old_requests
from accounts.mail.delivery import watch as watch_mail
from editorial.keeping.confirming import remind
from editorial.models.importing import forget_old_imports
from editorial.review.scheduling import publish_due
from models_pages.link_checking import check_links
from models_pages.provisioning import provision_address
from portal import warm_up
from portal.demo import accounts, loader
from search.checks import index_is_current
from search.index.worker import watch

logger = logging.getLogger("mallisto.serve")
HOST = "127.0.0.1"
LINKS_SECONDS = 3600
SCHEDULE_SECONDS = 30
THREADS = 8


class Command(BaseCommand):
    """``manage.py serve [--port N]``."""

    help = "Prepares the database and serves the portal with its worker and scheduler."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The port, from the environment where it is not given."""
        parser.add_argument("--port", default=None, help="Port on the loopback address.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until Ctrl-C; what cannot work is told in one line."""
        port = self._port(options["port"] or settings.PORT)
        listener = self._listener(port)
        # Also where a shell started us in its background, which leaves Ctrl-C ignored.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _end)
        try:
            # waitress takes the interrupt for itself; before it runs, it ends up here.
            with suppress(KeyboardInterrupt):
                self._prepare()
                self._serve(listener, port)
        finally:
            listener.close()
        self.stdout.write("\nStopped.")

    def _port(self, text: str) -> int:
        try:
            port = int(text)
        except ValueError:
            port = 0
        if not 0 < port < 65536:
            raise CommandError(f"PORT={text} is not a port number (1 to 65535).")
        return port

    def _listener(self, port: int) -> socket.socket:
        """The listening socket, taken before the slow steps, so that a taken port is told first."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            listener.close()
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT=8001"
            ) from error
        return listener

    def _prepare(self) -> None:
        # whitenoise warns where the folder is not there yet.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        try:
            executor = MigrationExecutor(connection)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise CommandError(
                f"The database does not answer ({str(error).splitlines()[0]}). See DATABASE_URL."
            ) from error
        if waiting:
            self.stdout.write(f"Preparing the database ({len(waiting)} steps) …")
            call_command("migrate", verbosity=1, interactive=False, stdout=_Dots(self.stdout))
            self.stdout.write("")
        provision_address()  # PORT may be another than at the last start
        if settings.DEMO_CONTENT:
            self._demo()
        if index_is_current():
            self.stdout.write("Indexing again, for another version wrote the index …")
            call_command("search_rebuild", verbosity=0)

    def _demo(self) -> None:
        if loader.is_empty():
            self.stdout.write("Loading the demo content …")
            with _quiet("mallisto.search"):
                loader.load(self._tell)
            self.stdout.write("Indexing …")
            call_command("search_rebuild", verbosity=0)
        accounts.apply_password(settings.DATA_DIR / "demo_password")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _serve(self, listener: socket.socket, port: int) -> None:
        stop = threading.Event()
        threads = [
            threading.Thread(target=_loop, args=(watch, stop), name="worker", daemon=True),
            threading.Thread(target=_schedule, args=(stop,), name="scheduler", daemon=True),
            threading.Thread(target=_loop, args=(watch_mail, stop), name="mail", daemon=True),
        ]
        if settings.LINK_CHECKS:
            threads.append(
                threading.Thread(target=_look_at_links, args=(stop,), name="links", daemon=True)
            )
        server = waitress.create_server(
            get_wsgi_application(), sockets=[listener], threads=THREADS, ident="Mallisto"
        )
        for thread in threads:
            thread.start()
        warm_up.start()
        self.stdout.write(f"Mallisto: http://{HOST}:{port}  (Ctrl-C ends)")
        for line in accounts.lines() if settings.DEMO_CONTENT else []:
            self.stdout.write(line)
        self.stdout.flush()
        try:
            server.run()
        finally:
            stop.set()
            server.close()
            for thread in threads:
                thread.join(timeout=5)


def _end(number: int, frame: FrameType | None) -> None:
    """End as by Ctrl-C."""
    raise KeyboardInterrupt


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Without a logger's news for a while: each demo page would say that there is no index yet."""
    quiet = logging.getLogger(name)
    level = quiet.level
    quiet.setLevel(logging.WARNING)
    try:
        yield
    finally:
        quiet.setLevel(level)


def _loop(work: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """Run a worker that ends with ``stop``; what it raises is logged and it starts again."""
    while not stop.is_set():
        try:
            work(stop)
        except Exception:
            logger.exception("The %s failed; it starts again.", threading.current_thread().name)
            stop.wait(5)
        finally:
            close_old_connections()


def _schedule(stop: threading.Event) -> None:
    """Publish and expire what is due, every half a minute; once a day ask owners and tidy up."""
    reminded_on: date | None = None

    def work(stop: threading.Event) -> None:
        nonlocal reminded_on
        publish_due()
        if reminded_on != (today := timezone.localdate()):
            remind()
            forget_old_imports()
            forget_old_requests()
            reminded_on = today
        close_old_connections()
        stop.wait(SCHEDULE_SECONDS)

    _loop(work, stop)


def _look_at_links(stop: threading.Event) -> None:
    """Look at the links that are due, every hour; apart, for other sites may be slow."""

    def work(stop: threading.Event) -> None:
        check_links(wait=stop.wait)
        close_old_connections()
        stop.wait(LINKS_SECONDS)

    _loop(work, stop)


class _Dots:
    """Shows a long command's lines as dots, so that a newcomer sees that it goes on."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def write(self, text: str) -> None:
        """A dot for each migration."""
        if " OK" in text:
            self._out.write(".", ending="")
            self._out.flush()

    def flush(self) -> None:
        """Pass on."""
        self._out.flush()
