"""Run every check and test that this machine can run; say first what is left out and why.

The linters run first, together; then the tests on SQLite, then those that use a database on
PostgreSQL, so that the last lines are pytest's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.environment import ROOT, postgres_problem, services

CHECKS = {
    "ruff check": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
    "djlint": ["djlint", "--lint", "--quiet", "templates"],
}
# What needs no database runs once.
WITHOUT_DATABASE = ("tests/unit", "tests/architecture", "tests/relevance")
# In this order: what fails fastest stands first.
FOLDERS = (
    "tests/unit",
    "tests/architecture",
    "tests/contract",
    "tests/functional",
    "tests/relevance",
    "tests/browser",
)


def main() -> int:
    """Run everything; return the exit code."""
    environment = services()
    failed = run_checks(environment)
    problem = postgres_problem(environment.get("TEST_POSTGRES_URL", ""))
    if problem:
        print(f"Left out: the tests on PostgreSQL: {problem}", flush=True)
        if environment.get("REQUIRE_ALL") == "1":
            failed.append("tests on PostgreSQL (left out, and REQUIRE_ALL=1)")
    if not run_pytest("SQLite", FOLDERS, {**environment, "DATABASE_URL": ""}):
        failed.append("tests on SQLite")
    if not problem:
        with_database = [folder for folder in FOLDERS if folder not in WITHOUT_DATABASE]
        url = environment["TEST_POSTGRES_URL"]
        if not run_pytest("PostgreSQL", with_database, {**environment, "DATABASE_URL": url}):
            failed.append("tests on PostgreSQL")
    if failed:
        print("Failed: " + "; ".join(failed), file=sys.stderr, flush=True)
    return 1 if failed else 0


def run_checks(environment: dict[str, str]) -> list[str]:
    """Run the linters side by side; print what they find and return the names of those that do."""

    def run(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
        started = time.monotonic()
        result = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return result, time.monotonic() - started

    print("Checking with " + ", ".join(CHECKS) + " …", flush=True)
    failed = []
    with ThreadPoolExecutor() as pool:
        for name, (result, seconds) in zip(CHECKS, pool.map(run, CHECKS.values()), strict=True):
            if result.returncode:
                failed.append(name)
                print(result.stdout.rstrip())
            verdict = "failed" if result.returncode else "passed"
            print(f"{name}: {verdict} ({seconds:.0f} s)", flush=True)
    return failed


def run_pytest(database: str, folders: tuple[str, ...] | list[str], env: dict[str, str]) -> bool:
    """Run the tests of these folders against one database; return whether all passed."""
    present = [folder for folder in folders if any((ROOT / folder).rglob("test_*.py"))]
    if not present:
        print(f"No tests for {database}.", flush=True)
        return True
    workers = env.get("WORKERS") or str(min(4, os.cpu_count() or 1))
    print(f"\nTests on {database}, {workers} at a time …", flush=True)
    options = ["-n", workers, "--dist", "loadfile", "--create-db", *sys.argv[1:]]
    command = [sys.executable, "-m", "pytest", *options, *present]
    # Never the folder of a portal that runs here.
    env = {**env, "DATA_DIR": str(ROOT / "var" / "test" / database.lower())}
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
