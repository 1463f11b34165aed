"""Runs the portal's command line as an operator does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")


def manage(
    *arguments: str, timeout: float = 120, **environment: str
) -> subprocess.CompletedProcess:
    """`manage.py …` with this environment and nothing of the tests' own."""
    env = {name: os.environ[name] for name in INHERITED if name in os.environ} | environment
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def said(result):
    """The lines on standard error."""
    return [line for line in result.stderr.splitlines() if line.strip()]
