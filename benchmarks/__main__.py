"""Run all benchmarks: print a table of each, and write its figures as JSON.

A benchmark is a module of this folder with ``measure()``, which returns rows of figures (the same
keys in each), or raises ``LookupError`` with the reason why it cannot run here.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.environment import services

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results"
Row = dict[str, str | int | float]


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return the exit code."""
    os.environ.update(services())
    RESULTS.mkdir(exist_ok=True)
    every = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    for name in names or every:
        print(f"\n{name} …", flush=True)
        try:
            rows: list[Row] = importlib.import_module(f"benchmarks.{name}").measure()
        except LookupError as missing:
            print(f"left out: {missing}")
            continue
        print(table(rows))
        write(name, rows)
    return 0


def table(rows: list[Row]) -> str:
    """Return rows as a table of text."""
    shown = [list(rows[0])] + [[str(value) for value in row.values()] for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(shown[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    )


def write(name: str, rows: list[Row]) -> None:
    """Write the figures, with what they were measured on."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = json.dumps({"measured": now, "machine": machine, "rows": rows}, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
