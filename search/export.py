"""What a search finds as a table (CSV), for a spreadsheet: streamed, so of any length.

The file is UTF-8 with a byte order mark and semicolons, as a spreadsheet program with Finnish or
Swedish settings opens it without asking.
"""

from __future__ import annotations

import codecs
import csv
import io
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import forms, service
from search.facets import HEADINGS, value_label
from search.service import Line, Whole
from search.spreadsheet_cells import as_text
from search.vocabularies import Snapshot, registry

logger = logging.getLogger("mallisto.search")
MAX_ROWS = 10_000
CHUNK = 500
DELIMITER = ";"
# Between several values of one cell.
BETWEEN = " | "
_FILE_NAMES = {"fi": "mallisto-haku", "sv": "mallisto-sok", "en": "mallisto-search"}

COLUMNS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "address": gettext_lazy("Address"),
    "language": HEADINGS["language"],
    "type": gettext_lazy("Type"),
    "phase": HEADINGS["phase"],
    "region": gettext_lazy("Regions"),
    "theme": gettext_lazy("Themes"),
    "target_group": gettext_lazy("Target groups"),
    "funder": gettext_lazy("Funders"),
    "organisation": gettext_lazy("Organisations"),
    "collection": pgettext_lazy("programme", "Collections"),
    "published": gettext_lazy("Published"),
    "confirmed": gettext_lazy("Last confirmed valid"),
    "description": gettext_lazy("Short description"),
}
_FACETS = ("phase", "region", "theme", "target_group", "funder", "organisation", "collection")


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    """Everything that a search finds, at most ``MAX_ROWS`` rows; takes what the page takes.

    503 where no index answers. The index is asked once, for the numbers of all rows, and so gives
    each page once, however it changes meanwhile. Should the database fail on the way, the file
    ends with a line that says so: what is sent cannot be taken back.
    """
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    asked = forms.read(request.GET)
    wanted = MAX_ROWS if request.method == "GET" else 1
    found = service.whole(asked, language, wanted)
    if found is None:
        return HttpResponse(
            _("Search is resting for a moment. Try again soon."),
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "60"},
        )
    lines = _file(found, language) if request.method == "GET" else ()
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = _FILE_NAMES.get(language, _FILE_NAMES["en"])
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _file(found: Whole, language: str) -> Iterator[bytes]:
    """The file, a chunk of rows at a time; nothing of an earlier chunk is kept."""
    yield _in(language, _head)
    for start in range(0, len(found.ids), CHUNK):
        try:
            chunk = _in(language, partial(_rows, found.ids[start : start + CHUNK], language))
        except DatabaseError:
            logger.exception("The database failed in the middle of a search's file")
            yield _last(
                language,
                gettext_lazy("The list is not whole: search stopped answering. Fetch it again."),
            )
            return
        yield chunk
    if found.total > len(found.ids):
        yield _last(
            language,
            gettext_lazy(
                "The list ends here, after %(rows)d results of %(total)d. "
                "Limit the search to get them all."
            ),
            rows=len(found.ids),
            total=found.total,
        )


def _in(language: str, made: Callable[[], bytes]) -> bytes:
    # Never around a ``yield``: whoever takes the bytes may speak another language.
    with translation.override(language):
        return made()


def _rows(ids: Sequence[int], language: str) -> bytes:
    names = registry.snapshot()
    return b"".join(_line(_cells(line, language, names)) for line in service.lines(ids))


def _head() -> bytes:
    return codecs.BOM_UTF8 + _line([str(heading) for heading in COLUMNS.values()])


def _last(language: str, text: str | Promise, **values: int) -> bytes:
    with translation.override(language):
        return _line([str(text) % values])


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=DELIMITER).writerow([as_text(cell) for cell in cells])
    return line.getvalue().encode()


def _cells(line: Line, language: str, names: Snapshot) -> list[str]:
    """A row, in the order of ``COLUMNS``."""
    page, document = line.page, line.document

    def labels(key: str) -> str:
        found = (
            # A collection may have been unpublished since: only the vocabulary knows.
            names.label(key, facet.value, language) or ("" if key == "collection" else facet.label)
            for facet in document.facets
            if facet.key == key
        )
        return BETWEEN.join(dict.fromkeys(filter(None, found)))

    return [
        page.title,
        line.address,
        value_label("language", document.language, language, names),
        str(page.page_type_display_name),
        *(labels(key) for key in _FACETS),
        _day(page.first_published_at),
        document.confirmed_on.isoformat() if document.confirmed_on else "",
        document.description,
    ]


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
