"""Which numbers of pages are offered."""

import pytest

from search.paging import MAX_PAGE, numbers


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (1, 1, (1,)),
        (1, 2, (1, 2)),
        (1, 9, (1, 2, None, 9)),
        (3, 9, (1, 2, 3, 4, None, 9)),
        (4, 9, (1, 2, 3, 4, 5, None, 9)),
        (5, 9, (1, None, 4, 5, 6, None, 9)),
        (9, 9, (1, None, 8, 9)),
        (2, 10_000, (1, 2, 3, None, MAX_PAGE)),
    ],
)
def test_the_first_the_neighbours_and_the_last(page, pages, expected):
    assert numbers(page, pages) == expected
