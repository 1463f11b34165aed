"""A portal of its own for a browser test: a server process, a data folder, a database."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
START_SECONDS = 240


class RunningPortal:
    """`manage.py serve` on a free port, with demo accounts and content; ``stop()`` ends it.

    With ``copy_of`` it starts from what a portal had when it was stopped by ``stop(keep=True)``:
    migrations and demo content take most of a minute, a copy of them a moment.
    """

    def __init__(self, folder: Path, copy_of: RunningPortal | None = None) -> None:
        self.password = "a-demo-password-of-the-test"
        self.folder = folder
        if copy_of is not None:
            shutil.copytree(copy_of.folder / "data", folder / "data")
        self._database = os.environ.get("DATABASE_URL", "")
        self._made = ""
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "DATA_DIR": str(folder / "data"),
            "DEMO_PASSWORD": self.password,
            "PORT": str(_free_port()),
        }
        if self._database.startswith("postgres"):
            template = copy_of._made if copy_of is not None else ""
            self.environment["DATABASE_URL"] = self._make_database(template)
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self._log = (folder / "serve.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def manage(self, *arguments, **options):
        """Run a command of the portal's; its standard output."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            **options,
        ).stdout

    def mails(self):
        """Every mail that was sent, parsed; a file holds several, parted by lines of dashes."""
        folder = self.folder / "data" / "mail"
        texts = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*")))
        mails = (mail for text in texts for mail in re.split(r"^-{79}$", text, flags=re.MULTILINE))
        return [
            message_from_bytes(mail.strip().encode(), policy=policy.default)
            for mail in mails
            if mail.strip()
        ]

    def wait_for_mail(self, is_wanted, seconds=30):
        """The last mail that is wanted, once it is sent; the queue is emptied every two seconds."""
        deadline = time.monotonic() + seconds
        while not (found := [mail for mail in self.mails() if is_wanted(mail)]):
            if time.monotonic() > deadline:
                return None
            time.sleep(0.5)
        return found[-1]

    def log(self):
        """What the server printed."""
        self._log.flush()
        return Path(self._log.name).read_text(encoding="utf-8")

    def stop(self, *, keep=False):
        """Ctrl-C, and the database away unless it is to be copied."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        if not keep:
            self.remove()

    def remove(self):
        """The database away."""
        if self._made:
            with psycopg.connect(self._database, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{self._made}" WITH (FORCE)')

    def _make_database(self, template):
        self._made = f"mallisto_browser_{secrets.token_hex(4)}"
        like = f' TEMPLATE "{template}"' if template else ""
        with psycopg.connect(self._database, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self._made}"{like}')
        return urlunsplit(urlsplit(self._database)._replace(path=f"/{self._made}"))

    def _wait(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"The portal ended at its start:\n{self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready/", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        self.stop()
        raise RuntimeError("The portal did not answer in time.")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
