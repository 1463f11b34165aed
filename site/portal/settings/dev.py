"""What ``make run`` uses: everything embedded, demo content, mail to files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from . import environment
from .base import *  # noqa: F403
from .base import DATA_DIR, PORT


def _secret_key(folder: Path) -> str:
    """A key of this installation's own, made once, so that sessions outlive a restart."""
    file = folder / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


DEBUG = environment.flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "") or _secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DEMO_CONTENT = True
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "")
