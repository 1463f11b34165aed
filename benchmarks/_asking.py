"""Asking the portal: the engine alone, and the search page from address to HTML."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from benchmarks._questions import Question
from search import forms
from search.engines.base import FACETS, Engine, SearchRequest
from search.parser import parse
from search.queries import build_query
from search.service import PER_PAGE, Asked
from search.vocabularies import registry


def of_engine(engine: Engine) -> Callable[[Question], int]:
    """A call that asks an engine for a page of hits and all facets; gives how many it found.

    Reading the question and analysing its words are in it.
    """

    def ask(question: Question) -> int:
        query = build_query(parse(question.text), "fi")
        request = SearchRequest(query, question.filters, FACETS, limit=PER_PAGE)
        return engine.search(request).total

    return ask


def of_page() -> Callable[[Question], int]:
    """A call that asks for the search page as a reader does; gives the length of its HTML."""
    client = Client()
    with translation.override("fi"):
        address = reverse("search:search")

    def ask(question: Question) -> int:
        asked = Asked(text=question.text, filters=question.filters)
        answer = client.get(address + forms.write(asked))
        if answer.status_code != 200 or b'class="hit"' not in answer.content:
            raise RuntimeError(f"the search page gave no hits for {question.text}")
        return len(answer.content)

    return ask


def queries(ask: Callable[[Question], int], question: Question) -> int:
    """How many SQL queries a question costs.

    Without those that read the vocabularies again: a process that serves does that by itself.
    """
    registry.renew()
    with CaptureQueriesContext(connection) as captured:
        ask(question)
    return len(captured)
