"""Where pages say that they are: addresses for other machines begin as the portal's own does."""

import pytest
from wagtail.models import Site

from models_pages.provisioning import provision_address
from tests.factories import OperatingModelFactory


@pytest.fixture
def site(db):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "localhost", 80
    site.save()
    return site


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123/fi/"),
        ("https://mallisto.example.org", "https://mallisto.example.org/fi/"),
    ],
)
def test_full_addresses_follow_the_settings(site, settings, client, address, begins):
    settings.WAGTAILADMIN_BASE_URL = address
    settings.ALLOWED_HOSTS = ["*"]
    provision_address()
    model = OperatingModelFactory(complete=True, state="live")
    page = client.get(model.url).content.decode()
    assert f'rel="canonical" href="{begins}' in page
    assert f"<loc>{begins}" in client.get("/sitemap.xml").content.decode()
    assert client.get("/api/v1/models/").json()["results"][0]["url"].startswith(begins)


def test_a_new_port_is_followed(site, settings):
    for port in (8000, 8001):
        settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
        provision_address()
        site.refresh_from_db()
        assert (site.hostname, site.port) == ("127.0.0.1", port)


def test_a_host_named_in_the_admin_stays(site, settings):
    site.hostname = "mallit.example.org"
    site.save()
    settings.WAGTAILADMIN_BASE_URL = "https://other.example.org"
    provision_address()
    site.refresh_from_db()
    assert site.hostname == "mallit.example.org"
