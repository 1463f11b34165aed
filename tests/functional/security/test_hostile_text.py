"""Whatever an author types is shown as words: in pages, the search page, feeds and the admin."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from models_pages import block_values
from models_pages.models import OperatingModelPage
from search.index import indexes, rebuild
from search.vocabularies import registry
from tests.factories import ImageFactory, OperatingModelFactory, OrganisationFactory, ThemeFactory
from tests.functional.admin_forms import model_form
from tests.functional.security.conftest import browser

HOSTILE = """</title></script>"'><svg/onload=alert(1)><img src=x onerror=alert(2)>{{7*7}}"""
RAW = ("<svg/onload", "<img src=x", "onerror=alert(2)>", "{{49}}")
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
)


@pytest.fixture
def hostile(author):
    """A public model whose every text is hostile."""
    theme = ThemeFactory(label_fi=HOSTILE, label_sv=HOSTILE, label_en=HOSTILE, slug="hostile")
    organisation = OrganisationFactory(label_fi=HOSTILE, label_sv="", label_en="")
    image = ImageFactory(title=HOSTILE, description=HOSTILE)
    page = OperatingModelFactory(
        owner=author,
        complete=True,
        title=HOSTILE[:200],
        slug="hostile",
        short_description="<p>hostile</p>",
        place=HOSTILE,
        other_regions=HOSTILE,
        other_funders=HOSTILE,
        author_names=[HOSTILE],
        themes=[theme],
        organisations=[organisation],
        cover_image=image,
        cover_alt=HOSTILE[:200],
        cover_caption=HOSTILE[:200],
        seo_title=HOSTILE[:200],
        search_description=HOSTILE,
        state="draft",
    )
    page.tips = [
        ("quote", {"text": HOSTILE, "attribution": HOSTILE}),
        ("subsection", {"heading": HOSTILE, "text": "<p>x</p>"}),
        ("link", {"title": HOSTILE, "url": "https://example.org/?a=%22%3E"}),
    ]
    page.further_sections = [
        ("section", {"heading": HOSTILE, "body": [block_values.paragraph("<p>x</p>")]})
    ]
    page.tips = [
        *(
            {"type": block.block_type, "value": block.block.get_prep_value(block.value)}
            for block in page.tips
        ),
        block_values.image(image.pk, HOSTILE, HOSTILE),
    ]
    page.save_revision(clean=False).publish()
    rebuild.rebuild(indexes.get(indexes.names()[0]))
    registry.forget()
    return OperatingModelPage.objects.get(pk=page.pk)


@pytest.mark.parametrize(
    "address",
    [
        "/fi/",
        "/fi/toimintamallit/",
        "/fi/toimintamallit/hostile/",
        "/fi/toimintamallit/hostile/kehittamisen-polku/",
        "/fi/haku/?q=onload",
        "/fi/haku/?theme=hostile",
        "/fi/syote/",
        "/sitemap.xml",
    ],
)
def test_public_pages_escape(hostile, address):
    response = browser().get(address)
    body = response.content.decode()

    assert response.status_code == 200
    assert [raw for raw in RAW if raw in body] == []


def test_the_json_of_search_escapes_what_it_calls_html(hostile):
    response = browser().get("/api/v1/search/?q=onload")

    assert response.headers["Content-Type"].startswith("application/json")
    for result in response.json()["results"]:
        assert "<svg" not in ((result["section"] or {}).get("html") or "")


@pytest.mark.parametrize("name", ["edit", "history", "usage", "delete", "workflow_history"])
def test_the_admin_escapes(hostile, as_editor, name):
    body = as_editor.get(reverse(f"wagtailadmin_pages:{name}", args=[hostile.pk])).content.decode()

    assert [raw for raw in RAW if raw in body] == []


@pytest.mark.parametrize("address", ["/admin/", "/admin/images/", "/admin/reports/site-history/"])
def test_lists_of_the_admin_escape(hostile, as_editor, address):
    body = as_editor.get(address, follow=True).content.decode()

    assert [raw for raw in RAW if raw in body] == []


@pytest.mark.parametrize(
    "address",
    [
        "/fi/haku/?q={}",
        "/fi/haku/?q=x&theme={}&sort={}&page={}",
        "/fi/{}/",
        "/fi/toimintamallit/?page={}",
        "/api/v1/suggest/?q={}",
        "/api/v1/search/?q={}&lang={}",
    ],
)
def test_what_is_asked_is_escaped(db, address):
    body = browser().get(address.replace("{}", "%3Csvg%2Fonload%3Dx%3E%22%27")).content.decode()

    assert "<svg/onload" not in body or body.startswith("{")


# What the form takes


def save(client, page, **changes):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, model_form(page, **changes))


def latest(page):
    return json.dumps(page.get_latest_revision().content).lower()


@pytest.mark.parametrize("link", LINKS)
def test_the_form_keeps_no_link_that_runs(secret, as_author, link):
    save(as_author, secret, tips=[{"type": "link", "value": {"title": "x", "url": link}}])
    save(as_author, secret, source_url=link)
    save(as_author, secret, tips=f'<a href="{link}">x</a>')

    content = latest(secret)
    assert "alert(1)" not in content
    assert "vbscript" not in content


def raw_entity(url):
    """What a browser would send for a link that the editor's own dialogue refuses."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "00000",
                    "text": "x",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"key": 0, "offset": 0, "length": 1}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
        }
    )


@pytest.mark.parametrize("link", LINKS)
def test_a_forged_entity_of_the_editor_becomes_no_link(secret, as_author, link):
    data = model_form(secret)
    data["short_description"] = raw_entity(link)

    as_author.post(reverse("wagtailadmin_pages:edit", args=[secret.pk]), data)

    html = secret.get_latest_revision_as_object().short_description
    assert "script:" not in html.lower()
    assert "data:" not in html.lower()


def test_a_forged_block_of_the_editor_becomes_no_tag(secret, as_author):
    contents = json.loads(rich_text("<p>x</p>"))
    contents["blocks"][0]["text"] = HOSTILE
    contents["blocks"][0]["type"] = "header-two"
    data = model_form(secret)
    data["short_description"] = json.dumps(contents)

    as_author.post(reverse("wagtailadmin_pages:edit", args=[secret.pk]), data)

    html = secret.get_latest_revision_as_object().short_description
    assert "<svg" not in html
    assert "<img" not in html
    assert "<h2" not in html


def test_a_control_character_in_a_name_breaks_no_feed(author):
    OperatingModelFactory(complete=True, state="live", title="A\x0b\x01B", slug="control")

    response = browser().get("/fi/syote/")

    assert response.status_code == 200
    assert "\x0b" not in response.content.decode()
