"""Reads the rows; a viewset's line makes a row of each address that the viewset has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import rows, rows_admin
from .doors import Door
from .rows import Row

TABLES = (
    rows.PAGES,
    rows.OWN_SCREENS,
    rows.MEDIA,
    rows.PUBLIC,
    rows_admin.REPORTS,
    rows_admin.ADMINISTRATION,
    rows_admin.EVERYBODY,
    rows_admin.SHUT,
)


def lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line that is no comment."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def written() -> dict[str, Row]:
    """Return the rows that stand in the tables as they are."""
    table: dict[str, Row] = {}
    for text in TABLES:
        for key, objects, get, post in lines(text):
            assert key not in table, f"two rows for {key}"
            table[key] = Row(key, objects, get, post)
    return table


def of_viewsets(keys: Iterable[str]) -> dict[str, Row]:
    """Return the rows of viewsets' and choosers' addresses, of those keys that there are."""
    viewsets = {
        name: (kind, dict(zip(("list", "add", "change", "delete"), rights, strict=True)))
        for name, kind, *rights in lines(rows_admin.VIEWSETS)
    }
    adding = {kind: rights["add"] for kind, rights in viewsets.values()}
    families = {name: (rows_admin.ACTIONS, kind, right) for name, (kind, right) in viewsets.items()}
    families |= {
        name: (rows_admin.CHOOSING, kind, {"add": adding[kind]})
        for name, kind in lines(rows_admin.CHOOSERS)
    }
    table = {}
    for key in keys:
        family, _colon, address = key.rpartition(":")
        if family not in families:
            continue
        actions, kind, rights = families[family]
        for action, with_object, get, post in lines(actions):
            if action == address:
                objects = kind if with_object == "yes" else "-"
                table[key] = Row(key, objects, rights.get(get, get), rights.get(post, post))
    return table


def table_for(doors: Iterable[Door]) -> dict[str, Row]:
    """Return every row, by the door's key."""
    exceptions = {cells[0]: Row(*cells) for cells in lines(rows_admin.EXCEPTIONS)}
    return {**of_viewsets(door.key for door in doors), **written(), **exceptions}
