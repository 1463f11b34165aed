"""Tables of Wagtail's reports, as CSV: what somebody typed becomes no formula of whoever opens it.

Wagtail sees to that in xlsx only, and has no setting for CSV.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from search.spreadsheet_cells import as_text

_stock = SpreadsheetExportMixin.preprocess_field_value


@wraps(_stock)
def _cell(view: Any, field: str, value: Any, export_format: str) -> Any:
    cell = _stock(view, field, value, export_format)
    is_typed = isinstance(cell, str) and export_format == SpreadsheetExportMixin.FORMAT_CSV
    return as_text(cell) if is_typed else cell


def connect() -> None:
    """Exchange the one method through which each cell of each report goes."""
    SpreadsheetExportMixin.preprocess_field_value = _cell
