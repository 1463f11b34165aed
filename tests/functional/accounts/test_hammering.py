"""What a stranger may do again and again: without filling a mailbox, or locking anybody out."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from post_office.models import Email

from accounts.models import AccountRequest
from tests.factories import PASSWORD, UserFactory

ASKING = {"first_name": "A", "last_name": "B", "organisation": "City", "reason": "A model"}
FROM_ONE, FROM_ANOTHER = "10.0.0.1", "10.0.0.2"


def log_in(client, email, password, address=FROM_ONE):
    data = {"username": email, "password": password}
    return client.post(reverse("wagtailadmin_login"), data, REMOTE_ADDR=address)


@pytest.fixture
def victim(db):
    return UserFactory(role="author", email="victim@example.org")


def test_a_hundred_forgotten_passwords_are_three_mails(client, victim):
    url = reverse("wagtailadmin_password_reset")

    answers = [
        client.post(url, {"email": email}, REMOTE_ADDR=f"10.0.0.{number}")
        for number in range(50)
        for email in (victim.email, victim.email.upper())
    ]

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, reverse("wagtailadmin_password_reset_done"))
    }
    assert len(mail.outbox) == 3
    nobodys = client.post(url, {"email": "nobody@example.org"})
    assert nobodys.headers["Location"] == answers[0].headers["Location"]


def test_one_place_fills_no_mailboxes_one_after_the_other(client, db):
    people = [UserFactory(role="author") for _number in range(70)]

    for person in people:
        client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})

    assert len(mail.outbox) == 60


def test_requests_for_one_mailbox_are_three_and_kindly_told(client, db):
    answers = [
        client.post("/en/account/", {**ASKING, "email": "asked@example.org"}) for _try in range(5)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert "Try again in an hour" in answers[-1].content.decode()
    assert 'value="asked@example.org"' in answers[-1].content.decode()  # nothing typed is lost
    assert AccountRequest.objects.count() == 3


def test_whether_there_is_an_account_is_told_to_its_mailbox_only(client, victim):
    def answers(email):
        found = [client.post("/en/account/", {**ASKING, "email": email}) for _try in range(4)]
        return [(answer.status_code, answer.headers.get("Location")) for answer in found]

    assert answers(victim.email) == answers("nobody@example.org")
    assert Email.objects.filter(to__contains=victim.email).count() == 1


def test_nobody_else_locks_a_person_out(client, victim):
    wrong = [log_in(client, victim.email, "wrong").status_code for _try in range(30)]

    assert wrong[-1] == 429
    assert log_in(client, victim.email, PASSWORD, FROM_ANOTHER).status_code == 302


def test_nor_is_a_colleague_beside_locked_out(client, victim):
    for _try in range(30):
        log_in(client, victim.email, "wrong")
    colleague = UserFactory(role="author")

    assert log_in(client, colleague.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_a_made_up_address_gives_no_more_tries(client, victim, header):
    answers = [
        client.post(
            reverse("wagtailadmin_login"),
            {"username": victim.email, "password": "wrong"},
            headers={header: f"10.1.0.{number}"},
        ).status_code
        for number in range(12)
    ]

    assert answers[-1] == 429


def test_the_lock_tells_when_it_ends_and_not_whether_there_is_an_account(client, victim):
    told = []
    for email in (victim.email, "nobody@example.org"):
        for _try in range(12):
            answer = log_in(client, email, "wrong")
        body = re.sub(r"[A-Za-z0-9]{64}", "a token", answer.content.decode())
        told.append((answer.status_code, answer.headers["Retry-After"], body))

    assert told[0] == told[1]
    assert int(told[0][1]) <= 15 * 60
    assert reverse("wagtailadmin_password_reset") in told[0][2]
