#!/usr/bin/env python
"""Mallisto's command line."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Run a command; a setting that cannot be right is told in one line, without a traceback."""
    # After the script's own folder, before the standard library: see docs/architecture.md.
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"Mallisto cannot start: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
