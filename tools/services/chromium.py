"""Chromium and fonts, for the browser tests."""

from __future__ import annotations

import shutil

from tools.services.debian import Unavailable, install

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu", "fonts-liberation")


def start() -> dict[str, str]:
    """Find or install Chromium."""
    if not (path := find()):
        install(*PACKAGES)
        path = find()
    if not path:
        raise Unavailable("installed, but no command of that name was found")
    return {"CHROMIUM": path}


def find() -> str | None:
    """Return the path of an installed browser."""
    return next((path for name in COMMANDS if (path := shutil.which(name))), None)
