"""Two authors save one model at once, often: every text is kept, and nobody sees an error."""

import threading

import pytest
from django.db import connection
from wagtail.models import Revision

from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory
from tests.functional.admin_forms import model_form
from tests.functional.approval.conftest import browser, edit_url

SAVES = 200
MARK = "what-was-written"


def saved_at_once(page, people, saves):
    """Let each account save so often, all at once; return the answers' states by text."""
    data = model_form(page, environment=MARK)
    states = {}
    started = threading.Barrier(len(people))

    def write(user):
        try:
            client = browser(user)
            started.wait()
            for number in range(saves):
                text = f"text-{number}-of-{user.pk}-"
                posted = {
                    key: value.replace(MARK, text) if isinstance(value, str) else value
                    for key, value in data.items()
                }
                states[text] = client.post(edit_url(page), posted).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return states


@pytest.mark.django_db(transaction=True)
def test_every_text_is_in_some_revision(repetitions, record_property):
    saves = repetitions(SAVES)
    people = [UserFactory(role="author") for _person in range(2)]
    page = OperatingModelFactory(owner=people[0], complete=True)
    set_coauthors(page, people[1:])
    before = page.revisions.count()

    states = saved_at_once(page, people, saves)

    assert len(states) == 2 * saves
    assert set(states.values()) == {302}
    written = " ".join(
        str(content["environment"])
        for content in Revision.objects.for_instance(page).values_list("content", flat=True)
    )
    assert [text for text in states if text not in written] == []
    assert page.revisions.count() == before + 2 * saves
    stored = OperatingModelPage.objects.get(pk=page.pk)
    assert stored.latest_revision == stored.revisions.order_by("created_at", "pk").last()
    assert stored.draft_title == page.title
    record_property("saves at once", f"{2 * saves} by {connection.vendor}")
