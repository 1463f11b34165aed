"""The portal as it runs in production, with the benchmark's peer beside it.

Not ``portal.settings.production`` itself, which leads every request to HTTPS and needs an
environment of its own; what costs time is the same: no debugging, cached templates.
"""

from __future__ import annotations

import os

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, INSTALLED_APPS, LOGGING

SECRET_KEY = "of-a-benchmark-that-nobody-else-can-reach"
ALLOWED_HOSTS = ["testserver"]
WAGTAILADMIN_BASE_URL = "http://testserver"
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.peer"]
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "ERROR"}, "loggers": {}}
ELASTICSEARCH_URL = os.environ.get("BENCH_ELASTICSEARCH_URL", "")

# Stock search as its documentation says to set it up for Finnish.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "finnish"
