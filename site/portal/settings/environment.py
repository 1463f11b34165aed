"""Readers of the environment's addresses: database, cache and mail.

Each raises ``ImproperlyConfigured`` with one line that says which variable is wrong and how.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """Whether an on/off variable is on."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """The comma-separated values of a variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def days(name: str, default: int) -> int:
    """A variable that is a number of days; 0 for none."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ImproperlyConfigured(f"{name}: write a whole number of days, 0 for none.")
    return int(text)


def number(name: str, default: int) -> int:
    """A variable that is a small whole number."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise ImproperlyConfigured(f"{name}: write a whole number, 0 for none.")
    return int(text)


def data_dir(default: Path) -> Path:
    """The folder for the database, media, index and mail; made where it is missing."""
    folder = Path(os.environ.get("DATA_DIR") or default).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR: the folder {folder} cannot be written to ({error.strerror})."
        ) from error
    return folder


SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing in mid-transaction; readers never wait (WAL).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(folder: Path) -> dict[str, Any]:
    """``DATABASE_URL`` as a Django database; SQLite under the data folder where it is not set."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        url = f"sqlite:///{folder / 'mallisto.sqlite3'}"
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL is not an address of a database ({error}). "
            "Write for example postgres://user:password@localhost:5432/mallisto"
        ) from error
    engine = config.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
        config["CONN_MAX_AGE"] = 0
    elif engine.endswith("postgresql"):
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL: only sqlite and postgres are supported.")
    return config


def cache() -> dict[str, Any]:
    """``CACHE_URL`` (``locmem:``, ``file:///folder`` or ``redis://…``) as a Django cache."""
    url = os.environ.get("CACHE_URL", "").strip() or "locmem:"
    parts = urlsplit(url)
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": unquote(parts.path),
        }
    if parts.scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ImproperlyConfigured("CACHE_URL: write locmem:, file:///folder or redis://host:6379/0")


def elasticsearch() -> str:
    """``ELASTICSEARCH_URL``, or nothing where the embedded index is to answer."""
    url = os.environ.get("ELASTICSEARCH_URL", "").strip()
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if url and not right:
        raise ImproperlyConfigured("ELASTICSEARCH_URL: write http(s)://[user:password@]host:9200")
    return url


def elasticsearch_index(default: str) -> str:
    """``ELASTICSEARCH_INDEX``: what the server allows as the beginning of an index's name."""
    name = os.environ.get("ELASTICSEARCH_INDEX", "").strip() or default
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", name):
        raise ImproperlyConfigured(
            "ELASTICSEARCH_INDEX: write small letters a-z, digits, and . _ - but not first"
        )
    return name


def mail(folder: Path) -> dict[str, Any]:
    """``EMAIL_URL`` (``smtp[s]://user:password@host:port/?tls=1``) as Django's mail settings.

    Without it mail is written to files under the data folder.
    """
    url = os.environ.get("EMAIL_URL", "").strip()
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder / "mail"),
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL: {error}") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL: write smtp://user:password@host:587/?tls=1")
    tls = parse_qs(parts.query).get("tls", ["0"])[0] in {"1", "true"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 587 if tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": tls,
        "EMAIL_TIMEOUT": 10,
    }
