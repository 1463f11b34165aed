"""Nothing that stands in an address is an error of ours, or takes long."""

import time

import pytest

from search.index import indexes, rebuild
from tests.factories import OperatingModelFactory
from tests.functional.security.conftest import browser


@pytest.fixture(autouse=True)
def _index(db):
    """An index that holds something."""
    OperatingModelFactory(complete=True, state="live", title="Hyvinvointialueen malli")
    rebuild.rebuild(indexes.get(indexes.names()[0]))


QUERIES = {
    "long": "a" * 100_000,
    "one long word": "hyvinvointialuejärjestöyhteistyö" * 400,
    "many words": "a b " * 5_000,
    "quotes": '"' * 2_000,
    "minuses": "-a " * 2_000,
    "nested": '"a "b' * 500,
    "control": "a%00b%01%1f",
    "half a character": "%ff%fe%ed%a0%80",
    "direction": "%e2%80%ae%e2%80%8b%ef%bb%bf",
    "parser": "title:(a OR b) AND [* TO *] ^2 ~1 \\ && || !",
    "wildcards": "* ? a* ?b *c*",
    "combining": "a" + "%cc%81" * 300,
    "emoji": "%f0%9f%91%a9%e2%80%8d" * 50,
}


def answers(address):
    """Fail where the address is an error of ours or takes long."""
    client = browser()
    client.raise_request_exception = False
    begin = time.perf_counter()
    response = client.get(address)
    assert response.status_code < 500, address[:100]
    assert time.perf_counter() - begin < 3, address[:100]
    return response


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize(
    "address", ["/fi/haku/?q={}", "/api/v1/search/?q={}", "/api/v1/suggest/?q={}"]
)
def test_queries(db, address, name):
    answers(address.format(QUERIES[name].replace(" ", "+")))


NUMBERS = ["-1", "0", "9" * 30, "9" * 5000, "1e9", "0x1", "٣", "NaN", "inf", "", "%00", "1;2", "²"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("address", ["/fi/haku/?q=a&page={}", "/fi/toimintamallit/?page={}"])
def test_pages(db, address, number):
    assert answers(address.format(number)).status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_in_the_api(db, number):
    answers(f"/api/v1/models/{number}/")
    answers(f"/api/v1/models/?page={number}&limit={number}&offset={number}&after={number}")


def test_many_values(db):
    values = "&".join(f"theme=a{number}" for number in range(5_000))
    assert answers(f"/fi/haku/?{values}").status_code == 200
    names = "&".join(f"p{number}=x" for number in range(30_000))
    answers(f"/fi/haku/?{names}")


@pytest.mark.parametrize(
    "path",
    [
        "/fi/%00/",
        "/%00",
        "/fi/" + "a/" * 500,
        "/fi/" + "a" * 5_000 + "/",
        "/fi/..%2f..%2fadmin/",
        "/fi/%ff/",
        "//evil.example/fi/",
        "///evil.example",
        "/fi/toimintamallit/%0d%0aSet-Cookie:x=1/",
        "/media/images/%00",
        "/media/images/" + "a" * 5_000,
    ],
)
def test_paths(db, path):
    response = answers(path)

    assert "x" not in response.cookies
    assert not response.headers.get("Location", "").startswith(("//", "http"))


@pytest.mark.parametrize("name", ["pages", "images", "documents"])
def test_huge_numbers_in_the_admin(as_editor, name):
    as_editor.raise_request_exception = False
    for address in (f"/admin/{name}/{'9' * 40}/", f"/admin/{name}/edit/{'9' * 40}/"):
        assert as_editor.get(address).status_code < 500
