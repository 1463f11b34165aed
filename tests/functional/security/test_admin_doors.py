"""Every address of the admin, asked by an author about another's draft: none tells of it."""

import re

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.factories import OperatingModelFactory, submit
from tests.functional.security.conftest import SECRET, browser

# The translations' report of wagtail-localize.
pytestmark = pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")

LEAK = re.compile(
    rf"{SECRET}[ -](malli|picture|document)|picture-\d|salaisuusx\.txt", re.IGNORECASE
)
# Wagtail's own way to try an error page; and what only logs out or answers to POST.
LEFT_OUT = ("admin/failwhale/", "admin/logout/", "admin/api/main/pages/find", "jsi18n", "sprite")
NAMED = {
    "content_type_app_name": "models_pages",
    "content_type_model_name": "operatingmodelpage",
    "app_label": "wagtailcore",
    "app_name": "wagtailcore",
    "model_name": "page",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "action_name": "approve",
    "mode": "path",
}


def routes(resolver, before=""):
    """Yield the pattern of each address."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def address(route, number, numbers):
    """Return an address of the pattern: names as they are called, this number for the rest."""

    def value(match):
        name = match[1]
        return str(numbers.get(name, NAMED.get(name, number)))

    plain = re.sub(r"<(?:\w+:)?(\w+)>", value, route)
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", value, plain)
    plain = re.sub(r"\([^)]*\)", str(number), plain)
    return "/" + re.sub(r"[\^$\\?]", "", plain)


def addresses(page, *media):
    """Yield every address of the admin with the numbers of the draft and of what it uses."""
    task = page.current_workflow_task_state
    numbers = {
        "parent_page_id": page.get_parent().pk,
        "destination_id": page.get_parent().pk,
        "revision_id": page.latest_revision_id,
        "task_state_id": task.pk,
        "task_id": task.task_id,
    }
    for route in routes(get_resolver()):
        if not route.startswith("admin/") or any(part in route for part in LEFT_OUT):
            continue
        asked = {address(route, found.pk, numbers) for found in (page, *media)}
        # The parent's number too: lists of what is below it.
        asked.add(address(route, numbers["parent_page_id"], numbers))
        yield from sorted(asked)


def by_number(url, page, *media):
    """Return the address with every way to ask for pages and files by number or words."""
    # The root page, whose number a file may have too, has no parent to tell of.
    asked = (page,) if "choose-page" in url else (page, *media)
    ids = "&".join(f"id={found.pk}" for found in asked)
    return f"{url}?{ids}&q={SECRET.lower()}&fields=*"


def leaks(user, urls):
    """Return the addresses whose answers tell of the draft."""
    client = browser(user)
    told = []
    for url in urls:
        # Some address might log out: each is asked by who is logged in.
        client.force_login(user)
        response = client.get(url)
        body = b"".join(response).decode(errors="replace")
        if LEAK.search(body):
            told.append(url)
    return told


@pytest.fixture
def asked(secret, document, image):
    """Return every address, with and without a question."""
    submit(secret)
    secret.refresh_from_db()
    plain = list(addresses(secret, document, image))
    assert len(plain) > 300
    lists = [url for url in plain if not re.search(r"/\d+/", url) or "choose" in url]
    return [*plain, *(by_number(url, secret, document, image) for url in lists)]


def test_no_address_tells_an_author_of_anothers_draft(stranger, editor, asked):
    assert leaks(stranger, asked) == []
    # The same addresses tell an editor: the test asks the right ones.
    assert len(leaks(editor, [url for url in asked if "choose" in url or "/api/" in url])) > 10


def test_no_address_tells_of_the_next_version_of_anothers_live_page(
    stranger, secret, document, image, author
):
    secret.title, secret.slug = "Avoin malli", "avoin-malli"
    secret.attachments, secret.cover_image = [], None
    secret.save_revision(user=author).publish()
    draft = secret.get_latest_revision_as_object()
    draft.title = f"{SECRET} malli"
    draft.cover_image = image
    draft.save_revision(user=author)
    submit(secret, author)
    secret.refresh_from_db()

    assert leaks(stranger, addresses(secret, document, image)) == []


@pytest.mark.parametrize("door", ["move", "move_confirm", "copy", "bulk move", "move together"])
def test_no_way_to_move_or_copy_names_where_it_would_lead(stranger, secret, door):
    own = OperatingModelFactory(owner=stranger, title="Own model", slug="own-model")
    secret.refresh_from_db()
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    copied = {"new_title": "C", "new_slug": "c", "copy_subpages": "", "publish_copies": ""}
    url, data = {
        "move": (reverse("wagtailadmin_pages:move", args=[own.pk]), {"new_parent_page": secret.pk}),
        "move_confirm": (reverse("wagtailadmin_pages:move_confirm", args=[own.pk, secret.pk]), {}),
        "copy": (
            reverse("wagtailadmin_pages:copy", args=[own.pk]),
            {**copied, "new_parent_page": secret.pk},
        ),
        "bulk move": (f"{many}?id={own.pk}", {"chooser": secret.pk}),
        "move together": (
            f"{many}?id={own.pk}",
            {"chooser": secret.pk, "move_applicable": "on"},
        ),
    }[door]

    for answer in (
        browser(stranger).post(url, data, follow=True),
        browser(stranger).get(url, follow=True),
    ):
        assert not LEAK.search(answer.content.decode())
    own.refresh_from_db()
    assert own.get_parent() == secret.get_parent()
