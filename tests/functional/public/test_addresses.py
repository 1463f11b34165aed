"""Addresses that readers and other systems keep."""

import pytest
from django.utils import translation

from models_pages.models import OperatingModelIndexPage
from tests.factories import OperatingModelFactory, index

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("accepted", ["fi", "sv", "en", "de", ""])
def test_the_root_leads_to_finnish_whatever_the_browser_asks(client, accepted):
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response.url == "/fi/"


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/fi/", "fi"),
        ("/fi/toimintamallit/", "fi"),
        ("/fi/kokonaisuudet/", "fi"),
        ("/fi/verkostot/", "fi"),
        ("/fi/haku/", "fi"),
        ("/sv/", "sv"),
        ("/sv/verksamhetsmodeller/", "sv"),
        ("/sv/sok/", "sv"),
        ("/en/", "en"),
        ("/en/operating-models/", "en"),
        ("/en/search/", "en"),
    ],
)
def test_each_language_has_its_tree(client, path, language):
    response = client.get(path, headers={"accept-language": "de"})
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("language", "suffix", "prefix"),
    [
        ("fi", "kehittamisen-polku", "/fi/toimintamallit/"),
        ("sv", "utvecklingsstig", "/sv/verksamhetsmodeller/"),
        ("en", "development-path", "/en/operating-models/"),
    ],
)
def test_the_path_view_has_its_address_in_each_language(client, language, suffix, prefix):
    page = OperatingModelFactory(complete=True, state="live", language=language, slug="malli")
    assert page.url == f"{prefix}malli/"
    assert client.get(f"{page.url}{suffix}/").status_code == 200
    for other in {"kehittamisen-polku", "utvecklingsstig", "development-path"} - {suffix}:
        response = client.get(f"{page.url}{other}/")
        assert (response.status_code, response.url) == (301, f"{page.url}{suffix}/")


def test_a_rename_leaves_a_redirect(client, django_capture_on_commit_callbacks):
    page = OperatingModelFactory(complete=True, state="live", slug="vanha")
    old = page.url
    page.slug = "uusi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get(old)
    assert (response.status_code, response.url) == (301, "/fi/toimintamallit/uusi/")
    response = client.get(f"{old}kehittamisen-polku/")
    assert (response.status_code, response.url) == (
        301,
        "/fi/toimintamallit/uusi/kehittamisen-polku/",
    )


def test_a_move_leaves_a_redirect(client, django_capture_on_commit_callbacks):
    page = OperatingModelFactory(complete=True, state="live", slug="malli")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(index(OperatingModelIndexPage, "sv"), pos="last-child")
    response = client.get("/fi/toimintamallit/malli/")
    assert (response.status_code, response.url) == (301, "/sv/verksamhetsmodeller/malli/")


def test_a_page_that_is_not_there_helps_on(client):
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            response = client.get(f"/{language}/ei-ole/")
        assert response.status_code == 404
        text = response.content.decode()
        assert f'<html lang="{language}"' in text
        assert f'href="/{language}/"' in text


def test_health(client):
    assert client.get("/health/live/").status_code == 200


def test_robots_name_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
