"""What the portal holds of a person is given, and erased without losing what was written."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from accounts import mail
from accounts.models import User
from editorial.models import Decision
from editorial.review import decisions
from models_pages.coauthors import set_coauthors
from models_pages.models import CoAuthor
from tests.factories import PASSWORD, OperatingModelFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    """Return an editor with a model, a co-authorship, a decision and a message."""
    user = UserFactory(
        role="editor", first_name="Liisa", last_name="Lahtoinen", email="l@example.org"
    )
    OperatingModelFactory(owner=user, title="Liisan malli", complete=True, state="live")
    shared = OperatingModelFactory(owner=UserFactory(role="author"), title="Yhteinen malli")
    set_coauthors(shared, [user], by=shared.owner)
    decisions.record(shared, action="returned", user=user, reason="Kerro lisää arvioinnista.")
    mail.send(user, "told", "submitted", {"title": "Yhteinen malli", "review_url": "/"})
    return user


def erase(as_administrator, user, typed=None):
    url = reverse("personal_data_erase", args=[user.pk])
    return as_administrator.post(url, {"email": typed or user.email}, follow=True)


class TestExport:
    def test_a_person_gets_what_the_portal_holds(self, person):
        client = Client()
        client.force_login(person)
        assert (
            reverse("personal_data_own")
            in client.get(reverse("wagtailadmin_account")).content.decode()
        )
        response = client.get(reverse("personal_data_own"))
        assert "attachment" in response["Content-Disposition"]
        data = json.loads(response.content)
        assert data["account"]["email"] == "l@example.org"
        assert {(page["title"], page["part"]) for page in data["pages"]} == {
            ("Liisan malli", "owner"),
            ("Yhteinen malli", "co-author"),
        }
        assert data["decisions"][0]["reason"] == "Kerro lisää arvioinnista."
        assert any("Yhteinen malli" in one["subject"] for one in data["messages"])

    def test_others_data_is_the_administrators_to_give(self, person, as_administrator, as_author):
        url = reverse("personal_data_of", args=[person.pk])
        assert json.loads(as_administrator.get(url).content)["account"]["first_name"] == "Liisa"
        assert as_author.get(url).status_code == 302
        assert Client().get(reverse("personal_data_own")).status_code == 302


class TestErasure:
    def test_the_name_goes_and_what_was_written_stays(self, person, as_administrator):
        answer = erase(as_administrator, person)
        assert "was erased" in answer.content.decode()

        person.refresh_from_db()
        assert (person.is_active, person.first_name) == (False, "")
        assert person.get_full_name() == "Entinen käyttäjä"
        assert not CoAuthor.objects.filter(user=person).exists()
        assert not Email.objects.filter(to__icontains="l@example.org").exists()
        decision = Decision.objects.get()
        assert (decision.editor_name, decision.reason) == ("", "Kerro lisää arvioinnista.")
        model = person.owned_pages.get()
        assert model.live
        assert Client().get(model.url).status_code == 200

        client = Client()
        login = {"username": "l@example.org", "password": PASSWORD}
        client.post(reverse("wagtailadmin_login"), login)
        assert client.get(reverse("wagtailadmin_home")).status_code == 302

    def test_nothing_in_the_database_names_the_person(self, person, as_administrator):
        erase(as_administrator, person)
        from django.apps import apps
        from django.core import serializers

        left = [
            model._meta.label
            for model in apps.get_models()
            if model._meta.managed
            and not model._meta.proxy
            and any(
                word in serializers.serialize("json", model._base_manager.all())
                for word in ("Lahtoinen", "l@example.org")
            )
        ]
        assert left == []

    def test_the_address_has_to_be_typed(self, person, as_administrator):
        answer = erase(as_administrator, person, "somebody@example.org")
        assert "not the address" in answer.content.decode()
        assert User.objects.get(pk=person.pk).is_active

    def test_only_administrators_erase_and_nobody_oneself(
        self, person, as_administrator, administrator, as_author
    ):
        erase(as_author, person)
        erase(as_administrator, administrator)
        superuser = UserFactory(is_superuser=True)
        erase(as_administrator, superuser)
        assert User.objects.filter(erased_at__isnull=False).count() == 0

    def test_deleting_an_account_leads_to_erasing_it(self, person, as_administrator):
        answer = as_administrator.post(reverse("wagtailusers_users:delete", args=[person.pk]))
        assert answer.url == reverse("personal_data_erase", args=[person.pk])
        bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
        as_administrator.post(f"{bulk}?id={person.pk}", follow=True)
        assert User.objects.filter(pk=person.pk).exists()

    def test_a_closed_account_keeps_its_models_and_can_be_opened_again(
        self, person, as_administrator
    ):
        url = reverse("wagtailusers_users:edit", args=[person.pk])
        data = {"email": person.email, "first_name": "Liisa", "last_name": "L", "language": "fi"}
        as_administrator.post(url, data)
        person.refresh_from_db()
        assert not person.is_active
        assert person.owned_pages.get().live
        as_administrator.post(url, data | {"is_active": "on"})
        person.refresh_from_db()
        assert person.is_active
