"""Owners are asked before the time is over and then; editors are told of what nobody answered."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Message
from editorial.keeping import confirming
from editorial.keeping.confirming import remind
from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelPage
from tests.delivered import delivered, receivers
from tests.factories import OperatingModelFactory, UserFactory

DAY = timedelta(days=1)
SINCE = date(2024, 3, 1)
DUE = date(2026, 3, 1)


@pytest.fixture
def live(author):
    """Return a public model that is due on DUE."""
    page = OperatingModelFactory(owner=author, title="Live model", complete=True, state="live")
    OperatingModelPage.objects.filter(pk=page.pk).update(valid_since=SINCE)
    delivered().clear()
    return OperatingModelPage.objects.get(pk=page.pk)


def test_owner_and_coauthors_are_asked_once_before_and_once_at_the_date(author, live):
    co_author, gone = UserFactory(role="author"), UserFactory(role="author", is_active=False)
    set_coauthors(live, [co_author, gone])

    for offset in range(-40, 30):
        remind(DUE + offset * DAY)

    assert receivers() == sorted([author.email, co_author.email] * 2)
    subjects = [message.subject for message in delivered() if message.to == [author.email]]
    assert subjects == [
        "Please confirm by 1 Mar 2026: Live model",
        "Does it still hold? Live model",
    ]


def test_nobody_is_asked_before_the_time(live):
    assert remind(DUE - 31 * DAY).models == 0
    assert remind(DUE - 30 * DAY).models == 1


def test_a_model_is_asked_for_once_whatever_its_languages(author, live):
    swedish = OperatingModelFactory(
        owner=author,
        complete=True,
        state="live",
        language="sv",
        translation_key=live.translation_key,
    )
    OperatingModelPage.objects.filter(pk=swedish.pk).update(valid_since=SINCE)

    assert remind(DUE).models == 1
    assert receivers() == [author.email]


def test_the_mail_has_three_ways_out_and_whole_addresses(author, live):
    remind(DUE)

    [message] = delivered()
    for body in (message.body, message.alternatives[0].content):
        assert body.count("http://testserver/admin/editorial/keep/") == 2
        assert f"http://testserver/admin/pages/{live.pk}/edit/" in body


def test_one_failure_stops_nothing(author, live, monkeypatch):
    other = OperatingModelFactory(owner=author, title="Other", complete=True, state="live")
    OperatingModelPage.objects.filter(pk=other.pk).update(valid_since=SINCE + DAY)
    ask = confirming._ask

    def fails_for_the_first(page, *arguments):
        if page.pk == live.pk:
            raise RuntimeError("a fault of one page")
        return ask(page, *arguments)

    monkeypatch.setattr(confirming, "_ask", fails_for_the_first)
    run = remind(DUE + 5 * DAY)

    assert (run.models, run.failed) == (2, 1)
    assert [message.subject for message in delivered()] == ["Does it still hold? Other"]
    monkeypatch.undo()
    assert remind(DUE + 6 * DAY).failed == 0
    assert len(delivered()) == 2


def test_a_model_whose_people_have_left_is_counted(author, live):
    author.is_active = False
    author.save()

    assert remind(DUE).without_people == 1
    assert receivers() == []


def test_editors_get_one_mail_of_what_became_overdue(author, editor, live):
    second = OperatingModelFactory(owner=author, title="Second", complete=True, state="live")
    OperatingModelPage.objects.filter(pk=second.pk).update(valid_since=SINCE + 5 * DAY)
    overdue = DUE + 60 * DAY

    def told():
        return [message for message in delivered() if message.to == [editor.email]]

    remind(overdue - DAY)
    assert told() == []
    for offset in range(4):
        remind(overdue + offset * DAY)
        remind(overdue + offset * DAY)
    assert [message.subject for message in told()] == ["A model has not been confirmed"]
    assert "Live model" in told()[0].body
    assert "Second" not in told()[0].body

    remind(overdue + 20 * DAY)  # the scheduler was down for a while
    assert len(told()) == 2
    assert "Second" in told()[1].body
    assert "Live model" not in told()[1].body


def test_confirming_ends_it_until_the_next_time(author, live):
    from models_pages.confirmation import confirm

    remind(DUE)
    confirm(live, author, today=DUE + DAY)
    remind(DUE + 2 * DAY)
    assert len(delivered()) == 1
    remind(date(2028, 3, 2))
    assert len(delivered()) == 2


def test_the_command(author, live, capsys):
    OperatingModelPage.objects.update(valid_since=timezone.localdate() - 800 * DAY)

    call_command("remind_owners")

    assert "1 due or soon due" in capsys.readouterr().out
    assert Message.objects.filter(receiver=author).count() == 1
