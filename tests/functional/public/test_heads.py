"""What search engines, feed readers and those who share a link get."""

import html
import re
from xml.etree import ElementTree as ET

import pytest

from tests.factories import ImageFactory, OperatingModelFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def model():
    return OperatingModelFactory(
        complete=True,
        state="live",
        title="Malli & muut",
        cover_image=ImageFactory(),
        cover_alt="Kolme ovea",
        short_description="<p>Mitä malli on <b>lyhyesti</b>.</p>",
    )


def head(response):
    return response.content.decode().split("</head>")[0]


def test_the_canonical_address_is_each_views_own(client, model):
    address = model.get_full_url()
    assert f'<link rel="canonical" href="{address}">' in head(client.get(model.url))
    path = client.get(f"{model.url}kehittamisen-polku/")
    assert f'<link rel="canonical" href="{address}kehittamisen-polku/">' in head(path)


def test_sharing_shows_name_description_and_cover(client, model):
    text = head(client.get(model.url))
    assert '<meta property="og:title" content="Malli &amp; muut">' in text
    assert '<meta property="og:description" content="Mitä malli on lyhyesti.">' in text
    picture = re.search(r'<meta property="og:image" content="([^"]+)"', text)[1]
    assert picture.startswith("http")
    served = client.get(picture[picture.index("/media/") :])
    b"".join(served)
    assert served.status_code == 200
    assert 'content="Kolme ovea"' in text


def test_languages_name_each_other(client, model):
    assert "hreflang" not in head(client.get(model.url)).replace("hreflang_", "")
    translated = OperatingModelFactory(
        complete=True,
        state="live",
        language="sv",
        slug="modell",
        translation_key=model.translation_key,
    )
    text = head(client.get(model.url))
    assert f'hreflang="sv" href="{translated.get_full_url()}"' in text
    assert f'hreflang="fi" href="{model.get_full_url()}"' in text
    path = head(client.get(f"{model.url}kehittamisen-polku/"))
    assert f'hreflang="sv" href="{translated.get_full_url()}utvecklingsstig/"' in path


def test_the_language_switch_goes_to_the_translation_or_says_there_is_none(client, model):
    translated = OperatingModelFactory(
        complete=True,
        state="live",
        language="sv",
        slug="modell",
        translation_key=model.translation_key,
    )
    response = client.get(model.url)
    links = {link["code"]: link for link in response.context["languages"]}
    assert links["sv"]["url"] == translated.url
    assert links["sv"]["is_translated"]
    assert links["en"]["url"] == "/en/"
    assert not links["en"]["is_translated"]


def test_a_draft_translation_is_no_translation_yet(client, model):
    OperatingModelFactory(language="sv", slug="modell", translation_key=model.translation_key)
    response = client.get(model.url)
    links = {link["code"]: link for link in response.context["languages"]}
    assert links["sv"]["url"] == "/sv/"


def test_the_sitemap_lists_live_pages_of_every_language(client, model):
    swedish = OperatingModelFactory(complete=True, state="live", language="sv")
    draft = OperatingModelFactory()
    text = client.get("/sitemap.xml").content.decode()
    assert model.url in text
    assert swedish.url in text
    assert draft.slug not in text


def test_the_feed_is_atom_with_new_and_updated_models(client, model):
    OperatingModelFactory(title="Luonnos")
    response = client.get("/fi/syote/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Malli & muut"]
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{model.translation_key}"
    assert entries[0].find(f"{ATOM}link").get("href").endswith(model.url)
    assert entries[0].findtext(f"{ATOM}summary") == "Mitä malli on lyhyesti."


def test_pages_load_nothing_from_elsewhere(client, model):
    policy = client.get(model.url)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_feed_loses_nothing_of_a_description(client):
    text = "<p>Kun ihmisi&auml; on &lt;b&gt;alle viisi&lt;/b&gt; &amp; tilaa on</p>"
    OperatingModelFactory(complete=True, state="live", short_description=text)
    feed = ET.fromstring(client.get("/fi/syote/").content)
    summary = feed.find(f"{ATOM}entry/{ATOM}summary")
    assert summary.get("type") == "html"
    assert html.unescape(summary.text) == "Kun ihmisiä on <b>alle viisi</b> & tilaa on"


def test_the_sitemap_costs_few_queries_however_many_pages(client, django_assert_max_num_queries):
    for number in range(8):
        OperatingModelFactory(complete=True, state="live", title=f"Malli {number}")
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(12):
        text = client.get("/sitemap.xml").content.decode()
    assert text.count("kehittamisen-polku") == 8


def test_a_large_sitemap_is_several_files(client, model, monkeypatch):
    monkeypatch.setattr("portal.sitemap.PortalSitemap.limit", 3)
    listed = re.findall(r"<loc>(.+?)</loc>", client.get("/sitemap.xml").content.decode())
    assert listed[0].endswith("/sitemap-pages.xml")
    assert len(listed) > 1
    texts = [client.get(html.unescape(address)).content.decode() for address in listed]
    assert sum(f"<loc>{model.full_url}</loc>" in text for text in texts) == 1
    assert client.get("/sitemap-others.xml").status_code == 404
