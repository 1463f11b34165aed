"""Gather the texts of the interface into the catalogues, and compile them.

``python -m tools.messages``. Unlike Django's makemessages it needs no gettext programs: it reads
Python as a syntax tree and templates through Django's own translation of them, and keeps what is
translated. Texts are written in English, so the English catalogue fills itself.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "site" / "portal" / "locale"
LANGUAGES = ("fi", "sv", "en")
SOURCE_LANGUAGE = "en"
CODE = ("models_pages", "search", "site")
TEMPLATES = ("templates",)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")

# What stands at which argument of each function.
PLAIN, PLURAL = ("message",), ("message", "plural")
ARGUMENTS = {
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": ("context", *PLAIN),
    "pgettext_lazy": ("context", *PLAIN),
    "npgettext": ("context", *PLURAL),
    "npgettext_lazy": ("context", *PLURAL),
}
STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(
    rf"\b(_|n?p?gettext)\(\s*{STRING}(?:,\s*{STRING})?(?:,\s*{STRING})?", re.DOTALL
)


class Message(NamedTuple):
    """One text to translate."""

    message: str
    plural: str = ""
    context: str | None = None


def found_messages() -> dict[Message, list[str]]:
    """Return every text of the code and the templates, with the files where it stands."""
    found: dict[Message, list[str]] = {}
    for path, messages in (*_in_code(), *_in_templates()):
        for message in messages:
            places = found.setdefault(message, [])
            if (place := path.relative_to(ROOT).as_posix()) not in places:
                places.append(place)
    return found


def _in_code() -> Iterator[tuple[Path, list[Message]]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, list(messages_of_python(path.read_text(encoding="utf-8")))


def _in_templates() -> Iterator[tuple[Path, list[Message]]]:
    for folder in (*TEMPLATES, *CODE):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
                yield path, list(messages_of_template(path.read_text(encoding="utf-8")))


def messages_of_python(source: str) -> Iterator[Message]:
    """Yield the texts of a Python file: literal arguments of Django's translation functions."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {each.asname or each.name: each.name for each in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func, names)
        parts = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        if message := _message(name, parts):
            yield message


def _name(function: ast.expr, names: dict[str, str]) -> str:
    return names.get(function.id, "") if isinstance(function, ast.Name) else ""


def messages_of_template(source: str) -> Iterator[Message]:
    """Yield the texts of a template."""
    for name, *literals in TEMPLATE_CALL.findall(templatize(source)):
        parts = [ast.literal_eval(literal) for literal in literals if literal]
        if message := _message("gettext" if name == "_" else name, parts):
            # Django's templatize doubles percent signs, as the catalogue wants them.
            yield message


def _message(function: str, parts: Sequence[object]) -> Message | None:
    kinds = ARGUMENTS.get(function)
    if not kinds or len(parts) < len(kinds):
        return None
    values = dict(zip(kinds, parts, strict=False))
    if not all(isinstance(value, str) and value for value in values.values()):
        return None
    return Message(**values)  # type: ignore[arg-type]


def catalogue_path(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> polib.POFile:
    """Return a language's catalogue, a new one where there is none."""
    path = catalogue_path(language)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.wrapwidth = 100
    catalogue.metadata = {
        "Project-Id-Version": "Mallisto",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def message_of(entry: polib.POEntry) -> Message:
    """Return the text that an entry translates."""
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt)


def update(language: str, found: dict[Message, list[str]]) -> int:
    """Bring a catalogue up to the texts found; return how many wait for a translation."""
    catalogue = read(language)
    known = {message_of(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for message in sorted(found, key=lambda each: (found[each][0], each.message)):
        entry = known.get(message) or polib.POEntry(
            msgid=message.message, msgid_plural=message.plural, msgctxt=message.context
        )
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        if language == SOURCE_LANGUAGE:
            entry.msgstr = "" if message.plural else message.message
            entry.msgstr_plural = {0: message.message, 1: message.plural} if message.plural else {}
        entry.occurrences = [(place, "") for place in found[message]]
        placeholders = PLACEHOLDER.search(message.message + message.plural)
        entry.flags = ["python-format"] if placeholders and "%" in placeholders[0] else []
        catalogue.append(entry)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return len(catalogue.untranslated_entries())


def main() -> int:
    """Update and compile all catalogues."""
    settings.configure(USE_I18N=False)
    django.setup()
    found = found_messages()
    for language in LANGUAGES:
        print(f"{language}: {len(found)} texts, {update(language, found)} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
