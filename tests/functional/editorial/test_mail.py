"""Mail on submission and decision: who gets it, in which language, and that it breaks nothing."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from models_pages.coauthors import set_coauthors
from tests.delivered import delivered, receivers
from tests.factories import OperatingModelFactory, UserFactory, submit
from tests.functional.admin_forms import model_form


@pytest.fixture
def post(client):
    """Return a function that lets an account press a button of a page's form."""

    def press(user, page, **data):
        client.force_login(user)
        return client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), model_form(page, **data)
        )

    return press


@pytest.fixture
def decide(client):
    """Return a function that lets an editor decide from the dashboard."""

    def press(user, page, action, comment=""):
        client.force_login(user)
        state = page.current_workflow_task_state
        return client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]),
            {"comment": comment},
        )

    return press


def submit_quietly(page, user=None):
    submit(page, user)
    delivered().clear()


def test_editors_are_told_of_a_submission(author, editor, whole, post):
    second = UserFactory(role="editor")
    administrator = UserFactory(role="administrator")
    UserFactory(role="editor", is_active=False)
    UserFactory(role="author")

    post(author, whole, **{"action-submit": "1"})

    assert receivers() == sorted([editor.email, second.email, administrator.email])
    message = delivered()[0]
    assert message.subject == "For review: Whole model"
    assert author.get_full_name() in message.body
    assert f"http://testserver/admin/editorial/review/{whole.pk}/" in message.body


@pytest.fixture
def assign(client):
    """Return a function that gives a page to an editor in the queue."""

    def give(by, page, editor, seen=None):
        client.force_login(by)
        address = reverse("editorial:assign", args=[page.pk])
        client.post(address, {"editor": getattr(editor, "pk", ""), "seen": getattr(seen, "pk", "")})

    return give


def test_an_editor_is_told_of_a_page_that_another_gives_to_them(editor, whole, assign):
    colleague = UserFactory(role="editor", first_name="Aino", last_name="Apuri")
    submit_quietly(whole)

    assign(colleague, whole, editor)

    assert receivers() == [editor.email]
    message = delivered()[0]
    assert message.subject == "Assigned to you: Whole model"
    assert "Aino Apuri has assigned “Whole model” to you" in message.body
    assert f"http://testserver/admin/editorial/review/{whole.pk}/" in message.body
    assign(colleague, whole, editor, seen=editor)
    assert receivers() == [editor.email]  # nothing has changed
    assign(editor, whole, None, seen=editor)
    assign(colleague, whole, editor)
    assert receivers() == [editor.email, editor.email]  # it was given anew


def test_nobody_is_told_of_what_they_take_themselves(editor, whole, assign):
    colleague = UserFactory(role="editor")
    submit_quietly(whole)
    assign(editor, whole, editor)
    assign(editor, whole, colleague, seen=editor)
    assign(colleague, whole, None, seen=colleague)
    assert receivers() == [colleague.email]


def test_editor_who_submits_is_not_told_of_it(editor, post):
    page = OperatingModelFactory(owner=editor, complete=True)

    post(editor, page, **{"action-submit": "1"})

    assert receivers() == []


def test_mail_speaks_the_receivers_language(author, editor, whole, post):
    finnish = UserFactory(role="editor", language="fi")

    with translation.override("fi"):
        expected = translation.gettext("Read it, and approve or return it:")
    post(author, whole, **{"action-submit": "1"})

    bodies = {message.to[0]: message.body for message in delivered()}
    assert expected in bodies[finnish.email]
    assert "Read it, and approve or return it:" in bodies[editor.email]


def test_people_of_the_page_are_told_of_approval(author, editor, whole, decide):
    co_author, submitter = UserFactory(role="author"), UserFactory(role="author")
    set_coauthors(whole, [co_author, submitter])
    submit_quietly(whole, submitter)

    decide(editor, whole, "approve")

    assert receivers() == sorted([author.email, co_author.email, submitter.email])
    message = delivered()[0]
    assert message.subject == "Published: Whole model"
    assert f"http://testserver/fi/toimintamallit/{whole.slug}/" in message.body


def test_people_of_the_page_are_told_of_a_return_and_why(author, editor, whole, decide):
    submit_quietly(whole)

    decide(editor, whole, "reject", comment="Tell more about the <costs> & the time.")

    assert receivers() == [author.email]
    message = delivered()[0]
    assert message.subject == "Please mend: Whole model"
    assert "Tell more about the <costs> & the time." in message.body
    assert f"http://testserver/admin/pages/{whole.pk}/edit/" in message.body


def test_editor_who_publishes_past_the_review_tells_the_author(author, editor, whole, post):
    submit_quietly(whole)

    post(editor, whole, **{"action-publish": "1"})

    assert receivers() == [author.email]
    assert delivered()[0].subject == "Published: Whole model"


def test_withdrawing_tells_nobody(author, editor, whole, post):
    submit_quietly(whole)

    post(author, whole, **{"action-cancel-workflow": "1"})

    assert receivers() == []


def test_resubmission_is_told_once_to_each(author, editor, whole, decide, post):
    submit(whole)
    decide(editor, whole, "reject", comment="Mend")
    delivered().clear()

    post(author, whole, **{"action-submit": "1"})

    assert receivers() == [editor.email]


def test_who_turned_notifications_off_gets_none(author, editor, whole, post):
    UserProfile.objects.filter(user=editor).update(submitted_notifications=False)

    post(author, whole, **{"action-submit": "1"})

    assert receivers() == []


def test_title_cannot_break_the_headers(author, editor, post):
    page = OperatingModelFactory(owner=author, complete=True, title="Line\nBcc: x@example.org")

    submit_response = post(author, page, title="Two  words", **{"action-submit": "1"})

    assert submit_response.status_code == 302
    assert "\n" not in delivered()[0].subject


def test_what_is_rolled_back_is_not_told(author, editor, whole):
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(whole)
        raise RuntimeError

    assert receivers() == []


def test_html_says_the_same_and_runs_nothing_that_was_typed(author, editor, whole, decide):
    submit_quietly(whole)

    decide(editor, whole, "reject", comment="Tell of the <script>alert(1)</script> costs.")

    message = next(message for message in delivered() if message.to == [author.email])
    html = message.alternatives[0].content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert f"http://testserver/admin/pages/{whole.pk}/edit/" in html
    assert '<html lang="en"' in html
    assert "<img" not in html


def test_mail_server_that_is_down_breaks_nothing(author, whole, editor, post, settings):
    settings.POST_OFFICE = {"BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens

    response = post(author, whole, **{"action-submit": "1"})

    assert response.status_code == 302
    assert whole.workflow_in_progress
