"""Models whose owner has left: a list, and another owner for several at once."""

import pytest
from django.urls import reverse

from models_pages.coauthors import set_coauthors
from models_pages.models import OperatingModelPage
from models_pages.models.coauthor import CoAuthor
from tests.delivered import delivered
from tests.factories import OperatingModelFactory, UserFactory

URL = "editorial:ownerless"


@pytest.fixture
def left(db):
    """Return two models of somebody who has left."""
    gone = UserFactory(first_name="Gone", is_active=False)
    return [OperatingModelFactory(owner=gone, title=f"Left {n}") for n in range(2)]


def test_the_list_names_what_is_ownerless(as_editor, author, left, whole):
    ownerless = OperatingModelFactory(owner=None, title="Nobody's")

    said = as_editor.get(reverse(URL)).content.decode()

    for title in ("Left 0", "Left 1", ownerless.title):
        assert title.replace("'", "&#x27;") in said
    assert "Whole model" not in said


def test_several_are_given_to_another_at_once(as_editor, author, left):
    translated = OperatingModelFactory(
        owner=left[0].owner, language="sv", translation_key=left[0].translation_key
    )
    set_coauthors(left[0], [author])
    delivered().clear()

    as_editor.post(
        reverse(URL), {"model": [page.pk for page in left], "owner": author.email.upper()}
    )

    for page in (*left, translated):
        assert OperatingModelPage.objects.get(pk=page.pk).owner == author
    assert not CoAuthor.objects.filter(user=author).exists()
    [message] = delivered()
    assert (message.to, message.subject) == ([author.email], "2 models are yours now")
    assert "Every model has an owner." in as_editor.get(reverse(URL)).content.decode()


@pytest.mark.parametrize("email", ["", "nobody@example.org", "closed@example.org"])
def test_who_has_no_open_account_gets_none(as_editor, left, email):
    UserFactory(email="closed@example.org", is_active=False)

    response = as_editor.post(reverse(URL), {"model": [left[0].pk], "owner": email})

    assert response.status_code == 400
    assert "checked" in response.content.decode()
    assert not OperatingModelPage.objects.get(pk=left[0].pk).owner.is_active


def test_only_what_is_ownerless_is_given_away(as_editor, author, whole, left):
    thief = UserFactory(role="author")

    as_editor.post(reverse(URL), {"model": [whole.pk, "x"], "owner": thief.email})

    assert OperatingModelPage.objects.get(pk=whole.pk).owner == author


def test_authors_do_not_reassign(as_author, author, left):
    response = as_author.post(reverse(URL), {"model": [left[0].pk], "owner": author.email})

    assert response.status_code == 302
    assert OperatingModelPage.objects.get(pk=left[0].pk).owner != author


def test_the_list_costs_the_same_for_many(as_editor, left, django_assert_max_num_queries):
    gone = left[0].owner
    for number in range(30):
        OperatingModelFactory(owner=gone, title=f"More {number}")
    with django_assert_max_num_queries(25):
        as_editor.get(reverse(URL))
