"""After a page was taken down, or somebody lost the right to it: what they still get."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageSubscription
from wagtail.test.utils.form_data import inline_formset

from editorial.review import approving
from models_pages.coauthors import set_coauthors
from tests.delivered import delivered, receivers
from tests.factories import ImageFactory, OperatingModelFactory, UserFactory, submit
from tests.functional.admin_forms import assert_saved, model_form
from tests.functional.approval.conftest import edit_url


def status(url):
    """Return the status for anybody; a file in the answer is read, which closes it."""
    response = Client().get(url)
    b"".join(response)
    return response.status_code


@pytest.fixture
def picture():
    return ImageFactory()


@pytest.fixture
def shown(author, picture):
    """Return a live model with the picture as its cover."""
    return OperatingModelFactory(
        owner=author, complete=True, state="live", cover_image=picture, cover_alt="A picture"
    )


def test_a_picture_loses_the_address_that_people_know(
    shown, picture, django_capture_on_commit_callbacks
):
    known = picture.get_rendition("width-480").url
    assert status(known) == 200

    with django_capture_on_commit_callbacks(execute=True):
        shown.unpublish()

    assert status(known) == 404
    picture.refresh_from_db()
    # As an editor's screen makes it.
    again = picture.get_rendition("width-480").url
    assert again != known
    assert status(known) == 404


def test_not_where_another_public_page_shows_it(
    shown, author, picture, django_capture_on_commit_callbacks
):
    OperatingModelFactory(
        owner=author, complete=True, state="live", cover_image=picture, cover_alt="A picture"
    )
    known = picture.get_rendition("width-480").url

    with django_capture_on_commit_callbacks(execute=True):
        shown.unpublish()

    assert status(known) == 200


def test_comments_are_mailed_to_those_who_may_still_open_the_page(
    whole, author, editor, as_editor, django_capture_on_commit_callbacks
):
    former, stranger = UserFactory(role="author"), UserFactory(role="author")
    set_coauthors(whole, [former])
    for user in (author, former, stranger):
        PageSubscription.objects.create(user=user, page=whole, comment_notifications=True)
    former.groups.clear()
    forms = [
        {
            "text": "Who meets?",
            "contentpath": "basic_idea",
            "position": "",
            "replies": inline_formset([]),
        }
    ]

    with django_capture_on_commit_callbacks(execute=True):
        response = as_editor.post(
            edit_url(whole), model_form(whole, comments=inline_formset(forms))
        )

    assert_saved(response)
    assert receivers() == [author.email]
    assert "Who meets?" in delivered()[0].body


def test_a_declined_model_is_told_with_the_reason(whole, author, editor):
    state = submit(whole)
    delivered().clear()

    approving.decide(
        state, editor, "decline", revision_id=whole.latest_revision_id, comment="It names people."
    )

    assert receivers() == [author.email]
    message = delivered()[0]
    assert message.subject == "Not to be published: Whole model"
    assert "It names people." in message.body


def test_wagtails_own_form_declines(as_editor, whole):
    state = submit(whole)
    address = reverse("wagtailadmin_pages:workflow_action", args=[whole.pk, "decline", state.pk])

    as_editor.post(address, {"comment": "It names people."})

    assert whole.current_workflow_state is None
