"""A page's parts, each asked by every check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import RichTextField, StreamField

from models_pages.blocks import plain_text
from models_pages.sections import BY_KEY, FURTHER_SECTIONS
from models_pages.stream_text import stream_text
from models_pages.written import raw_blocks

from . import lengths, personal, readability
from .finding import Finding

# Wiio's school years end at 12. Plain descriptions of models measure 7 to 10.
HARD_WIIO = 12.0
HARD_LIX = 60.0
SHOWN = 3

_ADDRESS = re.compile(r'href="(?:mailto|tel):([^"?]{1,200})', re.IGNORECASE)


def of(page: Any) -> list[Finding]:
    """What could be better in a page, in the order of its form; [] where nothing was found.

    ``page`` is a page, or what stands for one as in ``completeness`` (a submitted form, a
    revision's content). Asks the database nothing. What authors give as their public contact is
    not looked at.
    """
    language = page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE
    is_model = page._meta.object_name == "OperatingModelPage"
    return [
        finding
        for field, heading, text in _parts(page)
        for finding in _in_part(field, str(heading), text, language, is_model)
    ]


def _parts(page: Any) -> Iterator[tuple[str, Any, str]]:
    """Each part's field, heading and words, in the order of the form."""
    fields = {field.name: field for field in page._meta.get_fields()}
    yield "title", _("Name of the model"), page.title or ""
    rich = [name for name, field in fields.items() if isinstance(field, RichTextField)]
    for name in rich:
        html = getattr(page, name) or ""
        text = "\n".join([plain_text(html), *_linked([html])])
        yield name, fields[name].verbose_name.capitalize(), text
    if "place" in fields:
        yield "place", fields["place"].verbose_name.capitalize(), page.place or ""
    streams = [name for name, field in fields.items() if isinstance(field, StreamField)]
    known = [name for name in (*BY_KEY, FURTHER_SECTIONS) if name in streams]
    for name in [*known, *(name for name in streams if name not in known)]:
        stream = getattr(page, name)
        heading = BY_KEY[name].heading if name in BY_KEY else fields[name].verbose_name
        raw = raw_blocks(stream)
        if raw:
            text = "\n".join([stream_text(raw, {}), *_linked(_strings(raw))])
            yield name, str(heading), text


def _linked(texts: Iterable[str]) -> Iterator[str]:
    for html in texts:
        yield from (unescape(address) for address in _ADDRESS.findall(html))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _in_part(
    field: str, heading: str, text: str, language: str, is_model: bool
) -> Iterator[Finding]:
    for kind, look, say in _PERSONAL:
        if found := look(text):
            yield Finding(field, heading, kind, say(found))
    if field in {"title", "place", "unplaced"}:
        return
    measured = readability.measure(text, language)
    length = lengths.judge(field, len(text.split())) if is_model else ""
    if length == "short":
        yield Finding(field, heading, length, _("Very short. Would a stranger understand it?"))
    elif length == "long":
        _least, most = lengths.OF_SECTIONS.get(field, lengths.USUAL)
        message = _("%(words)d words: most readers stop before. Try to fit it in %(most)d.")
        message %= {"words": len(text.split()), "most": most}
        yield Finding(field, heading, length, message)
    yield from _reading(field, heading, measured, language)


def _reading(
    field: str, heading: str, measured: readability.Readability, language: str
) -> Iterator[Finding]:
    if measured.long_sentences:
        number = len(measured.long_sentences)
        message = ngettext(
            "One sentence has more than %(most)d words. Could it be two? %(examples)s",
            "%(number)d sentences have more than %(most)d words. Could they be cut? %(examples)s",
            number,
        )
        message %= {
            "number": number,
            "most": readability.LONG_SENTENCE,
            "examples": _quoted(measured.long_sentences, "…"),
        }
        yield Finding(field, heading, "long_sentences", message)
    hard = HARD_WIIO if language == "fi" else HARD_LIX
    if measured.score is not None and measured.score > hard:
        measure = _("Wiio's measure") if language == "fi" else "LIX"
        message = _(
            "Heavy to read (%(measure)s %(score)d, the limit is %(limit)d): "
            "say it with shorter, everyday words where you can."
        )
        message %= {"measure": measure, "score": round(measured.score), "limit": hard}
        yield Finding(field, heading, "hard_to_read", message)


def _quoted(texts: Iterable[str], more: str = "") -> str:
    shown = list(texts)
    quoted = [f"“{text}{more}”" for text in shown[:SHOWN]]
    return ", ".join(quoted) + (" …" if len(shown) > SHOWN else "")


def _say_codes(found: list[str]) -> str:
    # Its beginning is enough to find it; the whole is better shown nowhere.
    message = _("There seems to be a personal identity code (%(codes)s). Remove it.")
    return message % {"codes": _quoted((code[:7] for code in found), "…")}


def _say_phones(found: list[str]) -> str:
    message = _(
        "A phone number in the text: %(found)s. If it is somebody's own, remove it; "
        "contacts for readers belong to the authors."
    )
    return message % {"found": _quoted(found)}


def _say_addresses(found: list[str]) -> str:
    message = _(
        "An e-mail address in the text: %(found)s. If it is somebody's own, remove it; "
        "contacts for readers belong to the authors."
    )
    return message % {"found": _quoted(found)}


_PERSONAL: tuple[tuple[str, Callable[[str], list[str]], Callable[[list[str]], str]], ...] = (
    ("identity_code", personal.identity_codes, _say_codes),
    ("phone", personal.phone_numbers, _say_phones),
    ("email", personal.email_addresses, _say_addresses),
)
