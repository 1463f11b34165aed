"""PostgreSQL: a cluster of our own, and in it a role and a database for this clone.

An own cluster leaves others alone, is UTF-8 whatever the machine's locale, and need not be
durable. Its files lie where Debian keeps them, because the postgres user must reach them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shlex
import shutil
import subprocess
from pathlib import Path

from tools.services.debian import ROOT, VAR, Unavailable, install, is_root

CLUSTER = "mallisto"
# Tests throw their data away: waiting for the disk buys nothing.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


def start() -> dict[str, str]:
    """Install and start PostgreSQL; return the address of the tests' database."""
    version = installed_version()
    if not version:
        install("postgresql")
        version = installed_version()
    if not version:
        raise Unavailable("installed, but /usr/lib/postgresql holds no server")
    if not is_root():
        raise Unavailable("run `make services` as root to make a role and a database")
    port = start_cluster(version)
    name = "mallisto_" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    password = known_password(name) or secrets.token_hex(16)
    make_database(port, name, password)
    return {"TEST_POSTGRES_URL": f"postgres://{name}:{password}@127.0.0.1:{port}/{name}"}


def stop() -> None:
    """Stop our cluster, if it runs."""
    for version, port, status in clusters():
        if status.startswith("online"):
            run("pg_ctlcluster", version, CLUSTER, "stop", "-m", "fast")
            print(f"PostgreSQL on port {port}: stopped")


def installed_version() -> str:
    """Return the newest server that is installed, or an empty string."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = [path.parts[-3] for path in found] if shutil.which("pg_createcluster") else []
    return max(versions, key=float, default="")


def clusters() -> list[tuple[str, str, str]]:
    """Return version, port and status of the clusters of our name."""
    if not shutil.which("pg_lsclusters"):
        return []
    rows = [line.split() for line in run("pg_lsclusters", "--no-header").splitlines()]
    return [(row[0], row[2], row[3]) for row in rows if row[1] == CLUSTER]


def start_cluster(version: str) -> str:
    """Create our cluster where there is none, start it, and return its port."""
    found = [row for row in clusters() if row[0] == version]
    if not found:
        print("  creating a cluster …", flush=True)
        run("pg_createcluster", version, CLUSTER, "--locale", "C.UTF-8", "--encoding", "UTF8")
        for setting, value in FAST.items():
            run("pg_conftool", version, CLUSTER, "set", setting, value)
        found = [row for row in clusters() if row[0] == version]
    _, port, status = found[0]
    if not status.startswith("online"):
        run("pg_ctlcluster", version, CLUSTER, "start")
    return port


def known_password(name: str) -> str:
    """Return the password that an earlier run wrote for this role."""
    exports = VAR.parent / "services.env"
    text = exports.read_text() if exports.exists() else ""
    found = re.search(rf"//{name}:([0-9a-f]+)@", text)
    return found[1] if found else ""


def make_database(port: str, name: str, password: str) -> None:
    """Make the role, which may create databases, and its database, where they are missing."""
    exists = ask(port, f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'")
    verb = "ALTER" if exists else "CREATE"
    ask(port, f"{verb} ROLE {name} LOGIN CREATEDB PASSWORD '{password}'")
    if not ask(port, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        ask(port, f"CREATE DATABASE {name} OWNER {name}")
    if not ask(port, "SELECT 1 FROM pg_collation WHERE collname = 'fi-x-icu'"):
        raise Unavailable("this PostgreSQL was built without ICU: no collation fi-x-icu")


def ask(port: str, statement: str) -> str:
    """Run a statement as the administrator and return what it answers."""
    psql = shlex.join(["psql", "-p", port, "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1"])
    # Through standard input, so that no password shows among the processes.
    return run("su", "postgres", "-s", "/bin/sh", "-c", f"cd / && {psql}", text=statement)


def run(*command: str, text: str = "") -> str:
    """Run a command and return its output; a failure is one line that says why."""
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    if result.returncode:
        reason = " ".join((result.stderr or result.stdout).split())[-300:]
        raise Unavailable(f"{command[0]} failed: {reason}")
    return result.stdout.strip()
