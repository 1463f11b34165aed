"""A message is a row: once for each key, in the receiver's language and at the receiver's pace."""

from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts.mail import absolute, send
from accounts.mail.cleaning import clean
from accounts.mail.digests import gather
from accounts.models import Message
from tests.delivered import delivered
from tests.factories import UserFactory

SUBMITTED = {"submitter": "Maija", "title": "Malli", "review_url": "http://testserver/x/"}


@pytest.fixture
def reader(db):
    """Return an account that gets mail."""
    return UserFactory(email="reader@example.org")


def tell(user, key="submitted:1", **options):
    context = {**SUBMITTED, **options.pop("context", {})}
    send(user, key, "submitted", context, **options)


def test_the_same_key_is_told_once_to_each(reader):
    other = UserFactory()

    for _time in range(3):
        tell(reader)
        tell(other)
    assert len(delivered()) == 2
    tell(reader)

    assert len(delivered()) == 2
    tell(reader, "submitted:2")
    assert len(delivered()) == 3


def test_a_message_id_follows_from_the_key(reader):
    tell(reader)
    first = Email.objects.get().message_id
    Message.objects.all().delete()
    Email.objects.all().delete()
    tell(reader)

    assert Email.objects.get().message_id == first
    assert first.endswith("@testserver>")


def test_a_subject_is_one_line_of_a_bearable_length(reader):
    tell(reader, context={"title": "One\r\nBcc: evil@example.org" + " word" * 100})

    message = delivered()[0]
    assert "\n" not in message.subject
    assert len(message.subject) == 200
    assert message.recipients() == [reader.email]


def test_plain_text_is_not_escaped_and_html_is(reader):
    tell(reader, context={"title": "A & <b>B</b> {{ x }} {% now 'Y' %}"})

    message = delivered()[0]
    assert "A & <b>B</b> {{ x }} {% now 'Y' %}" in message.body
    assert "A &amp; &lt;b&gt;B&lt;/b&gt; {{ x }} {% now" in message.alternatives[0].content


def test_a_digest_gathers_a_day(reader):
    reader.mail_pace = "daily"
    reader.save()
    tell(reader, "submitted:1", context={"title": "First"})
    tell(reader, "submitted:2", context={"title": "Second"})

    assert delivered() == []
    assert gather(timezone.now() + timedelta(days=1)) == 1
    assert gather(timezone.now() + timedelta(days=1)) == 0

    [message] = delivered()
    assert message.subject == "Mallisto: 2 messages"
    for content in (message.body, message.alternatives[0].content):
        assert "For review: First" in content
        assert "For review: Second" in content


def test_a_digest_of_one_message_is_that_message(reader):
    reader.mail_pace = "daily"
    reader.save()
    tell(reader)
    gather(timezone.now() + timedelta(days=1))

    assert delivered()[0].subject == "For review: Malli"


def test_a_digest_is_due_at_seven_and_what_comes_later_waits(reader):
    reader.mail_pace = "daily"
    reader.save()
    for number, hour in enumerate((6, 8)):
        tell(reader, f"submitted:{number}")
        made = timezone.make_aware(datetime(2026, 3, 3, hour, 30))  # noqa: DTZ001
        Message.objects.filter(key=f"submitted:{number}").update(created_at=made)
    before, after = (
        timezone.make_aware(datetime(2026, 3, 3, 6, 59)),  # noqa: DTZ001
        timezone.make_aware(datetime(2026, 3, 3, 7, 0)),  # noqa: DTZ001
    )

    assert gather(before) == 0
    assert gather(after) == 1
    assert list(Message.objects.filter(waits_for_digest=True).values_list("key", flat=True)) == [
        "submitted:1"
    ]


def test_what_is_urgent_waits_for_no_digest(reader):
    reader.mail_pace = "daily"
    reader.save()
    tell(reader, urgent=True)

    assert len(delivered()) == 1


def test_the_pace_is_chosen_among_ones_own_settings(client, db):
    author = UserFactory(role="author")
    client.force_login(author)
    url = reverse("wagtailadmin_account")

    assert b"Once a day, in one message" in client.get(url).content
    data = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": author.email,
        "locale-preferred_language": "en",
        "locale-current_time_zone": "Europe/Helsinki",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
        "mail-mail_pace": "daily",
    }
    assert client.post(url, data).status_code == 302

    author.refresh_from_db()
    assert author.mail_pace == "daily"


def test_wagtails_own_mail_goes_through_the_queue_as_it_was_written(reader, settings):
    settings.EMAIL_BACKEND = "accounts.mail.backend.QueueBackend"
    django_mail.send_mail(
        "A subject\nof two lines", "{% load x %} {{ y }}", None, [reader.email], html_message="<p>"
    )

    assert django_mail.outbox == []
    [message] = delivered()
    assert message.subject == "A subject of two lines"
    assert message.body == "{% load x %} {{ y }}"
    assert message.alternatives[0].content == "<p>"
    assert message.extra_headers["Message-ID"].endswith("@testserver>")


def test_a_forgotten_password_goes_through_the_queue(client, db, settings):
    settings.EMAIL_BACKEND = "accounts.mail.backend.QueueBackend"
    author = UserFactory(role="author")

    client.post(reverse("wagtailadmin_password_reset"), {"email": author.email})

    assert [message.to for message in delivered()] == [[author.email]]


def test_old_mail_is_removed_and_its_key_remembered(reader):
    tell(reader)
    delivered()
    long_ago = timezone.now() - timedelta(days=91)
    Message.objects.update(created_at=long_ago)
    Email.objects.update(created=long_ago)

    clean()
    tell(reader)

    assert Email.objects.count() == 0
    assert Message.objects.get().text == ""
    clean(timezone.now() + timedelta(days=1100))
    assert Message.objects.count() == 0


def test_addresses_are_whole():
    assert absolute("wagtailadmin_home") == "http://testserver/admin/"
