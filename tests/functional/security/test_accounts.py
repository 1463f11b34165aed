"""Logging in and accounts: what is told to whom, and where one is led afterwards."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, OperatingModelFactory, UserFactory
from tests.functional.admin_forms import model_form
from tests.functional.security.conftest import browser

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "https:evil.example",
)


def said(response):
    """What a page says, without what differs at each request."""
    body = re.sub(r"[A-Za-z0-9]{64}", "a token", response.content.decode())
    return re.sub(r"[\w.+-]+@example\.org", "", body)


def test_login_does_not_tell_whether_there_is_such_an_account(author):
    url = reverse("wagtailadmin_login")
    User.objects.filter(pk=UserFactory(email="closed@example.org").pk).update(is_active=False)

    answers = [
        browser().post(url, {"username": name, "password": word})
        for name, word in (
            (author.email, "wrong"),
            ("nobody@example.org", "wrong"),
            ("closed@example.org", PASSWORD),
        )
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({said(answer) for answer in answers}) == 1


def test_nor_does_a_forgotten_password(author):
    url = reverse("wagtailadmin_password_reset")

    known = browser().post(url, {"email": author.email}, follow=True)
    unknown = browser().post(url, {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert said(known) == said(unknown)
    assert [message.to for message in mail.outbox] == [[author.email]]


def test_the_mail_of_a_forgotten_password_leads_to_the_portal(author, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://mallisto.example"

    browser().post(
        reverse("wagtailadmin_password_reset"),
        {"email": author.email},
        headers={"Host": "evil.example"},
    )

    assert "https://mallisto.example/admin/password_reset/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


@pytest.mark.parametrize("target", ELSEWHERE)
def test_login_leads_nowhere_else(author, target):
    response = browser().post(
        reverse("wagtailadmin_login"),
        {"username": author.email, "password": PASSWORD, "next": target},
    )

    assert response.status_code == 302
    assert "evil" not in response.url
    assert "script" not in response.url


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_answer_of_the_admin_leads_elsewhere(as_author, author, target):
    page = OperatingModelFactory(owner=author, title="Draft")

    for name in ("delete", "copy", "edit", "move"):
        url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        data = {"next": target, "new_title": "C", "new_slug": "c"}
        if name == "edit":
            data |= model_form(page)
        response = as_author.post(
            f"{url}?next={target}", {**data, "new_parent_page": page.get_parent().pk}
        )
        assert "evil" not in response.headers.get("Location", "").split("?")[0]
        assert not response.headers.get("Location", "/").startswith(("//", "http", "java"))


@pytest.mark.parametrize(
    "weak", ["short1", "password1234", "123456789012", "mallisto@example.org", ""]
)
def test_weak_passwords_are_refused(db, weak):
    person = User(email="mallisto@example.org")
    with pytest.raises(ValidationError):
        validate_password(weak, person)


def test_an_author_reads_nobodys_account(as_author, editor):
    for url in (
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:edit", args=[editor.pk]),
        reverse("wagtailusers_groups:index"),
    ):
        response = as_author.get(url, follow=True)
        assert editor.email not in response.content.decode()


def test_an_author_does_not_become_more_by_the_own_account(as_author, author):
    as_author.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "A",
            "name_email-last_name": "B",
            "name_email-email": author.email,
            "is_superuser": "on",
            "name_email-is_superuser": "on",
            "groups": ["1", "2", "3"],
            "name_email-groups": ["1", "2", "3"],
        },
    )

    author.refresh_from_db()
    assert not author.is_superuser
    assert [group.name for group in author.groups.all()] == ["Authors"]


def account_form(email, **more):
    return {"email": email, "first_name": "A", "last_name": "B", "language": "fi", **more}


def test_an_administrator_makes_nobody_a_superuser(as_administrator, author):
    data = account_form(author.email, is_active="on", is_superuser="on")
    new = account_form("new@example.org", password1=PASSWORD, password2=PASSWORD)

    changed = as_administrator.post(reverse("wagtailusers_users:edit", args=[author.pk]), data)
    made = as_administrator.post(reverse("wagtailusers_users:add"), {**new, "is_superuser": "on"})

    assert (changed.status_code, made.status_code) == (302, 302)
    assert User.objects.get(pk=author.pk).first_name == "A"
    assert User.objects.filter(email="new@example.org").exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_administrator_does_not_take_a_superusers_place(as_administrator):
    chief = UserFactory(is_superuser=True)
    data = account_form("taken@example.org", is_active="on", password1="x" * 20, password2="x" * 20)

    as_administrator.post(reverse("wagtailusers_users:edit", args=[chief.pk]), data)

    assert User.objects.get(pk=chief.pk).email == chief.email
    assert User.objects.get(pk=chief.pk).check_password(PASSWORD)


def test_a_superuser_makes_superusers(db, author):
    client = browser(UserFactory(is_superuser=True))
    data = account_form(author.email, is_active="on", is_superuser="on")

    client.post(reverse("wagtailusers_users:edit", args=[author.pk]), data)

    assert User.objects.get(pk=author.pk).is_superuser


def test_the_list_of_pages_names_no_other_accounts(as_stranger, author, secret):
    url = reverse("wagtailadmin_explore", args=[secret.get_parent().pk])

    assert author.get_full_name() not in as_stranger.get(url).content.decode()


def test_embeds_ask_no_other_server(as_author):
    response = as_author.post(
        reverse("wagtailembeds:chooser_upload"),
        {"embed-chooser-url": "http://127.0.0.1:9/video"},
    )

    assert response.status_code == 200
