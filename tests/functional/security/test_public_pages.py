"""What a reader's browser is told: headers, no cookies, no names of what is not public."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from models_pages.models import CollectionPage, OperatingModelPage
from search.index import indexes, rebuild
from search.vocabularies import registry
from tests.factories import (
    CollectionFactory,
    ContentPageFactory,
    NetworkFactory,
    OperatingModelFactory,
)
from tests.functional.security.conftest import SECRET, browser

ADDRESSES = (
    "/fi/",
    "/fi/toimintamallit/",
    "/fi/toimintamallit/avoin/",
    "/fi/toimintamallit/avoin/kehittamisen-polku/",
    "/fi/kokonaisuudet/",
    "/fi/kokonaisuudet/kooste/",
    "/fi/verkostot/",
    "/fi/haku/?q=malli",
    "/fi/syote/",
    "/sv/",
    "/en/search/?q=x",
    "/en/no-such-page/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/search/?q=malli",
    "/api/v1/suggest/?q=malli",
    "/api/v1/no-such/",
)


@pytest.fixture
def shown(db):
    """A public model in a collection and a network."""
    return OperatingModelFactory(
        complete=True,
        state="live",
        title="Avoin malli",
        slug="avoin",
        collections=[CollectionFactory(title="Kooste", slug="kooste", state="live")],
        networks=[NetworkFactory(title="Verkosto", slug="verkosto", state="live")],
    )


# Headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers(shown, address):
    response = browser().get(address)

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ADDRESSES[:8])
def test_pages_hold_nothing_that_the_policy_forbids(shown, address):
    body = browser().get(address).content.decode()

    assert "<style" not in body
    assert " style=" not in body
    assert "<script>" not in body
    assert "javascript:" not in body


def test_a_fault_is_told_under_the_policy(db, settings, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("search.service.search", fail)
    client = browser()
    client.raise_request_exception = False

    response = client.get("/fi/haku/?q=x")

    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "RuntimeError" not in response.content.decode()


def test_documents_are_asked_anew_and_run_nothing(secret, document, as_author):
    response = as_author.get(document.url)
    b"".join(response)

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_drafts_are_kept_by_no_cache(secret, as_author):
    for name in ("edit", "view_draft"):
        response = as_author.get(f"/admin/pages/{secret.pk}/{name}/")
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]


def test_restricted_pages_are_kept_by_no_cache(shown, as_author):
    PageViewRestriction.objects.create(page=shown, restriction_type="login")

    response = as_author.get("/fi/toimintamallit/avoin/")

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1:8000@evil.example"])
def test_other_host_names_are_refused(shown, settings, host):
    settings.ALLOWED_HOSTS = ["mallisto.example"]

    response = browser().get("/fi/", headers={"Host": host})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


# What is not public has no name


def hide(page, how):
    """Take a page from the public."""
    if how == "draft":
        page.unpublish()
    elif how == "expired":
        past = timezone.now() - timedelta(minutes=1)
        type(page).objects.filter(pk=page.pk).update(expire_at=past)
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.fixture(params=["stale", "fresh"])
def index(request):
    """How the index follows: not at all yet, or at once; call it before and after."""
    own = indexes.get(indexes.names()[0])

    def follow(*, before):
        registry.forget()
        if before or request.param == "fresh":
            rebuild.rebuild(own)

    return follow


HIDINGS = ("draft", "expired", "restricted")


@pytest.mark.parametrize("how", HIDINGS)
@pytest.mark.parametrize("kind", ["collections", "networks"])
def test_a_gathering_that_is_not_public_is_named_nowhere(shown, index, kind, how):
    gathering = getattr(shown, kind).get()
    gathering.title = SECRET
    gathering.save_revision().publish()
    index(before=True)
    hide(gathering, how)
    index(before=False)

    named = [a for a in ADDRESSES if SECRET in browser().get(a).content.decode()]

    assert named == []


@pytest.mark.parametrize("how", HIDINGS)
def test_a_model_that_is_not_public_is_named_nowhere(shown, index, how):
    collection = CollectionPage.objects.get()
    other = OperatingModelFactory(
        complete=True,
        title=SECRET,
        slug="salainen",
        state="live",
        adapted_from=shown,
        collections=[collection],
    )
    shown.adapted_from = OperatingModelPage.objects.get(pk=other.pk)
    shown.tips = [("paragraph", f'<p><a linktype="page" id="{other.pk}">siihen</a></p>')]
    shown.save_revision().publish()
    index(before=True)
    assert SECRET in browser().get(f"/api/v1/search/?q={SECRET}").content.decode()
    hide(other, how)
    index(before=False)

    asked = [*ADDRESSES, f"/api/v1/search/?q={SECRET}", f"/api/v1/suggest/?q={SECRET}&lang=fi"]
    bodies = {address: browser().get(address).content.decode() for address in asked}

    assert [a for a, body in bodies.items() if SECRET in body] == []
    assert [a for a, body in bodies.items() if "/salainen/" in body] == []


@pytest.mark.parametrize("how", HIDINGS)
def test_a_page_of_text_that_is_not_public_is_in_no_menu(db, how):
    page = ContentPageFactory(title=SECRET, slug="salainen", state="live", show_in_menus=True)
    child = ContentPageFactory(title="Alasivu", slug="alasivu", parent=page, state="live")
    assert SECRET in browser().get("/fi/").content.decode()
    hide(page, how)

    for address in ("/fi/", child.url, "/fi/haku/"):
        assert SECRET not in browser().get(address).content.decode(), address


@pytest.mark.parametrize("how", HIDINGS)
def test_nor_among_what_stands_below(db, how):
    page = ContentPageFactory(title="Yläsivu", slug="ylasivu", state="live")
    child = ContentPageFactory(title=SECRET, slug="alasivu", parent=page, state="live")
    assert SECRET in browser().get(page.url).content.decode()
    hide(child, how)

    assert SECRET not in browser().get(page.url).content.decode()


@pytest.mark.parametrize("how", HIDINGS)
def test_the_language_switch_leads_to_no_translation_that_is_not_public(shown, how):
    english = OperatingModelFactory(
        complete=True,
        title=SECRET,
        slug="salainen",
        language="en",
        state="live",
        translation_key=shown.translation_key,
    )
    assert "/salainen/" in browser().get(shown.url).content.decode()
    hide(english, how)

    assert "/salainen/" not in browser().get(shown.url).content.decode()
