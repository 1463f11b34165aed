"""Make the virtual environment and install a hash-locked list of packages, showing progress.

Run through ``tools/install.sh``, with the system's Python: nothing but the standard library.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# Lists that hold others: who has installed the first has installed the second.
INCLUDES = {"base": [], "test": ["base"]}
PROGRESS = re.compile(r"\s*(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._\[\]-]+)")


def main(name: str) -> int:
    """Install ``requirements/NAME.txt``; return the exit code."""
    started = time.monotonic()
    lock = ROOT / "requirements" / f"{name}.txt"
    if not environment_works() and (problem := create_environment()):
        print(problem, file=sys.stderr)
        return 1
    if not install(lock):
        return 1
    for installed in (name, *INCLUDES[name]):
        shutil.copyfile(
            ROOT / "requirements" / f"{installed}.txt", ENVIRONMENT / f"installed-{installed}.txt"
        )
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


def environment_works() -> bool:
    """Whether .venv is whole: an interrupted set-up or an upgraded system leaves half of one."""
    command = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return PYTHON.exists() and subprocess.run(command, capture_output=True).returncode == 0


def create_environment() -> str:
    """Create .venv afresh; return what is wrong, or an empty string."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian packages it apart from Python
        import venv  # noqa: PLC0415
    except ImportError:
        return f"Python's venv module is missing. Install it: apt install python{version}-venv"
    print(f"Creating .venv with Python {version} …", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"Could not create {ENVIRONMENT}: {error}"
    return ""


def install(lock: Path) -> bool:
    """Install every package of the lock file, checking hashes."""
    total = sum(1 for line in lock.read_text().splitlines() if re.match(r"[a-z0-9].*==", line))
    print(f"Installing {total} packages of requirements/{lock.name} (a minute or two, once) …")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--no-warn-script-location", "-r", str(lock)]
    lines: list[str] = []
    seen: set[str] = set()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if found := PROGRESS.match(line):
                seen.add(found[1])
                show(f"  {len(seen)}/{total} {found[1]}", step=len(seen))
            elif line.startswith("Installing collected packages"):
                show("  all fetched; unpacking …")
    if sys.stdout.isatty():
        print()
    if process.returncode:
        sys.stderr.writelines(lines[-15:])
        print("Installing failed; the lines above say why.", file=sys.stderr)
    return process.returncode == 0


def show(text: str, step: int = 0) -> None:
    """Show progress: in place on a terminal, every tenth step elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end="", flush=True)
    elif step % 10 == 0:
        print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
