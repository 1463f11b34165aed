"""Set the portal up, then run a module of the benchmark: ``python -m benchmarks._start NAME …``."""

from __future__ import annotations

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(f"benchmarks.{sys.argv.pop(1)}").main()
