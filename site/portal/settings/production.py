"""Production: everything from the environment; refuses to start with what is not safe."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from . import environment
from .base import *  # noqa: F403
from .base import STORAGES

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if ALLOWED_HOSTS else ""
)


def _problems() -> list[str]:
    """What is not safe in this environment, a sentence each."""
    problems = []
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "insecure" in SECRET_KEY:
        problems.append("SECRET_KEY must be a random text of at least 50 characters.")
    if environment.flag("DEBUG"):
        problems.append("DEBUG must not be on.")
    if not ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS must name the portal's host names.")
    if any(host == "*" or host.startswith("*") for host in ALLOWED_HOSTS):
        problems.append("ALLOWED_HOSTS must not have a wildcard.")
    return problems


if _found := _problems():
    raise ImproperlyConfigured(" ".join(_found))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# The proxy and the load balancer ask over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
