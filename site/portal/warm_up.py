"""What the first reader of a process would wait a second or two for, done beforehand."""

from __future__ import annotations

import gc
import logging
import threading

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import close_old_connections
from django.urls import get_resolver
from wagtail.models import Site

from search import corrections, service
from search.vocabularies import registry

logger = logging.getLogger("mallisto")


def start() -> None:
    """Read dictionaries, vocabularies and spelling beside whatever else the process does.

    Vocabularies are read again every now and then, as long as the process lives.
    """
    threading.Thread(target=_read, name="warm-up", daemon=True).start()


def _read() -> None:
    try:
        # What Django and Wagtail remember by process, and each page of ours asks for.
        ContentType.objects.get_for_models(*apps.get_models())
        Site.get_site_root_paths()
        service.search(service.Asked(text="toimintamalli"), settings.LANGUAGE_CODE)
        corrections.learn_spelling()
    except Exception:
        # The first reader's request will say the same, and to whom it concerns.
        logger.warning("Search could not be made ready beforehand", exc_info=True)
    finally:
        close_old_connections()
    settle()
    registry.keep(threading.Event())


def settle() -> None:
    """Let the collector of garbage pass over what the process keeps for good.

    That is some 200,000 objects of Django's, Wagtail's and the dictionaries'. Looked through again
    and again, they held up every twentieth request or so for 160 to 460 ms.
    """
    # Importing the views is what most of them come from.
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
