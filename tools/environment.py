"""What `make services` found, for the commands that use it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / "var" / "services.env"


def services() -> dict[str, str]:
    """Return the environment with the exports of var/services.env; what is set already wins."""
    found: dict[str, str] = {}
    if SERVICES.exists():
        for word in shlex.split(SERVICES.read_text(), comments=True):
            name, assigned, value = word.partition("=")
            if assigned:
                found[name] = value
    return found | os.environ


def postgres_problem(url: str) -> str:
    """Return why PostgreSQL cannot be used, or an empty string."""
    if not url:
        return "no TEST_POSTGRES_URL; `make services` installs and starts a server"
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        return f"it does not answer ({str(error).splitlines()[0]}); run `make services`"
    return ""
