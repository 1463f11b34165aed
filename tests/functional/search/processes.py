"""The portal's processes as an operator runs them, on the tests' own database and index."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
START_SECONDS = 120


def database_url():
    """The address of the tests' database, for another process."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def environment(settings):
    """What lets another process share this test's database, index and media."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return kept | {
        # A process that may write no large file would leave half a file of these.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX,
    }


class Process:
    """A process whose lines can be waited for; killed at the end in any case."""

    def __init__(self, settings, *arguments, largest_file=None):
        command = [sys.executable, *arguments]
        if largest_file is not None:
            # In blocks of 512 bytes: what is written beyond fails, as on a full disk.
            command = ["/bin/sh", "-c", 'ulimit -f "$0"; exec "$@"', str(largest_file), *command]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = []
        self._came = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=20)
        self._process.stdout.close()

    def _read(self):
        for line in self._process.stdout:
            with self._came:
                self.lines.append(line.rstrip("\n"))
                self._came.notify_all()

    def wait_for_line(self, *words, since=0, seconds=START_SECONDS):
        """The number of the first line from ``since`` on that has all the words."""
        deadline = monotonic() + seconds

        def found():
            lines = enumerate(self.lines[since:], since)
            return next((n for n, line in lines if all(word in line for word in words)), None)

        with self._came:
            self._came.wait_for(
                lambda: found() is not None or self._process.poll() is not None,
                max(0.0, deadline - monotonic()),
            )
            if (number := found()) is None:
                raise AssertionError(f"no line with {words}:\n" + "\n".join(self.lines[-30:]))
            return number

    def kill(self):
        """SIGKILL, as a power failure or the kernel's memory killer would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join(timeout=20)

    def stop(self, seconds=30):
        """SIGTERM, as an operator would; gives the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self.ended(seconds)

    def has_ended(self):
        """Whether it has ended by itself."""
        return self._process.poll() is not None

    def ended(self, seconds=300):
        """The exit code, once it has ended by itself."""
        code = self._process.wait(timeout=seconds)
        self._reader.join(timeout=20)
        return code


def worker(settings):
    """`search_sync --watch`, which tells each batch that it takes and settles."""
    return Process(settings, "manage.py", "search_sync", "--watch", "--verbosity=2")


def author(settings, seed, steps, pages):
    """Somebody who changes pages at random; prints what it took."""
    numbers = ",".join(str(page.pk) for page in pages)
    arguments = ("-m", "tests.functional.search.author_process", str(seed), str(steps), numbers)
    return Process(settings, *arguments)


def told(process):
    """What an author's process printed at its end."""
    assert process.ended() == 0, "\n".join(process.lines[-40:])
    return json.loads(process.lines[-1])
