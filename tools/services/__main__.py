"""``python -m tools.services start|stop``: start the services and write var/services.env."""

from __future__ import annotations

import shlex
import sys
import time

from tools.services import chromium, elasticsearch, postgresql
from tools.services.debian import VAR, Unavailable

SERVICES = {
    "PostgreSQL": postgresql.start,
    "Chromium": chromium.start,
    "Elasticsearch": elasticsearch.start,
}
# Its absence is told, and what needs it skips itself (or fails, with REQUIRE_ALL=1).
OPTIONAL = {"Elasticsearch"}


def start() -> int:
    """Start each service, write what was found, and return the exit code."""
    VAR.mkdir(parents=True, exist_ok=True)
    exports: dict[str, str] = {}
    failed = False
    for name, start_service in SERVICES.items():
        started = time.monotonic()
        try:
            found = start_service()
        except Unavailable as missing:
            print(f"{name}: left out: {missing}", flush=True)
            failed = failed or name not in OPTIONAL
        else:
            exports |= found
            answer = next(iter(found.values())).rpartition("@")[2]
            print(f"{name}: {answer} ({time.monotonic() - started:.1f} s)", flush=True)
    write(exports)
    return 1 if failed else 0


def write(exports: dict[str, str]) -> None:
    """Write the shell exports; the file holds a password, so only its owner reads it."""
    path = VAR.parent / "services.env"
    path.touch(mode=0o600)
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in exports.items()]
    path.write_text("# Written by `make services`; read by make test, stress and bench.\n")
    with path.open("a") as file:
        file.writelines(lines)
    print("Wrote var/services.env.", flush=True)


def stop() -> int:
    """Stop the servers that were started here."""
    postgresql.stop()
    elasticsearch.stop()
    (VAR.parent / "services.env").unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit({"start": start, "stop": stop}[sys.argv[1]]())
    except KeyboardInterrupt:
        sys.exit(130)
