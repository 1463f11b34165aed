"""Asking the indexes: the first that answers does, and one that fails or hangs is left alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TypeVar

from django.core.signals import setting_changed

from search.engines.base import Engine, EngineUnavailable, SearchRequest
from search.index import indexes
from search.index.breaker import Breaker

logger = logging.getLogger("mallisto.search")
Answer = TypeVar("Answer")


def ask(call: Callable[[Engine], Answer]) -> Answer | None:
    """What the first index that answers gives; ``None`` where none does. Never raises.

    An index that failed or was slow is not asked for some seconds (see ``breaker``), so that
    nobody waits for a server that is down or frozen. The last index is the local one, which has
    no substitute: it is always asked. ``call`` must not change anything: it may be made twice.
    """
    return _ask(call, indexes.names())


def ask_local_first(call: Callable[[Engine], Answer]) -> Answer | None:
    """As ``ask``, but of the local index, which can't hang, before any server.

    For what is only beside the matter of a page: no reader is to wait for that.
    """
    return _ask(call, indexes.names()[::-1])


def any_answers() -> bool:
    """Whether any index answers."""
    nothing = SearchRequest(query=None, limit=1)
    return ask_local_first(lambda engine: engine.search(nothing)) is not None


def _ask(call: Callable[[Engine], Answer], names: Sequence[str]) -> Answer | None:
    local = indexes.names()[-1]
    for name in names:
        breaker = _breaker(name)
        token = breaker.enter(force=name == local)
        if token is None:
            continue
        works: bool | None = None
        try:
            answer = call(indexes.get(name).engine)
            works = True
            return answer
        except EngineUnavailable as error:
            works = False
            logger.debug("The search index %s does not answer: %s", name, error)
        except Exception:
            # Whatever a reader typed or a file held: a page with a kind word, not an error.
            logger.exception("Asking the search index %s failed", name)
        finally:
            breaker.leave(token, works=works)
    return None


@cache
def _breaker(name: str) -> Breaker:
    return Breaker(partial(_tell, name))


def _tell(name: str, is_open: bool) -> None:
    if is_open:
        logger.warning("The search index %s does not answer, or slowly; it is left alone", name)
    else:
        logger.info("The search index %s answers again", name)


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in {"SEARCH_INDEX_DIR", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX"}:
        _breaker.cache_clear()


setting_changed.connect(_forget, dispatch_uid="search.index.answering")
