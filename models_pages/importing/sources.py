"""From what was asked for on the command line to files to read."""

from __future__ import annotations

import glob
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .decoding import MAX_BYTES, UnreadableSource, decode
from .reader import title_from_name

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A page text to import. ``label`` is its name in the report; ``path`` None is stdin."""

    label: str
    path: Path | None = None
    error: str = ""

    def read(self) -> str:
        """The text; raises UnreadableSource with the reason where there is none to be had."""
        if self.error:
            raise UnreadableSource(self.error)
        try:
            if self.path is None:
                # A byte more than is allowed tells that there is too much, however much there is.
                return decode(_standard_input(MAX_BYTES + 1))
            with self.path.open("rb") as file:
                return decode(file.read(MAX_BYTES + 1))
        except OSError as error:
            raise UnreadableSource("unreadable") from error

    @property
    def name(self) -> str:
        """A title for a text that has none."""
        return title_from_name(self.path.stem) if self.path else ""

    def location(self, title: str) -> str:
        """Where the text comes from, as it is remembered; stdin has only the title to go by."""
        return str(self.path.resolve()) if self.path else f"{STDIN} {title}"


def _standard_input(most: int) -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    return stream.read(most) if stream else sys.stdin.read(most).encode()


def find_sources(paths: Iterable[str]) -> Iterator[Source]:
    """The sources that the paths, folders and patterns name, each once, folders in name order.

    What names nothing comes as a source with an error, so that it is reported like the others.
    """
    seen: set[Path] = set()
    for asked in paths:
        try:
            found = list(_find(asked))
        except (OSError, ValueError):  # a name that no file can have
            found = [Source(asked, error="not_found")]
        for source in found:
            if source.path is not None:
                resolved = source.path.resolve()
                if resolved in seen:
                    continue
                seen.add(resolved)
            yield source


def _find(asked: str) -> Iterator[Source]:
    path = Path(asked)
    if asked == STDIN:
        yield Source(STDIN)
    elif path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield Source(asked, path)
    # Path.glob takes no absolute pattern.
    elif glob.has_magic(asked) and (found := sorted(glob.glob(asked, recursive=True))):  # noqa: PTH207
        for name in found:
            match = Path(name)
            if match.is_dir():
                yield from (() if "**" in asked else _folder(match))
            else:
                yield Source(name, match)
    else:
        yield Source(asked, error="not_found")


def _folder(folder: Path) -> Iterator[Source]:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    ]
    if not files:
        yield Source(str(folder), error="no_files")
    for path in files:
        yield Source(str(path), path)


def is_gone(location: str) -> bool:
    """Whether nothing is any longer where a source was read from."""
    try:
        return not Path(location).exists()
    except (OSError, ValueError):
        return True


def digest(text: str) -> str:
    """A short, even name for a location or a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
