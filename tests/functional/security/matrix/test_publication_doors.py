"""No request of an author's, to whatever address, makes anything public."""

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from .arguments import address, blank_form
from .doors import all_doors
from .rules import COAUTHOR, EDITOR, OTHER, OWNER
from .table import table_for

pytestmark = pytest.mark.django_db
DOORS = {door.key: door for door in all_doors()}
TABLE = table_for(DOORS.values())
# Every word that means publication in some form of Wagtail's, of wagtail-localize's or of ours.
PUBLISH = {
    "action-publish": "1",
    "action-workflow-action": "1",
    "workflow-action-name": "approve",
    "publish": "on",
    "publish_copies": "on",
    "publish_translations": "on",
    "include_descendants": "on",
    "alias": "on",
    "keep_live": "true",
    "recursive": "true",
    "live": "on",
    "action": "approve",
    "decision": "approve",
    "comment": "x",
    "restriction_type": "none",
    "enabled": "on",
    "confirm": "on",
}


def public_state():
    """Return what the public may read: which pages, which revision of each, and restrictions."""
    pages = Page.objects.filter(live=True).order_by("pk")
    restrictions = set(PageViewRestriction.objects.values_list("page_id", flat=True))
    return {
        (page.pk, page.title, page.live_revision_id, page.url_path, page.pk in restrictions)
        for page in pages
    }


def forms(thing):
    """Return the bodies that are posted: the words, and with them what each door asks for."""
    page = thing.page
    more = {
        "new_title": "Copy",
        "new_slug": "copy",
        "slug": "copy",
        "update_slug": "copy",
        "title": page.title,
        "new_parent_page": page.get_parent().pk,
        "destination_page_id": page.get_parent().pk,
        "revision": page.latest_revision_id or "",
        "revision_id": page.latest_revision_id or "",
        "locale": "sv",
        "locales": [locale.pk for locale in Locale.objects.all()],
        "id": page.pk,
    }
    yield {**blank_form(type(page)), **PUBLISH, **more}
    yield {**blank_form(type(page)), **PUBLISH, **more, "go_live_at": "2020-01-01 00:00"}


def keys():
    """Return the doors to pages."""
    kinds = {"pages", "models", "live models", "waiting", "reviewed"}
    return sorted(key for key, row in TABLE.items() if row.objects in kinds and key in DOORS)


@pytest.mark.parametrize("key", keys())
@pytest.mark.parametrize("role", [OWNER, COAUTHOR, OTHER])
def test_no_author_publishes(world, asking, key, role):
    before = public_state()
    states = {"draft", "review", "scheduled", "changed", "restricted"}
    for thing in world.objects[TABLE[key].objects]:
        if thing.state not in states:
            continue
        url = address(world, DOORS[key], thing)
        for data in forms(thing):
            answer, after = asking.deed(role, url, data, public_state)
            # What goes away is no publication: an owner may archive, a restriction stays.
            assert after <= before, f"{role} {url} ({thing.label}): {after - before} {answer.why}"


def test_the_words_publish_where_they_may(world, asking):
    thing = world.one("models", "draft")
    before = public_state()
    door = DOORS["wagtail_bulk_action[wagtailcore.page.publish]"]

    _answer, after = asking.deed(EDITOR, address(world, door, thing), PUBLISH, public_state)

    assert {title for _pk, title, *_rest in after - before} == {thing.page.title}
