"""Tables of labels: concepts with their name in each language, as vocabularies are published.

A table is text in UTF-8, one concept a line, its columns apart by tabs; the first line names them:
``uri`` and one or more of ``fi``, ``sv``, ``en``. Other columns are left aside. Pure: no Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
LONGEST = 255
_LONGEST_LINE = 64_000
_IN_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class LabelsError(Exception):
    """The file is not a table of labels; the message says which file and line, and why."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A concept of a table: the line it stands on, its address, its label in each language."""

    line: int
    uri: str
    labels: dict[str, str]


def name_of(label: str) -> str:
    """A label as a person would write it, without what stands in parentheses.

    ``kielet (soittimet)`` tells apart concepts of one name; nobody searches with the second word.
    """
    return " ".join(_IN_PARENTHESES.sub("", label).split())


def spoken(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels as persons would write them; those of which nothing stays are left out."""
    names = {language: name_of(label) for language, label in labels.items()}
    return {language: name for language, name in names.items() if name}


def read_labels(path: Path) -> Iterator[Labelled]:
    """The concepts of a table in its order. Raises ``LabelsError`` at the first wrong line."""
    lines = _lines(path)
    columns = _columns(path, next(lines, (0, ""))[1])
    seen: dict[str, int] = {}
    for number, line in lines:
        values = [value.strip() for value in line.split("\t")]
        if len(values) > len(columns):
            raise LabelsError(
                f"{path}, line {number}: {len(values)} columns, "
                f"but the first line names {len(columns)}"
            )
        row = dict(zip(columns, values, strict=False))
        uri = row["uri"]
        if not uri:
            raise LabelsError(f"{path}, line {number}: the concept has no uri")
        if uri in seen:
            raise LabelsError(f"{path}, line {number}: {uri} stands on line {seen[uri]} already")
        seen[uri] = number
        for column, value in row.items():
            if _CONTROL.search(value):
                raise LabelsError(f"{path}, line {number}: a control character in {column}")
            if len(value) > LONGEST:
                raise LabelsError(
                    f"{path}, line {number}: {column} is longer than {LONGEST} characters"
                )
        yield Labelled(number, uri, {code: row[code] for code in LANGUAGES if row.get(code)})


def _columns(path: Path, header: str) -> list[str]:
    columns = [column.strip().lower() for column in header.split("\t")]
    if (
        "uri" not in columns
        or not set(columns).intersection(LANGUAGES)
        or len(set(columns)) < len(columns)
    ):
        raise LabelsError(
            f"{path}, line 1: the first line has to name the columns uri, fi, sv, en, "
            "with tabs between them"
        )
    return columns


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, numbered from one."""
    number = 0
    try:
        with path.open("rb") as file:
            while raw := file.readline(_LONGEST_LINE):
                number += 1
                if len(raw) == _LONGEST_LINE:
                    raise LabelsError(f"{path}, line {number}: longer than any line of labels is")
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if line.strip():
                    yield number, line
    except OSError as error:
        raise LabelsError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise LabelsError(f"{path}, line {number}: this is not text in UTF-8") from None
