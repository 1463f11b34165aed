"""Links are looked at politely, twice before anything is told, and never in the own network."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from models_pages import block_values
from models_pages.checks import link_requests
from models_pages.link_checking import check_links, dead_uses
from models_pages.models import CheckedLink, LinkUse
from tests.factories import OperatingModelFactory, UserFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


class Site(BaseHTTPRequestHandler):
    """A site: what it answers is in the path."""

    asked: list = []
    gone: set = set()

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        Site.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status = 404 if self.path in Site.gone else 200
        location = ""
        if self.path.startswith("/status/"):
            status = int(self.path.rsplit("/", 1)[1])
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        if self.path == "/loop":
            status, location = 302, "/loop"
        if self.path == "/inside":
            status, location = 302, "http://169.254.169.254/latest/"
        if self.path == "/other-port":
            status, location = 301, "http://127.0.0.1:1/"
        if self.path == "/moved":
            status, location = 301, "/fine"
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Nothing on the terminal."""


@pytest.fixture
def site():
    """Start a site on loopback; give its host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Site.asked, Site.gone = [], set()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def allowed(settings, site):
    """Turn looking on, with the one exception from the guard, and no pauses."""
    settings.LINK_CHECKS = True
    settings.LINK_CHECK_PRIVATE_HOSTS = [site]
    settings.LINK_CHECK_PAUSE = 0
    return site


def model(owner, *urls, state="live", **kwargs):
    tips = [block_values.link(f"Linkki {n}", url) for n, url in enumerate(urls)]
    page = OperatingModelFactory(complete=True, owner=owner, **kwargs)
    draft = page.get_latest_revision_as_object()
    draft.needs = [("paragraph", f'<p><a href="{urls[0]}">x</a></p>')]
    draft.attachments = [(tip["type"], tip["value"]) for tip in tips]
    revision = draft.save_revision(user=owner)
    if state == "live":
        revision.publish()
    return page


@pytest.fixture
def author():
    """Return an author."""
    return UserFactory(role="author")


def test_it_is_off_unless_it_is_allowed(site, author, settings):
    model(author, f"http://{site}/fine")
    assert settings.LINK_CHECKS is False
    assert check_links().checked == 0
    call_command("check_links")
    assert Site.asked == []


def test_two_failures_a_week_apart_are_told_and_a_recovery_ends_it(allowed, author):
    url = f"http://{allowed}/page"
    model(author, url)
    Site.gone = {"/page"}
    now = timezone.now()
    assert check_links(now).dead == 0
    assert check_links(now + timedelta(days=1)).checked == 0
    assert not dead_uses().exists()
    assert check_links(now + WEEK).dead == 1
    assert {use.field for use in dead_uses()} == {"needs", "attachments"}
    assert {use.link.url for use in dead_uses()} == {url}
    Site.gone = set()
    check_links(now + 2 * WEEK)
    assert not dead_uses().exists()


def test_one_failure_between_two_successes_is_nothing(allowed, author):
    model(author, f"http://{allowed}/page")
    now = timezone.now()
    for week, gone in enumerate([{"/page"}, set(), {"/page"}]):
        Site.gone = gone
        check_links(now + week * WEEK)
    assert not dead_uses().exists()


def test_a_link_is_asked_once_a_run_however_often_it_is_used(allowed, author):
    for _number in range(3):
        model(author, f"http://{allowed}/same")
    assert check_links().checked == 1
    assert [(method, path) for method, path, _agent in Site.asked] == [("HEAD", "/same")]
    assert "Mallisto" in Site.asked[0][2]


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/fine", "ok"), ("/moved", "ok"), ("/no-head", "ok"), ("/status/403", "ok"),
        ("/status/429", "ok"), ("/status/404", "gone"), ("/status/410", "gone"),
        ("/status/500", "server_error"), ("/loop", "loop"), ("/inside", "not_public"),
        ("/other-port", "not_public"),
    ],
)  # fmt: skip
def test_what_an_answer_means(site, path, outcome):
    """Redirects are looked at as the links are: the exception is for the one host only."""
    assert link_requests.look(f"http://{site}{path}", agent="x", private_hosts=[site]) == outcome


def test_without_the_exception_loopback_is_not_asked(site, settings, author):
    settings.LINK_CHECKS = True
    model(author, f"http://{site}/fine", "http://localhost/", "http://10.0.0.1/")
    check_links()
    assert Site.asked == []
    assert set(CheckedLink.objects.values_list("outcome", flat=True)) == {"not_public"}


def test_a_name_that_leads_inside_is_not_asked(site, monkeypatch):
    """Also where only one of a name's addresses does."""
    inside = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: inside)
    assert link_requests.look("http://example.org/", agent="x") == "not_public"


def test_there_is_a_pause_between_two_links_of_a_host(allowed, author, settings):
    settings.LINK_CHECK_PAUSE = 5.0
    model(author, *(f"http://{allowed}/{number}" for number in range(3)))
    pauses = []
    check_links(wait=pauses.append)
    assert len(pauses) == 2
    assert all(4 < pause <= 5 for pause in pauses)


def test_drafts_are_nobodys_business_and_links_that_go_are_forgotten(allowed, author):
    model(author, f"http://{allowed}/draft", state="draft")
    page = model(author, f"http://{allowed}/public")
    check_links()
    assert [path for _method, path, _agent in Site.asked] == ["/public"]
    page.refresh_from_db()
    page.unpublish()
    check_links()
    assert not LinkUse.objects.exists()
    assert not CheckedLink.objects.exists()


def test_a_new_version_is_read_again(allowed, author):
    page = model(author, f"http://{allowed}/old")
    check_links()
    draft = page.get_latest_revision_as_object()
    draft.needs, draft.attachments = [], []
    draft.source_url = f"http://{allowed}/new"
    draft.save_revision().publish()
    check_links()
    assert list(CheckedLink.objects.values_list("url", flat=True)) == [f"http://{allowed}/new"]


@pytest.fixture
def dead(allowed, author):
    """Two models with a dead link each: one of the author, one of somebody else."""
    mine = model(author, f"http://{allowed}/mine", title="Minun")
    other = model(UserFactory(role="author"), f"http://{allowed}/other", title="Toisen")
    Site.gone = {"/mine", "/other"}
    now = timezone.now()
    check_links(now)
    check_links(now + WEEK)
    return mine, other


def test_owners_see_their_own_and_editors_all(client, author, dead):
    address = reverse("editorial:dead_links")
    client.force_login(author)
    html = client.get(address).content.decode()
    assert "/mine" in html
    assert "/other" not in html
    assert f"{reverse('wagtailadmin_pages:edit', args=[dead[0].pk])}#go-to-needs" in html
    assert "/other" not in client.get(f"{address}?own=0").content.decode()
    client.force_login(UserFactory(role="editor"))
    assert "/other" in client.get(address).content.decode()
    assert "/mine" not in client.get(f"{address}?own=1").content.decode()
    client.logout()
    assert client.get(address).status_code == 302


def test_the_home_leads_owners_to_their_own_for_one_query_at_most(client, author, dead, settings):
    def home(user):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/admin/").content.decode()
        return html, sum("models_pages_linkuse" in query["sql"] for query in queries)

    html, asked = home(author)
    assert f"{reverse('editorial:dead_links')}?own=1" in html
    assert "in your models lead" in html
    assert asked == 1
    html, asked = home(UserFactory(role="author"))
    assert reverse("editorial:dead_links") not in html
    assert asked == 0
    settings.LINK_CHECKS = False
    html, asked = home(author)
    assert reverse("editorial:dead_links") not in html
    assert asked == 0


def test_the_form_tells_of_it_at_the_section(client, author, dead):
    client.force_login(author)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[dead[0].pk])).content.decode()
    assert "/mine" in html.split('data-findings-of="needs"')[1].split("</div>")[0]


def test_the_list_costs_few_queries(client, allowed, django_assert_max_num_queries):
    user = UserFactory(role="editor")
    urls = [f"http://{allowed}/{number}" for number in range(30)]
    model(user, *urls)
    check_links()
    CheckedLink.objects.update(is_dead=True, failing_since=timezone.now(), outcome="gone")
    client.force_login(user)
    with django_assert_max_num_queries(25):
        client.get(reverse("editorial:dead_links"))
