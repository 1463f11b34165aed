"""Elasticsearch: the server's core from Maven Central, as one local node without a password."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from tools.services.debian import ROOT, VAR, Unavailable, install, is_root, wait_until

VERSION = "9.5.2"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
OLDEST_JAVA = 21
USER = "mallisto-search"
HEAP = "512m"
SECONDS_TO_START = 120


def start() -> dict[str, str]:
    """Install and start the server; return its address under a name that no portal reads.

    ``ELASTICSEARCH_URL`` would make it the portal's engine; the tests choose theirs.
    """
    home = folder()
    if (port := running_port(home)) and healthy(port):
        return address(port)
    java = newest_java()
    program = fetch(home)
    user = unprivileged_user()
    stop()
    port = free_port()
    configure(home, program, port)
    for path in (home, program):
        hand_over(path, user)
    launch(home, program, java, user, port)
    if not wait_until(lambda: healthy(port) or not running_port(home), SECONDS_TO_START):
        raise Unavailable(f"it did not answer in {SECONDS_TO_START} s ({home}/server.log)")
    if not running_port(home):
        raise Unavailable(f"it ended at once; {home}/server.log says why")
    return address(port)


def stop() -> None:
    """Stop the server that was started here, by its process number."""
    home = folder()
    if not (port := running_port(home)):
        return
    pid = int((home / "pid").read_text())
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not running_port(home), 20)
    print(f"Elasticsearch on port {port}: stopped")


def address(port: int) -> dict[str, str]:
    """Return what goes to var/services.env."""
    return {"TEST_ELASTICSEARCH_URL": f"http://127.0.0.1:{port}"}


def folder() -> Path:
    """Return where the server's files lie: var/services, if another user can reach it."""
    if is_root() and any(not path.stat().st_mode & 0o001 for path in ROOT.parents):
        clone = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        return Path("/var/lib/mallisto-services") / clone / "elasticsearch"
    return VAR / "elasticsearch"


def newest_java() -> Path:
    """Return the home of JAVA_HOME's Java, if new enough, or of the newest one installed."""
    preferred = os.environ.get("JAVA_HOME")
    homes = [Path(preferred)] if preferred else []
    if homes and java_version(homes[0]) >= OLDEST_JAVA:
        return homes[0]
    homes += sorted(Path("/usr/lib/jvm").glob("*/")) + sorted(Path("/opt").glob("*/"))
    newest = max(homes, key=java_version, default=None)
    if newest is None or java_version(newest) < OLDEST_JAVA:
        found = java_version(newest) if newest else 0
        what = f"the newest one here is {found}" if found else "there is none here"
        raise Unavailable(f"it needs Java {OLDEST_JAVA} or newer; {what}")
    return newest.resolve()


def java_version(home: Path) -> int:
    """Return the major version of the Java in a folder, or 0."""
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def fetch(home: Path) -> Path:
    """Fetch the server with Maven and unpack it, unless that was done; return its folder."""
    program = home / f"elasticsearch-{VERSION}"
    if (program / "bin" / "elasticsearch").exists():
        return program
    if not shutil.which("mvn"):
        install("maven")
    home.mkdir(parents=True, exist_ok=True)
    print(f"  fetching Elasticsearch {VERSION} from Maven Central …", flush=True)
    command = ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}:{VERSION}:zip"]
    with (home / "maven.log").open("w") as log:
        result = subprocess.run(
            [*command, f"-DoutputDirectory={home}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    archive = home / f"elasticsearch-{VERSION}.zip"
    if result.returncode or not archive.exists():
        raise Unavailable(f"Maven could not fetch it; {home}/maven.log says why")
    unpack(archive, home)
    archive.unlink()
    return program


def unpack(archive: Path, target: Path) -> None:
    """Unpack a zip file, keeping the marks of what can be run."""
    with zipfile.ZipFile(archive) as files:
        for entry in files.infolist():
            path = files.extract(entry, target)
            if mode := entry.external_attr >> 16:
                Path(path).chmod(mode)


def unprivileged_user() -> str | None:
    """Return the user to run as (the server refuses root), making it where it is missing."""
    if not is_root():
        return None
    try:
        pwd.getpwnam(USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home"]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", USER], check=True)
    return USER


def free_port() -> int:
    """Return a port that nothing listens on, from Elasticsearch's usual one upwards."""
    for port in range(9200, 9300):
        with socket.socket() as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                candidate.bind(("127.0.0.1", port))
                return port
    raise Unavailable("no port from 9200 to 9299 is free")


def configure(home: Path, program: Path, port: int) -> None:
    """Write the server's settings."""
    settings: dict[str, object] = {
        "cluster.name": "mallisto-tests",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        # Nodes talk to nobody here; let the system choose, so that two clones do not meet.
        "transport.port": 0,
        "path.data": str(home / "data"),
        "path.logs": str(home / "logs"),
        # Test machines are often full, and a full disk would make every index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    if (program / "modules" / "x-pack-security").exists():
        settings["xpack.security.enabled"] = False
    # JSON is YAML, and quotes paths with spaces as they need.
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
    (program / "config" / "elasticsearch.yml").write_text("".join(lines))
    heap = f"-Xms{HEAP}\n-Xmx{HEAP}\n"
    (program / "config" / "jvm.options.d").mkdir(exist_ok=True)
    (program / "config" / "jvm.options.d" / "heap.options").write_text(heap)


def hand_over(path: Path, user: str | None) -> None:
    """Give a folder and what is in it to the user that the server runs as."""
    if user:
        for each in (path, *path.rglob("*")):
            shutil.chown(each, user, user)


def launch(home: Path, program: Path, java: Path, user: str | None, port: int) -> None:
    """Start the server in the background, in a session of its own, and note its number."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "ES_JAVA_HOME": str(java),
    }
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [str(program / "bin" / "elasticsearch")],
            cwd=home,
            env=environment,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    (home / "pid").write_text(str(process.pid))
    (home / "port").write_text(str(port))


def running_port(home: Path) -> int:
    """Return the port of the server started earlier, or 0 where it has ended."""
    try:
        pid, port = int((home / "pid").read_text()), int((home / "port").read_text())
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # so that our own child, once dead, is seen as dead
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return 0
    # Numbers are used again: the process must be this server.
    return port if str(home).encode() in command else 0


def healthy(port: int) -> bool:
    """Whether the cluster answers; ``GET /`` is no measure, the core answers it with 405."""
    health = f"http://127.0.0.1:{port}/_cluster/health"
    try:
        with urllib.request.urlopen(health, timeout=2) as response:
            return json.load(response)["status"] in ("green", "yellow")
    except (OSError, ValueError, urllib.error.URLError):
        return False
