"""Asks an address in a role, undoes what that wrote, and judges the answer."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib.messages import ERROR, get_messages
from django.core.cache import caches
from django.db import connection, transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .rules import ADMINISTRATOR, EDITOR
from .world import EDITORS_SECRET, SECRET, World

ALLOWED, REFUSED, FAILED = "allowed", "refused", "failed"
LOGIN = re.compile(r"^(https?://testserver)?(/admin/login/|/\w\w/_util/login/)")
REFUSALS = {401, 403, 404, 405, 410}
WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
# Written beside the work itself: who is logged in, who has a page open, previews, made pictures.
BESIDE = {
    "django_session",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_pagesubscription",
    "models_pages_portalrendition",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
    "wagtailcore_referenceindex",
    "wagtailsearch_indexentry",
}


@dataclass
class Answer:
    """A verdict, what led to it, and what was written to the database."""

    verdict: str
    why: str
    written: tuple[str, ...]
    text: str

    def told(self, word: str) -> bool:
        """Whether the answer shows a word, in whatever capitals."""
        return bool(self.around(word))

    def around(self, word: str) -> str:
        """Return the first place where the answer shows a word."""
        place = self.text.lower().find(word.lower())
        return self.text[max(0, place - 80) : place + 60] if place >= 0 else ""


class Asking:
    """Browsers of every role, in one transaction that is never committed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cookies: dict[str, Any] = {}
        for role, account in world.accounts.items():
            client = Client()
            if account is not None:
                client.force_login(account)
            self.cookies[role] = client.cookies

    def ask(
        self,
        role: str,
        method: str,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        beside: dict[str, Any] | None = None,
        shown: bool = True,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask, as nobody ever had: what the request writes is undone.

        ``data`` is a form that is filled rightly, ``beside`` what a browser posts anyway. With
        ``shown=False`` no template is rendered, which takes most of the time: for answers in
        which nothing is looked for.
        """
        answer, _deed = self.deed(
            role,
            url,
            data or beside,
            lambda: None,
            method=method,
            shown=shown,
            headers=headers,
            is_filled=bool(data),
        )
        return answer

    def deed(
        self,
        role: str,
        url: str,
        data: dict[str, Any] | None,
        state: Callable[[], Any],
        *,
        method: str = "POST",
        shown: bool = False,
        headers: dict[str, str] | None = None,
        is_filled: bool = True,
    ) -> tuple[Answer, Any]:
        """Ask, and return with the answer what ``state`` gives before the request is undone."""
        client = Client(headers=headers)
        client.cookies.update(self.cookies[role])
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries, _templates(shown):
                try:
                    response = client.get(url) if method == "GET" else client.post(url, data or {})
                    body = _body(response, url)
                except Exception:  # noqa: BLE001 (whatever it was, the matrix tells it)
                    answer = Answer(FAILED, traceback.format_exc(limit=-4), (), "")
                else:
                    verdict, why = judge(response, is_filled=is_filled)
                    answer = Answer(verdict, why, (), body)
            answer.written = written(queries.captured_queries)
            after = state()
            transaction.set_rollback(True)
        if answer.written:
            for cache in caches.all():
                cache.clear()
        return answer, after


@contextmanager
def _templates(shown: bool) -> Iterator[None]:
    if shown:
        yield
        return
    rendered = SimpleTemplateResponse.rendered_content
    SimpleTemplateResponse.rendered_content = property(lambda response: "")
    try:
        yield
    finally:
        SimpleTemplateResponse.rendered_content = rendered


def _body(response: Any, url: str) -> str:
    """Return headers and content, without the address itself where they repeat it."""
    content = b"".join(response) if response.streaming else response.content
    text = f"{response.headers} {content.decode(errors='replace')}"
    return text.replace(url, "").replace(quote(url), "").replace(url.lower(), "")


def written(queries: list[dict[str, str]]) -> tuple[str, ...]:
    """Return the tables that a request wrote to, those apart that no work is kept in."""
    tables = {match[2] for query in queries if (match := WRITE.match(query["sql"]))}
    return tuple(sorted(tables - BESIDE))


def judge(response: Any, *, is_filled: bool = False) -> tuple[str, str]:
    """Return whether an answer lets in or turns away, and what it is judged by.

    Turned away: to a login, by a status that says so, by a redirect with an error's message, from
    an action on many objects of which none is left to treat, or by a form that is shown again with
    an error's message though it was filled rightly.
    """
    status = response.status_code
    if status >= 500:
        return FAILED, f"status {status}"
    if status in REFUSALS:
        return REFUSED, f"status {status}"
    if status in {301, 302, 303, 307, 308}:
        target = response.headers["Location"]
        if LOGIN.match(target):
            return REFUSED, "to a login"
        errors = _errors(response)
        return (REFUSED if errors else ALLOWED), f"to {target} {errors}"
    context = getattr(response, "context_data", None) or {}
    if "items_with_no_access" in context and not context["items"]:
        return REFUSED, "nothing left to treat"
    if not response.streaming and b'"result": []' in response.content:
        return REFUSED, "nothing chosen"
    if is_filled and (errors := _errors(response)):
        return REFUSED, f"told {errors}"
    return ALLOWED, f"status {status} {_errors(response)}"


def _errors(response: Any) -> list[str]:
    request = getattr(response, "wsgi_request", None)
    if request is None or not hasattr(request, "_messages"):
        return []
    return [str(message) for message in get_messages(request) if message.level >= ERROR]


def secrets_of(role: str, thing: Any) -> tuple[str, ...]:
    """Return the words that no answer to a role may show, whatever is asked."""
    if role in {EDITOR, ADMINISTRATOR}:
        return ()
    return (EDITORS_SECRET,) if role in {"owner", "coauthor"} else (EDITORS_SECRET, SECRET)
