"""What was typed survives an expired login."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from tests.factories import PASSWORD, UserFactory, index
from tests.functional.admin_forms import assert_saved, model_form

FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
HERE = {"HTTP_ORIGIN": "http://testserver"}
HOSTILE = 'Words <b>and</b> "marks" & more\nin two lines'


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add():
    kind = ["models_pages", "operatingmodelpage", index(OperatingModelIndexPage).pk]
    return reverse("wagtailadmin_pages:add", args=kind)


def given_back(answer):
    """The fields that the page would send again."""
    data = {}
    for name, value in FIELD.findall(answer.content.decode()):
        data.setdefault(unescape(name), []).append(unescape(value))
    return data


def flat(data):
    lists = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    return {name: [str(value) for value in values] for name, values in lists.items()}


def test_a_form_sent_after_logout_comes_back_and_is_saved_after_login(as_author, author, bare):
    data = model_form(bare, place=HOSTILE, basic_idea="Told at length.")
    as_author.logout()

    answer = as_author.post(edit(bare), data, **HERE)

    assert answer.status_code == 401
    kept = given_back(answer)
    sent = {name: values for name, values in flat(data).items() if values}
    assert {name: kept.get(name) for name in sent} == sent
    assert "data-kept-form" in answer.content.decode()
    assert "csrfmiddlewaretoken" in kept

    as_author.post(reverse("wagtailadmin_login"), {"username": author.email, "password": PASSWORD})
    assert_saved(as_author.post(edit(bare), kept, **HERE))
    bare.refresh_from_db()
    latest = bare.get_latest_revision_as_object()
    assert latest.place.replace("\r\n", "\n") == HOSTILE
    assert "Told at length." in str(latest.basic_idea)


def test_a_new_model_survives_too(as_author, author):
    as_author.logout()
    answer = as_author.post(add(), model_form(title="Brand new", slug=""), **HERE)
    assert answer.status_code == 401

    as_author.force_login(author)
    assert_saved(as_author.post(add(), given_back(answer), **HERE))

    assert OperatingModelPage.objects.get().title == "Brand new"


def test_the_automatic_save_is_told_what_to_say(as_author, bare):
    as_author.logout()

    answer = as_author.post(edit(bare), model_form(bare), HTTP_ACCEPT="application/json")

    assert answer.status_code == 401
    assert answer.json()["error_code"] == "login_required"


@pytest.fixture
def strict(author):
    """Return the author's browser, whose tokens are checked as a real one's."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    return client


def test_a_form_with_the_token_of_an_earlier_login_comes_back(strict, bare):
    strict.get(edit(bare))
    old = "x" * 32

    answer = strict.post(
        edit(bare), {**model_form(bare, place="Oulu"), "csrfmiddlewaretoken": old}, **HERE
    )
    assert answer.status_code == 403
    kept = given_back(answer)
    assert kept["place"] == ["Oulu"]

    assert_saved(strict.post(edit(bare), kept, **HERE))
    bare.refresh_from_db()
    assert bare.get_latest_revision_as_object().place == "Oulu"


def test_an_automatic_save_with_an_old_token_is_told_so(strict, bare):
    strict.get(edit(bare))
    data = {**model_form(bare), "csrfmiddlewaretoken": "x" * 32}

    answer = strict.post(edit(bare), data, HTTP_ACCEPT="application/json", **HERE)

    assert (answer.status_code, answer.json()["error_code"]) == (403, "csrf")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_makes_up_is_not_offered(strict, bare, origin):
    strict.get(edit(bare))
    headers = {"HTTP_ORIGIN": origin} if origin else {}
    for browser in (strict, Client(enforce_csrf_checks=True)):
        answer = browser.post(edit(bare), {"title": "Made up"}, **headers)

        assert answer.status_code == 403
        assert "Made up" not in answer.content.decode()


def test_what_comes_back_tells_nothing_of_the_page(bare):
    answer = Client().post(edit(bare), {"title": "Guess"}, **HERE)
    nowhere = Client().post(
        reverse("wagtailadmin_pages:edit", args=[9999]), {"title": "Guess"}, **HERE
    )

    assert answer.status_code == nowhere.status_code == 401
    assert bare.title not in answer.content.decode()


def test_a_form_asks_who_is_logged_in(client, as_author, author):
    assert as_author.get(reverse("editorial:who")).json() == {"user": author.pk}

    assert Client().get(reverse("editorial:who")).status_code == 302


def test_the_page_after_the_login_leads_back(as_author):
    assert as_author.get(reverse("editorial:logged_in")).status_code == 200


def test_the_notices_know_whose_text_they_keep(as_author, bare):
    other = UserFactory()
    shown = as_author.get(edit(bare)).content.decode()

    user = re.search(r'data-user="(\d+)"', shown).group(1)
    assert user != str(other.pk)
