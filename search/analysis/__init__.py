"""Text to terms: one analysis for all engines, a pure function of text, language and data.

``analyse`` uses the process's analysers, made when first asked for; ``configure`` says where the
converted data may be kept and which own words count. Pure: no Django.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from search.analysis.base import SCHEME_VERSION, Analyser, Terms, Token
from search.analysis.vocabulary import OWN_WORDS, vocabulary_version

__all__ = [
    "LANGUAGES",
    "Terms",
    "Token",
    "analyse",
    "analyser",
    "configure",
    "fingerprint",
    "same_but_for_own_words",
    "use_own_words",
]

LANGUAGES = ("fi", "sv", "en")


@dataclass(slots=True)
class _Setup:
    """The process's analysers and what they are made with."""

    cache_dir: Path | None = None
    own_words: frozenset[str] = OWN_WORDS
    analysers: dict[str, Analyser] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)


_setup = _Setup()


def configure(cache_dir: Path | None = None, own_words: Collection[str] = frozenset()) -> None:
    """Where converted data is kept, and own words beside the built-in ones."""
    with _setup.lock:
        _setup.cache_dir = cache_dir
        _setup.own_words = OWN_WORDS | {word.lower() for word in own_words}
        _setup.analysers.clear()


def use_own_words(words: Collection[str]) -> None:
    """Count these own words beside the built-in ones from now on, in place of earlier ones."""
    wanted = OWN_WORDS | {word.lower() for word in words}
    with _setup.lock:
        if wanted != _setup.own_words:
            _setup.own_words = wanted
            # Only Finnish knows of them.
            _setup.analysers.pop("fi", None)


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
    return made


def analyse(text: str, language: str) -> list[Token]:
    """The words of ``text`` with their offsets and terms. Raises on no text."""
    return analyser(language).analyse(text)


def fingerprint() -> str:
    """Scheme, data and own words as one short string: indexes made with another must be remade."""
    versions = [str(SCHEME_VERSION)]
    versions += [analyser(language).data_version() for language in LANGUAGES]
    digest = hashlib.sha256("|".join(versions).encode()).hexdigest()[:16]
    return f"{digest}-{vocabulary_version(_setup.own_words)}"


def same_but_for_own_words(one: str, other: str) -> bool:
    """Whether two fingerprints (or what ends with one) are of the same scheme and data."""
    return one.rpartition("-")[0] == other.rpartition("-")[0]
