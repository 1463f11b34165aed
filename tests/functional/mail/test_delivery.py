"""Mail through a real server that refuses, hangs up and dies; and several workers at once."""

import io
import logging
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from accounts.mail import send
from accounts.mail.delivery import GIVE_UP_AFTER, LEASE, PAUSES, deliver, watch
from tests.factories import UserFactory
from tests.functional.search.processes import ROOT, environment
from tests.mail_server import mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(settings):
    """Return a mail server to which the portal sends."""
    with mail_server() as running:
        settings.POST_OFFICE = {"BACKENDS": {"default": SMTP}}
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 20
        yield running


@pytest.fixture
def person(transactional_db):
    """Return somebody who gets mail."""
    return UserFactory(email="person@example.org", first_name="Yrjö", language="fi")


def tell(user, number=1):
    context = {
        "submitter": "Äijä",
        "title": f"Malli {number}",
        "review_url": "http://testserver/x/",
    }
    send(user, f"submitted:{number}", "submitted", context)


def let_time_pass(by):
    for email in Email.objects.exclude(scheduled_time=None):
        Email.objects.filter(pk=email.pk).update(scheduled_time=email.scheduled_time - by)


def test_a_mail_arrives_whole(server, person):
    tell(person)

    assert deliver().sent == 1

    [(receivers, letter)] = server.letters
    assert receivers == ["person@example.org"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert "Äijä" in letter.get_body(("plain",)).get_content()
    assert Email.objects.get().status == STATUS.sent
    assert deliver().sent == 0


def test_many_mails_are_one_conversation(server, person):
    for number in range(20):
        tell(person, number)

    assert deliver().sent == 20
    assert server.conversations == 1


def test_a_server_that_is_down_holds_up_and_counts_against_no_mail(server, person):
    server.is_closing = True
    for number in range(3):
        tell(person, number)

    for _time in range(20):
        assert "421" in deliver().problem
    assert server.conversations == 20  # one call a run, not one a mail
    assert not Log.objects.exists()

    server.is_closing = False
    assert deliver().sent == 3
    assert len(server.letters) == 3


def test_one_refused_mail_is_tried_again_later_and_the_rest_go_on(server, person):
    other = UserFactory(email="full@example.org")
    server.refusing["full@example.org"] = "452 mailbox full"
    tell(other)
    tell(person)

    run = deliver()
    assert (run.sent, run.deferred, run.failed) == (1, 1, 0)
    assert "mailbox full" in Log.objects.get().message
    assert deliver().deferred == 0  # its time has not come

    server.refusing.clear()
    let_time_pass(PAUSES[0])
    assert deliver().sent == 1
    assert [receivers for receivers, _letter in server.letters] == [
        ["person@example.org"],
        ["full@example.org"],
    ]


def test_pauses_grow_and_end(server, person):
    server.refusing[person.email] = "550 no such person"
    tell(person)
    pauses = []
    for _time in PAUSES:
        before = timezone.now()
        assert deliver().deferred == 1
        pauses.append(Email.objects.get().scheduled_time - before)
        let_time_pass(timedelta(days=1))

    assert all(
        abs(found - meant) < timedelta(seconds=20)
        for found, meant in zip(pauses, PAUSES, strict=True)
    )
    Email.objects.update(created=timezone.now() - GIVE_UP_AFTER - timedelta(hours=1))
    assert deliver().failed == 1
    let_time_pass(timedelta(days=1))
    assert deliver().failed == 0
    assert Email.objects.get().status == STATUS.failed


def test_a_mail_whose_answer_was_lost_comes_again_under_its_own_number(server, person):
    server.drops_after_data = True
    tell(person)
    assert deliver().deferred == 1
    server.drops_after_data = False
    let_time_pass(PAUSES[0])

    assert deliver().sent == 1

    first, second = server.identifiers()
    assert first == second


def test_workers_at_once_send_each_mail_once(server, person):
    for number in range(40):
        tell(person, number)
    runs, together = [], threading.Barrier(4)

    def work():
        together.wait()
        try:
            runs.append(deliver())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sum(run.sent for run in runs) == 40
    assert set(Counter(server.identifiers()).values()) == {1}
    assert len(server.letters) == 40
    assert server.conversations > 1


def command(settings, server, *arguments):
    """Start `send_mail` as an operator would."""
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_mail", *arguments],
        cwd=ROOT,
        env=environment(settings) | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_a_killed_worker_had_in_hand_another_sends(server, person, settings):
    tell(person)
    server.answers.clear()
    with command(settings, server) as process:
        assert server.has_data.wait(60), process.communicate()
        process.kill()
        process.communicate()
    server.answers.set()
    assert deliver().sent == 0  # the dead one's for a while

    let_time_pass(LEASE)
    assert deliver().sent == 1
    assert len(set(server.identifiers())) == 1


def test_the_command_says_what_it_did(server, person, settings):
    tell(person)
    with command(settings, server) as process:
        told, _errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "1 sent" in told

    server.is_closing = True
    tell(person, 2)
    with command(settings, server) as process:
        _told, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "1 mails wait" in errors
    assert "Traceback" not in errors


def test_the_worker_tells_once_that_the_server_is_down_and_once_that_it_is_back(
    server, person, monkeypatch, caplog
):
    monkeypatch.setattr("accounts.mail.delivery.POLL_SECONDS", 0.01)
    monkeypatch.setattr("accounts.mail.delivery.LONGEST_POLL_SECONDS", 0.05)
    own = logging.getLogger("mallisto.mail")
    monkeypatch.setattr(own, "handlers", [caplog.handler])
    monkeypatch.setattr(own, "propagate", False)
    server.is_closing = True
    tell(person)
    stop = threading.Event()
    thread = threading.Thread(target=lambda: (watch(stop), connection.close()))
    thread.start()
    try:
        wait_until(lambda: server.conversations > 5)
        server.is_closing = False
        wait_until(lambda: server.letters)
        wait_until(lambda: "again" in caplog.text)
    finally:
        stop.set()
        thread.join(20)
    first, second = caplog.messages
    assert first.startswith("No mail can be sent")
    assert second == "Mail can be sent again."


def wait_until(happened, seconds=20):
    for _tick in range(seconds * 50):
        if happened():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen in time")


def test_one_bad_row_stops_nothing(person):
    tell(person)
    tell(person, 2)
    first = Email.objects.order_by("pk").first()
    Email.objects.filter(pk=first.pk).update(subject="two\nlines")

    run = deliver()

    assert (run.sent, run.deferred) == (1, 1)
    assert len(django_mail.outbox) == 1


def test_nobody_to_deliver_to_is_no_error(transactional_db, settings):
    settings.POST_OFFICE = {"BACKENDS": {"default": SMTP}}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    call_command("send_mail", stdout=io.StringIO())

    tell(UserFactory())
    with pytest.raises(CommandError, match="1 mails wait"):
        call_command("send_mail")
