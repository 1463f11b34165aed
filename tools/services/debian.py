"""What the services share: installing Debian packages, and where things lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var" / "services"


class Unavailable(Exception):
    """A service cannot be had here; the message says why."""


def is_root() -> bool:
    """Whether packages can be installed and other users' processes started."""
    return os.geteuid() == 0


def install(*packages: str) -> None:
    """Install Debian packages; raise ``Unavailable`` with the reason where that fails."""
    names = " ".join(packages)
    if not is_root() or not shutil.which("apt-get"):
        raise Unavailable(f"install it as root: apt-get install {names}")
    print(f"  installing {names} from Debian …", flush=True)
    log = VAR / "apt.log"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    install_command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    with log.open("a") as output:
        # A list that does not answer need not be the one that has the package: go on.
        for command in (["apt-get", "update"], install_command):
            result = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
            )
    if result.returncode:
        tail = log.read_text(errors="replace").splitlines()[-3:]
        raise Unavailable(f"apt-get install {names} failed (var/services/apt.log): {tail}")


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Ask ``ready()`` until it says yes or the time is over; return its last answer."""
    end = time.monotonic() + seconds
    while not (answer := ready()) and time.monotonic() < end:
        time.sleep(0.1)
    return bool(answer)
