"""Settings of the test suite; the database comes from ``DATABASE_URL`` or is SQLite."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before the base settings read it: a run of the tests leaves the working copy's data alone.
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="mallisto-test-"))

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASES

SECRET_KEY = "test-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
POST_OFFICE = {"BACKENDS": {"default": "django.core.mail.backends.locmem.EmailBackend"}}
WAGTAILADMIN_BASE_URL = "http://testserver"
SHARED_DIR = Path(os.environ.get("SHARED_DIR", "../shared"))
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = DATA_DIR / "static"
# Counting writes from a thread of its own, now and then; tests of it turn it on.
SEARCH_LOG_DAYS = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the tests' threads and processes share it as the real one is shared.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
