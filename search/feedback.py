"""Documents that do not match, but are like the best that do: what follows where few match.

Alike is what uses the same telling words, or words of the same families as the query's.

A reader who finds three models is glad of the next ones, and librarians' judgements say the same:
see ``benchmarks/ablation.py``. They stand below everything that matches, and are counted neither
in the total nor in facets, so what the page says of the words stays true. Where enough match,
nothing is asked. Pure: no Django.
"""

from __future__ import annotations

from dataclasses import replace

from search.engines.base import Engine, SearchRequest
from search.queries import FAMILIES, TYPICAL_FIELD, Combined, Term, terms
from search.results import EngineResult

# The best hits that are looked at: fewer are chance, more are off the subject.
BEST_HITS = 10


def related(
    engine: Engine, request: SearchRequest, result: EngineResult, limit: int
) -> tuple[int, ...]:
    """Ids of documents most like the best of ``result``, at most ``limit``, best first.

    ``result`` is the beginning of the engine's answer to ``request``. The documents pass the
    request's filters. None where nothing matches. Raises ``EngineUnavailable`` as the engine does.
    """
    best = [hit.id for hit in result.hits[:BEST_HITS]]
    if request.query is None or not best or limit < 1:
        return ()
    telling = engine.telling(best)
    if not telling:
        return ()
    alike = Combined(
        should=(
            *(Term(TYPICAL_FIELD, term, weight) for term, weight in telling),
            *dict.fromkeys(
                replace(one, weight=1.0) for one in terms(request.query) if one.field == FAMILIES
            ),
        )
    )
    query = Combined(must=(alike,), without=(request.query,))
    asked = SearchRequest(query, filters=request.filters, limit=limit)
    return tuple(hit.id for hit in engine.search(asked).hits)
