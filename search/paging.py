"""Which numbers of pages to offer: the first, those beside the current one, the last.

Pages of results are cut anew at each request, so what is promised is this: every address of a page
answers (past the end, with the last page); an item that was taken away is not shown and not
counted; orders by name and by date do not shuffle what stays. When items come or go between two
requests, one may be met twice or be passed over at the border of two pages.
"""

from __future__ import annotations

# Further pages are not offered: who has seen so many narrows the search.
MAX_PAGE = 500
_BESIDE = 1


def numbers(page: int, pages: int) -> tuple[int | None, ...]:
    """Numbers in order, ``None`` where some are left out between two."""
    last = min(pages, MAX_PAGE)
    kept = {1, last, *range(page - _BESIDE, page + _BESIDE + 1)}
    shown: list[int | None] = []
    before = 0
    for number in sorted(one for one in kept if 1 <= one <= last):
        if number == before + 2:
            # A gap of one page is that page.
            shown.append(before + 1)
        elif number > before + 1:
            shown.append(None)
        shown.append(number)
        before = number
    return tuple(shown)
