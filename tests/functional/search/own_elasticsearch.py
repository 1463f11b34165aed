"""A search server of the tests' own, which may be stopped and frozen: the shared one may not."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from time import monotonic, sleep

import pytest

from tools.services import elasticsearch as service
from tools.services.debian import Unavailable

START_SECONDS = 120
HEAP = "512m"


class Server:
    """One node with its own settings, data and port."""

    def __init__(self):
        self._program = service.folder() / f"elasticsearch-{service.VERSION}"
        if not (self._program / "bin" / "elasticsearch").exists():
            pytest.skip("no Elasticsearch: run make services (it needs Java 21 or newer)")
        try:
            self._java = service.newest_java()
        except Unavailable as error:
            pytest.skip(f"no Elasticsearch: {error}")
        self._user = service.unprivileged_user()
        # Where another user may reach it, which pytest's own folders are not made for.
        self._home = Path(tempfile.mkdtemp(prefix="mallisto-own-search-"))
        self._home.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process = None
        shutil.copytree(self._program / "config", self._home / "config")
        lines = [
            "discovery.type: single-node",
            "network.host: 127.0.0.1",
            f"http.port: {self._port}",
            "transport.port: 0",
            f"path.data: {self._home / 'data'}",
            f"path.logs: {self._home / 'logs'}",
            "cluster.routing.allocation.disk.threshold_enabled: false",
        ]
        if (self._program / "modules" / "x-pack-security").exists():
            lines.append("xpack.security.enabled: false")
        (self._home / "config" / "elasticsearch.yml").write_text("\n".join(lines) + "\n")
        options = self._home / "config" / "jvm.options.d"
        options.mkdir(exist_ok=True)
        # The quick compiler alone: it starts in half the time, and works for seconds only.
        quick = "-XX:TieredStopAtLevel=1"
        (options / "heap.options").write_text(f"-Xms{HEAP}\n-Xmx{HEAP}\n{quick}\n")
        service.hand_over(self._home, self._user)

    def start(self):
        """Start, and wait until it answers."""
        with (self._home / "server.log").open("a") as log:
            self._process = subprocess.Popen(
                [str(self._program / "bin" / "elasticsearch")],
                cwd=self._home,
                env={
                    "PATH": "/usr/bin:/bin",
                    "HOME": str(self._home),
                    "LANG": "C.UTF-8",
                    "ES_JAVA_HOME": str(self._java),
                    "ES_PATH_CONF": str(self._home / "config"),
                },
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = monotonic() + START_SECONDS
        while not service.healthy(self._port):
            if self._process.poll() is not None or monotonic() > deadline:
                pytest.fail((self._home / "server.log").read_text()[-3000:])
            sleep(0.2)

    def stop(self):
        """Kill it: a server that fails does not say goodbye."""
        self._signal(signal.SIGCONT)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def freeze(self):
        """It keeps its connections, accepts new ones, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        """It goes on where it was."""
        self._signal(signal.SIGCONT)
        deadline = monotonic() + START_SECONDS
        while not service.healthy(self._port):
            assert monotonic() < deadline
            sleep(0.2)

    def remove(self):
        """Stop it and remove its files."""
        if self._process is not None and self._process.poll() is None:
            self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _signal(self, number):
        # Its starter and the server itself are one group, begun by us.
        os.killpg(self._process.pid, number)
