"""Others' drafts appear in no listing, search, count, report, feed, mail or API.

That no door with an object tells of a draft is asked in ``test_matrix.py``, of every answer.
"""

import json

import pytest
from django.urls import reverse
from post_office.models import Email

from accounts.models import Message

from .arguments import address
from .asking import ALLOWED
from .doors import all_doors
from .rules import ANONYMOUS, EDITOR, MEMBER, OTHER, OWNER
from .table import table_for
from .world import EDITORS_SECRET, SECRET

pytestmark = [
    pytest.mark.django_db,
    # The translations' report of wagtail-localize.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]
DOORS = {door.key: door for door in all_doors()}
TABLE = table_for(DOORS.values())
# Where an answer to the whole question would only be the question.
ASKED = f"q={SECRET.lower()}"
QUESTIONS = {
    "all": "fields=*&limit=20&type=wagtailcore.Page&for_explorer=1",
    "by the word": f"{ASKED}&search={SECRET.lower()}&search_query={SECRET.lower()}&limit=20",
    "second page and order": "p=2&page=2&ordering=-latest_revision_created_at&status=in_progress",
    "as a file": "export=csv",
    "as a sheet": "export=xlsx",
}
HEADERS = {
    "of a script": {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"},
    "of htmx": {"HX-Request": "true"},
}
LISTINGS = sorted(
    key for key, row in TABLE.items() if row.objects in {"-", "types"} and key in DOORS
)


def told(answer, word):
    """Whether the word is shown other than as the question that was asked."""
    text = answer.text.lower()
    asked = word.lower()
    for repeated in (f"q={asked}", f"search={asked}", f"search_query={asked}"):
        text = text.replace(repeated, "")
    # The word alone is what somebody typed; what a draft holds goes on after it.
    holds = (" ", "-", ".")
    endings = ("draft", "review", "returned", "scheduled", "changed", "text", "comment", "of")
    endings += ("txt", "unused", "malli", "&lt;")
    return any(f"{asked}{gap}{end}" in text for gap in holds for end in endings)


@pytest.mark.parametrize("key", LISTINGS)
def test_no_listing_tells_of_anothers_draft(world, asking, key):
    wrong = []
    for thing in world.objects[TABLE[key].objects]:
        plain = address(world, DOORS[key], thing)
        for role in (OTHER, OWNER, ANONYMOUS):
            secret = EDITORS_SECRET if role == OWNER else SECRET
            if asking.ask(role, "GET", plain).verdict != ALLOWED:
                continue
            for name, question in QUESTIONS.items():
                url = f"{plain}{'&' if '?' in plain else '?'}{question}"
                if role == OWNER:
                    url = url.replace(SECRET.lower(), EDITORS_SECRET.lower())
                if told(asking.ask(role, "GET", url), secret):
                    wrong.append(f"{role} {name}: {url}")
            for name, headers in HEADERS.items():
                if told(asking.ask(role, "GET", plain, headers=headers), secret):
                    wrong.append(f"{role} {name}: {plain}")

    assert wrong == [], f"{key}: {wrong}"


def test_the_same_listings_tell_an_editor(world, asking):
    telling = ["wagtailadmin_home", "wagtailadmin_pages:search", "wagtailadmin_choose_page_search"]
    telling += ["editorial:queue", "wagtailadmin_reports:site_history", "wagtaildocs:index"]
    for key in telling:
        url = f"{reverse(key)}?{ASKED}" if "search" in key else reverse(key)
        assert told(asking.ask(EDITOR, "GET", url), SECRET), key


def listed(asking, role, url):
    """Return what an API counts and what it lists."""
    answer = asking.ask(role, "GET", url)
    data = json.loads(answer.text[answer.text.index("} {") + 2 :])
    return data["meta"]["total_count"], len(data["items"])


@pytest.mark.parametrize("endpoint", ["pages", "documents", "images"])
def test_counts_count_what_is_listed(asking, endpoint):
    url = reverse(f"wagtailadmin_api:{endpoint}:listing") + "?limit=20"
    if endpoint == "pages":
        url += "&type=models_pages.OperatingModelPage"
    asked = f"{url}&search={SECRET.lower()}" if endpoint == "pages" else url

    total, shown = listed(asking, OTHER, url)
    assert total == shown
    found, _shown = listed(asking, OTHER, asked)
    assert found == (0 if endpoint == "pages" else total)
    assert listed(asking, EDITOR, asked)[0] > found


def test_nobody_is_told_by_mail_but_its_people(world):
    strangers = [world.accounts[role].email for role in (OTHER, MEMBER)]

    assert Message.objects.filter(text__contains=SECRET).exists() or Email.objects.exists()
    assert not Message.objects.filter(receiver__email__in=strangers).exists()
    for email in Email.objects.all():
        assert not set(strangers) & {*email.to, *email.cc, *email.bcc}
    told_of_editors = Message.objects.filter(subject__contains=EDITORS_SECRET)
    owners = [world.accounts[OWNER].pk, world.accounts["coauthor"].pk]
    assert not told_of_editors.filter(receiver__in=owners).exists()
