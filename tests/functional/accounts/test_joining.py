"""How a person comes to have an account: invited, or by asking an editor."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import Email

from accounts.models import AccountRequest, Invitation, User
from tests.factories import UserFactory

ASKED = {
    "first_name": "Aino",
    "last_name": "Virtanen",
    "email": "Aino.Virtanen@example.org",
    "organisation": "Esimerkin hyvinvointialue",
    "reason": "Kuvaan perhetyön mallin.",
    "website": "",
}
PASSWORD = "pitkä-ja-oma-salasana"
JOINED = {
    "first_name": "Aino",
    "last_name": "Virtanen",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
pytestmark = pytest.mark.django_db


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(name, *args):
    with translation.override("en"):
        return reverse(f"accounts:{name}", args=args)


def mails(address):
    return [mail for mail in Email.objects.order_by("pk") if mail.to == [address]]


def link(message):
    """Return the path of the link that a mail holds."""
    return re.search(r"http://testserver(/(?:en|fi|sv)/\S+)", message.message)[1]


def invite(client, **changes):
    data = {
        "email": "new@example.org",
        "first_name": "",
        "last_name": "",
        "language": "en",
        "role": "Authors",
    } | changes
    return client.post(reverse("invitations:add"), data)


class TestAsking:
    def test_from_the_form_to_an_author_who_is_logged_in(self, client, editor):
        assert client.get(page("request")).status_code == 200
        answer = client.post(page("request"), ASKED, follow=True)
        assert answer.redirect_chain == [(page("sent"), 302)]
        # Nobody is told before the address is proved.
        assert not mails(editor.email)
        (proof,) = mails("aino.virtanen@example.org")

        shown = client.get(link(proof))
        assert "Was it you?" in shown.content.decode()
        assert AccountRequest.objects.get().confirmed_at is None, "a link that is only looked at"
        done = client.post(link(proof), follow=True)
        assert "waits for an editor" in done.content.decode()
        (told,) = mails(editor.email)
        assert "Esimerkin hyvinvointialue" in told.message

        asked = AccountRequest.objects.get()
        desk = logged_in(editor)
        assert "Aino Virtanen" in desk.get(reverse("account_requests:index")).content.decode()
        decision = reverse("account_requests:edit", args=[asked.pk])
        assert "Kuvaan perhetyön mallin." in desk.get(decision).content.decode()
        desk.post(decision, {"answer": "", "approve": "1"})

        invitation = mails("aino.virtanen@example.org")[-1]
        joined = client.post(link(invitation), JOINED)
        assert joined.url == reverse("wagtailadmin_home")
        user = User.objects.get(email="aino.virtanen@example.org")
        assert [group.name for group in user.groups.all()] == ["Authors"]
        assert (user.get_full_name(), user.language) == ("Aino Virtanen", "en")
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_a_request_that_is_declined_is_answered(self, client, editor):
        client.post(page("request"), ASKED)
        client.post(link(Email.objects.get()))
        decision = reverse("account_requests:edit", args=[AccountRequest.objects.get().pk])
        desk = logged_in(editor)

        unsaid = desk.post(decision, {"answer": " ", "decline": "1"})
        assert "Say why" in unsaid.content.decode()
        desk.post(decision, {"answer": "Use your work address.", "decline": "1"})

        assert AccountRequest.objects.get().state == AccountRequest.DECLINED
        assert "Use your work address." in mails("aino.virtanen@example.org")[-1].message
        assert not Invitation.objects.exists()

    def test_the_second_of_two_editors_changes_nothing(self, client, editor):
        client.post(page("request"), ASKED)
        client.post(link(Email.objects.get()))
        decision = reverse("account_requests:edit", args=[AccountRequest.objects.get().pk])
        logged_in(editor).post(decision, {"answer": "", "approve": "1"})

        late = logged_in(UserFactory(role="editor")).post(
            decision, {"answer": "No", "decline": "1"}, follow=True
        )

        assert "Somebody else had answered" in late.content.decode()
        assert AccountRequest.objects.get().state == AccountRequest.APPROVED

    def test_nobody_learns_who_has_an_account(self, client, author):
        known = client.post(page("request"), ASKED | {"email": author.email}, follow=True)
        unknown = client.post(page("request"), ASKED, follow=True)
        assert known.redirect_chain == unknown.redirect_chain
        assert known.content == unknown.content
        assert "It has one already" in mails(author.email)[0].message

    def test_machines_are_thanked_and_forgotten(self, client):
        answer = client.post(page("request"), ASKED | {"website": "http://spam.example"})
        assert answer.url == page("sent")
        assert not AccountRequest.objects.exists()
        assert not Email.objects.exists()

    def test_nobody_is_flooded_with_mail(self, client):
        for _ in range(3):
            assert client.post(page("request"), ASKED).status_code == 302
        stopped = client.post(page("request"), ASKED)
        assert stopped.status_code == 429
        assert "Kuvaan perhetyön mallin." in stopped.content.decode(), "what was typed stays"

    def test_what_is_missing_is_told_beside_its_field(self, client):
        answer = client.post(page("request"), ASKED | {"organisation": "", "email": "x"})
        said = answer.content.decode()
        assert said.count('aria-invalid="true"') == 2
        assert "Nothing that you wrote is lost" in said

    def test_old_requests_are_forgotten(self, client, editor):
        client.post(page("request"), ASKED)
        AccountRequest.objects.update(created_at=timezone.now() - timedelta(days=8))
        client.post(page("request"), ASKED | {"email": "fresh@example.org"})
        call_command("forget_requests", stdout=StringIO())
        assert [one.email for one in AccountRequest.objects.all()] == ["fresh@example.org"]

    def test_a_request_of_an_unproved_address_is_nobodys_to_decide(self, client, editor):
        client.post(page("request"), ASKED)
        asked = AccountRequest.objects.get()
        desk = logged_in(editor)
        assert "Virtanen" not in desk.get(reverse("account_requests:index")).content.decode()
        desk.post(reverse("account_requests:edit", args=[asked.pk]), {"approve": "1"})
        asked.refresh_from_db()
        assert asked.state == AccountRequest.OPEN


class TestInviting:
    def test_an_editor_invites_authors_only(self, editor):
        desk = logged_in(editor)
        assert "Choose" not in invite(desk).content.decode()
        assert Invitation.objects.get().role == "Authors"
        refused = invite(desk, email="boss@example.org", role="Administrators")
        assert refused.status_code == 200
        assert not Invitation.objects.filter(email="boss@example.org").exists()

    def test_an_editor_does_not_touch_an_administrators_invitation(self, editor, administrator):
        invite(logged_in(administrator), role="Editors")
        invitation = Invitation.objects.get()
        for name in ("edit", "delete"):
            url = reverse(f"invitations:{name}", args=[invitation.pk])
            logged_in(editor).post(url, {"role": "Authors", "language": "fi"})
        assert Invitation.objects.get().role == "Editors"

    def test_an_author_invites_nobody(self, as_author):
        invite(as_author)
        assert not Invitation.objects.exists()
        assert "New people" not in as_author.get(reverse("wagtailadmin_home")).content.decode()
        for name in ("invitations:index", "account_requests:index"):
            assert as_author.get(reverse(name)).status_code == 302

    def test_who_has_an_account_is_not_invited(self, administrator, editor):
        answer = invite(logged_in(administrator), email=editor.email.upper())
        assert "already an account" in answer.content.decode()

    def test_a_newer_mail_ends_the_earlier_link(self, client, administrator):
        desk = logged_in(administrator)
        invite(desk)
        invitation = Invitation.objects.get()
        desk.post(
            reverse("invitations:edit", args=[invitation.pk]),
            {"first_name": "", "last_name": "", "language": "en", "role": "Editors"},
        )
        first, second = mails("new@example.org")
        assert client.get(link(first)).status_code == 410
        assert client.get(link(second)).status_code == 200
        client.post(link(second), JOINED)
        assert User.objects.get(email="new@example.org").groups.get().name == "Editors"
        assert client.get(link(second)).status_code == 410, "a link makes one account"

    def test_a_withdrawn_or_old_or_forged_link_makes_no_account(self, client, administrator):
        desk = logged_in(administrator)
        invite(desk)
        path = link(mails("new@example.org")[0])
        assert client.get(path[:-2] + "x/").status_code == 410
        desk.post(reverse("invitations:delete", args=[Invitation.objects.get().pk]))
        answer = client.post(path, JOINED)
        assert answer.status_code == 410
        assert "Ask for an author" in answer.content.decode()
        assert not User.objects.filter(email="new@example.org").exists()

    def test_a_weak_password_is_refused_and_the_name_stays(self, client, administrator):
        invite(logged_in(administrator))
        path = link(mails("new@example.org")[0])
        weak = JOINED | {"password1": "short", "password2": "short"}
        said = client.post(path, weak).content.decode()
        assert "at least 12 characters" in said
        assert "Virtanen" in said
        assert not User.objects.filter(email="new@example.org").exists()


class TestGuessing:
    def login(self, email, password):
        return Client().post(
            reverse("wagtailadmin_login"), {"username": email, "password": password}
        )

    def test_ten_wrong_passwords_stop_even_the_right_one_for_a_while(self, author, settings):
        from tests.factories import PASSWORD as RIGHT

        for number in range(settings.AXES_FAILURE_LIMIT):
            answer = self.login(author.email.upper() if number % 2 else author.email, "wrong")
        assert answer.status_code == 429
        assert "15 minuutin kuluttua" in answer.content.decode()
        assert self.login(author.email, RIGHT).status_code == 429
        # Another account from the same office goes in.
        other = UserFactory(role="author")
        assert self.login(other.email, RIGHT).status_code == 302

    def test_who_guesses_a_name_sees_the_same(self, settings):
        answers = [self.login("nobody@example.org", "wrong") for _ in range(11)]
        assert answers[-1].status_code == 429

    def test_the_right_password_forgets_the_wrong_ones(self, author, settings):
        from tests.factories import PASSWORD as RIGHT

        for _ in range(2):
            for _ in range(settings.AXES_FAILURE_LIMIT - 1):
                self.login(author.email, "wrong")
            assert self.login(author.email, RIGHT).status_code == 302

    def test_who_forges_a_forwarded_address_is_counted_all_the_same(self, author, settings):
        for number in range(settings.AXES_FAILURE_LIMIT):
            answer = Client().post(
                reverse("wagtailadmin_login"),
                {"username": author.email, "password": "wrong"},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            )
        assert answer.status_code == 429

    def test_behind_proxies_the_reader_is_told_from_others(self, author, settings):
        settings.PROXY_COUNT = 1
        for _ in range(settings.AXES_FAILURE_LIMIT):
            answer = Client().post(
                reverse("wagtailadmin_login"),
                {"username": author.email, "password": "wrong"},
                headers={"X-Forwarded-For": "198.51.100.7, 192.0.2.1"},
            )
        assert answer.status_code == 429
        from tests.factories import PASSWORD as RIGHT

        elsewhere = Client().post(
            reverse("wagtailadmin_login"),
            {"username": author.email, "password": RIGHT},
            headers={"X-Forwarded-For": "192.0.2.2"},
        )
        assert elsewhere.status_code == 302


def test_no_mail_is_sent_before_the_queue_is_delivered(client):
    client.post(page("request"), ASKED)
    assert not mail.outbox
