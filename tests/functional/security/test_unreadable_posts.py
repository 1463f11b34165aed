"""What no screen posts: told in the person's language, saved nowhere, and no fault of ours."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from models_pages.models import OperatingModelPage
from portal.unreadable import is_unreadable
from tests.functional.admin_forms import model_form
from tests.functional.security.conftest import browser

MISSING = "Some of the form was missing"
TOO_MUCH = "larger than the portal takes in one go"
MEBIBYTES = 1024 * 1024


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def told():
    """Return what was logged for the operator."""
    records = []

    class Kept(logging.Handler):
        def emit(self, record):
            records.append(record)

    logger, handler = logging.getLogger("mallisto.requests"), Kept()
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)


def assert_told(response, words, status=400):
    assert response.status_code == status
    body = response.content.decode()
    assert words in body
    assert "back button" in body


@pytest.mark.parametrize("left", [0, 0.3, 0.6, 0.9])
def test_a_page_form_cut_short(as_author, secret, told, left):
    whole = model_form(secret, tips="Changed.")
    names = list(whole)
    revisions = secret.revisions.count()

    response = as_author.post(
        edit(secret), {name: whole[name] for name in names[: int(len(names) * left)]}
    )

    assert_told(response, MISSING)
    assert secret.revisions.count() == revisions
    assert [record.levelname for record in told] == ["WARNING"]
    assert told[0].exc_info


@pytest.mark.parametrize(
    ("ending", "value"),
    [
        ("-count", "x"),
        ("-count", "9" * 20),
        ("-0-order", "x"),
        ("-0-value", "x"),
        ("-0-value", "1"),
        ("-0-value", "\x00"),
        ("authors-0-id", "x"),
    ],
)
def test_a_page_form_with_something_else_in_it(as_author, secret, ending, value):
    data = model_form(secret)
    name = next(name for name in data if name.endswith(ending))

    assert_told(as_author.post(edit(secret), {**data, name: value}), MISSING)


def test_but_what_is_wrong_in_a_whole_form_is_told_at_its_place(as_author, secret):
    response = as_author.post(edit(secret), model_form(secret, title=""))

    assert response.status_code == 200
    assert "Maija Meikäläinen" in response.content.decode()


def test_autosave_is_told_in_its_own_way(as_author, secret):
    answer = as_author.post(edit(secret), {}, headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["success"] is False
    assert MISSING in answer.json()["error_message"]


def test_a_chooser_without_a_form_makes_nothing(as_editor):
    url = reverse("wagtailsnippetchoosers_models_pages_theme:create")

    assert_told(as_editor.post(url, {}), MISSING)


@pytest.mark.parametrize("data", [{}, {"import_file_name": "../../x", "input_format": "0"}])
def test_redirects_from_no_file(as_administrator, data):
    assert_told(as_administrator.post(reverse("wagtailredirects:process_import"), data), MISSING)


def test_many_at_once_by_no_number(as_editor, secret):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])

    assert as_editor.get(f"{url}?id=x").status_code == 302
    assert_told(as_editor.post(f"{url}?id={secret.pk}", {"chooser": "x"}), MISSING)


def test_a_session_of_editing_by_no_number(as_author, secret):
    url = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", secret.pk, 0])

    assert as_author.post(url, {"revision_id": "x"}).status_code == 400


def test_it_is_told_in_the_persons_language(secret, author):
    author.language = "fi"
    author.save()

    body = browser(author).post(edit(secret), {}).content.decode()

    assert '<html lang="fi"' in body


def test_more_than_is_taken_at_once(as_author, secret, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEBIBYTES
    data = model_form(secret, title="x" * (MEBIBYTES + 1))

    for response in (
        as_author.post(edit(secret), data),
        as_author.post(
            edit(secret), "title=" + "x" * MEBIBYTES, "application/x-www-form-urlencoded"
        ),
    ):
        assert_told(response, TOO_MUCH, 413)
        assert "1 MB" in response.content.decode()
    assert OperatingModelPage.objects.get(pk=secret.pk).title == secret.title


def test_autosave_of_more_than_is_taken_at_once(as_author, secret, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEBIBYTES
    data = model_form(secret, title="x" * (MEBIBYTES + 1))

    answer = as_author.post(edit(secret), data, headers={"Accept": "application/json"})

    assert answer.status_code == 413
    assert TOO_MUCH in json.loads(answer.content)["error_message"]


def test_more_fields_than_are_taken(as_author, secret, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    assert_told(as_author.post(edit(secret), model_form(secret)), TOO_MUCH, 413)


@pytest.mark.parametrize(
    ("path", "language"), [("/fi/tili/", "fi"), ("/sv/konto/", "sv"), ("/en/account/", "en")]
)
def test_readers_are_told_too(db, settings, path, language):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEBIBYTES

    response = Client().post(path, {"reason": "x" * (MEBIBYTES + 1)})

    assert response.status_code == 413
    assert f'<html lang="{language}"' in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_told_without_looking_at_it(db, settings):
    settings.ALLOWED_HOSTS = ["mallisto.example"]

    response = Client().get("/fi/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_other_faults_stay_faults(db, monkeypatch):
    """A fault of ours is none of the person's, whatever its kind."""

    def fail(*args, **kwargs):
        return {}["missing"]

    monkeypatch.setattr("accounts.joining.requests.ask", fail)
    client = Client(raise_request_exception=False)
    person = {"first_name": "A", "last_name": "B", "email": "a@example.org"}

    response = client.post("/en/account/", {**person, "organisation": "City", "reason": "Model"})

    assert response.status_code == 500


def test_only_stock_code_that_reads_a_post_is_meant():
    def fault_of(work):
        try:
            work()
        except (KeyError, ValueError, AttributeError) as error:
            return error
        raise AssertionError

    assert not is_unreadable(fault_of(lambda: {}["x"]))
    assert not is_unreadable(fault_of(lambda: int("x")))
