"""Submitting accepts the licence; who submits says so, and it is kept."""

import pytest
from django.urls import reverse

from models_pages.models import LicenceAgreement
from tests.functional.admin_forms import assert_saved, model_form

SUBMIT = {"action-submit": "true"}


@pytest.fixture
def url(whole):
    """Return the address of the form of a model that lacks nothing else."""
    return reverse("wagtailadmin_pages:edit", args=[whole.pk])


def test_a_submission_asks_for_it_and_nothing_typed_is_lost(as_author, url, whole):
    data = model_form(whole, place="Kuopio") | SUBMIT
    del data["agreed"]
    response = as_author.post(url, data)
    assert "Accept the licence" in str(response.context["form"].errors["agreed"])
    assert response.context["form"]["place"].value() == "Kuopio"
    assert whole.current_workflow_state is None
    assert not LicenceAgreement.objects.exists()


def test_a_draft_is_saved_without(as_author, url, whole):
    data = model_form(whole)
    del data["agreed"]
    assert_saved(as_author.post(url, data))


def test_what_was_accepted_is_kept_with_the_revision(as_author, author, url, whole):
    assert_saved(as_author.post(url, model_form(whole) | SUBMIT))
    kept = LicenceAgreement.objects.get()
    assert (kept.user, kept.page_id, kept.licence) == (author, whole.pk, whole.licence)
    whole.refresh_from_db()
    assert kept.revision_id == whole.latest_revision_id


def test_the_form_shows_that_it_was_accepted_until_the_licence_changes(
    as_author, as_editor, author, client, url, whole
):
    client.force_login(author)
    client.post(url, model_form(whole) | SUBMIT)
    assert client.get(url).context["form"].initial["agreed"]
    LicenceAgreement.objects.update(licence="another")
    assert not client.get(url).context["form"].initial["agreed"]
