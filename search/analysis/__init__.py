"""Text to terms: one analysis for all engines, a pure function of text, language and data.

``analyse`` uses the process's analysers, made when first asked for; ``configure`` says where the
converted data may be kept and which own words count. Pure: no Django.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from time import time

from search.analysis.base import SCHEME_VERSION, Analyser, Terms, Token
from search.analysis.forms import FormTable
from search.analysis.vocabulary import OWN_WORDS, vocabulary_version

__all__ = [
    "LANGUAGES",
    "Terms",
    "Token",
    "analyse",
    "analyser",
    "configure",
    "fingerprint",
    "flush",
    "known_forms",
    "same_but_for_own_words",
    "use_own_words",
]

LANGUAGES = ("fi", "sv", "en")
# What a word's terms depend on: the table of forms is another's where one of these changed.
_SOURCES = {
    "fi": ("base", "finnish", "transducer"),
    "sv": ("base", "dictionaries", "stemming", "swedish"),
    "en": ("base", "dictionaries", "stemming", "english"),
}
# Tables of other versions are left for processes that still run on them.
_OLD_SECONDS = 7 * 24 * 3600


@dataclass(slots=True)
class _Setup:
    """The process's analysers and what they are made with."""

    cache_dir: Path | None = None
    own_words: frozenset[str] = OWN_WORDS
    analysers: dict[str, Analyser] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)


_setup = _Setup()


def configure(cache_dir: Path | None = None, own_words: Collection[str] = frozenset()) -> None:
    """Where converted data and forms are kept, and own words beside the built-in ones."""
    with _setup.lock:
        if cache_dir != _setup.cache_dir:
            _setup.cache_dir = cache_dir
            _setup.analysers = {}
        use_own_words(own_words)


def use_own_words(words: Collection[str]) -> None:
    """Count these own words beside the built-in ones from now on, in place of earlier ones.

    To be called at any time, from any thread; costs next to nothing. ``fingerprint`` is then
    another.
    """
    wanted = OWN_WORDS | {word.lower() for word in words}
    with _setup.lock:
        if wanted != _setup.own_words:
            _setup.own_words = wanted
            # Replaced, not changed: another thread may be looking.
            _setup.analysers = {
                language: made.taught(wanted) for language, made in _setup.analysers.items()
            }


def analyser(language: str) -> Analyser:
    """The analyser of a language; Finnish for one that has none of its own."""
    language = language[:2].lower()
    if language not in LANGUAGES:
        language = "fi"
    found = _setup.analysers.get(language)
    if found is None:
        with _setup.lock:
            found = _setup.analysers.get(language) or _make(language)
            _setup.analysers[language] = found
    return found


def _make(language: str) -> Analyser:
    # By name, so that a process that never meets a language does not load its libraries.
    if language == "fi":
        module = importlib.import_module("search.analysis.finnish")
        made: Analyser = module.FinnishAnalyser(_setup.cache_dir, _setup.own_words)
    elif language == "sv":
        made = importlib.import_module("search.analysis.swedish").SwedishAnalyser()
    else:
        made = importlib.import_module("search.analysis.english").EnglishAnalyser()
    if _setup.cache_dir is not None:
        made.table = _table(made, _setup.cache_dir)
    return made


def _table(made: Analyser, folder: Path) -> FormTable:
    """The table of a language's forms; its name says by what data and code they were made."""
    version = hashlib.sha256(f"{SCHEME_VERSION}|{made.data_version()}".encode())
    for name in _SOURCES[made.language]:
        with suppress(OSError):
            version.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    name = f"forms-{made.language}-{version.hexdigest()[:12]}.sqlite3"
    for file in folder.glob(f"forms-{made.language}-*.sqlite3*"):
        with suppress(OSError):
            if not file.name.startswith(name) and file.stat().st_mtime < time() - _OLD_SECONDS:
                file.unlink()
    return FormTable(folder / name)


def analyse(text: str, language: str) -> list[Token]:
    """The words of ``text`` with their offsets and terms. Raises on no text."""
    return analyser(language).analyse(text)


def known_forms(language: str) -> tuple[str, ...]:
    """The forms of words met in indexing on this machine, in small letters.

    Some are of pages that are public no more: ask the engine for their ``frequencies`` before
    any is shown. The same object for as long as there are no more forms.
    """
    table = analyser(language).table
    return table.known() if table else ()


def flush() -> None:
    """Write the words met in indexing that wait to be kept. Never raises."""
    for one in list(_setup.analysers.values()):
        if one.table:
            one.table.flush()


def fingerprint() -> str:
    """Scheme, data and own words as one short string: indexes made with another must be remade."""
    versions = [str(SCHEME_VERSION)]
    versions += [analyser(language).data_version() for language in LANGUAGES]
    digest = hashlib.sha256("|".join(versions).encode()).hexdigest()[:16]
    return f"{digest}-{vocabulary_version(_setup.own_words)}"


def same_but_for_own_words(one: str, other: str) -> bool:
    """Whether two fingerprints (or what ends with one) are of the same scheme and data."""
    return one.rpartition("-")[0] == other.rpartition("-")[0]
