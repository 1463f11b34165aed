"""The author's dashboard and the list of one's own models."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page

from models_pages.coauthors import set_coauthors
from tests.factories import OperatingModelFactory, UserFactory, submit

HOME = "/admin/"


@pytest.fixture
def own():
    """Return the address of the list."""
    return reverse("editorial:own_models")


def titles(response):
    return [row.title for row in response.context["rows"]]


def test_the_ways_to_start_lead_somewhere(as_author, bare):
    shown = as_author.get(HOME).content.decode()

    for name in ("editorial:adapt_choose", "editorial:own_models"):
        assert f'href="{reverse(name)}"' in shown
    assert reverse("editorial:copy", args=[bare.pk]) in shown


def test_what_an_editor_said_in_the_form_stands_at_the_model(as_author, author, editor, bare):
    comment = Comment.objects.create(
        page=bare, user=editor, text="Who <pays> for this?", contentpath="basic_idea"
    )
    Comment.objects.create(page=bare, user=author, text="My own note", contentpath="tips")

    shown = as_author.get(HOME).content.decode()

    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert "One open comment:" in shown
    assert "Who &lt;pays&gt; for this?" in shown
    assert f"{edit}?comment={comment.pk}" in shown
    assert "My own note" not in shown
    comment.resolved_at = "2026-01-01T00:00Z"
    comment.save()
    assert "pays" not in as_author.get(HOME).content.decode()


def test_models_that_are_due_are_asked_about(as_author, author):
    due = OperatingModelFactory(owner=author, complete=True, state="live", title="Old one")
    OperatingModelFactory(owner=author, complete=True, state="live", title="New one")
    stranger = UserFactory(role="author")
    other = OperatingModelFactory(owner=stranger, complete=True, state="live", title="Not mine")
    for page in (due, other):
        type(page).objects.filter(pk=page.pk).update(
            valid_since=timezone.localdate() - timedelta(days=5 * 365)
        )

    shown = as_author.get(HOME).content.decode()

    assert "One model waits for you to confirm" in shown
    assert reverse("editorial:confirm", args=[due.pk]) in shown
    assert "Not mine" not in shown
    listed = as_author.get(reverse("editorial:own_models"), {"state": "due"})
    assert titles(listed) == ["Old one"]


def test_the_list_is_searched_by_name(as_author, author, own):
    for title in ("Äitien ilta", "Isien ilta", "Kotikuntoutus"):
        OperatingModelFactory(owner=author, title=title)

    assert set(titles(as_author.get(own, {"q": "ilta"}))) == {"Äitien ilta", "Isien ilta"}
    assert titles(as_author.get(own, {"q": "äitien"})) == ["Äitien ilta"]
    assert titles(as_author.get(own, {"q": "ilta isien"})) == ["Isien ilta"]
    nothing = as_author.get(own, {"q": "%_'"})
    assert titles(nothing) == []
    assert "None of your models is like that" in nothing.content.decode()


def test_the_list_is_narrowed_by_state(as_author, author, editor, own):
    def make(title, **kwargs):
        return OperatingModelFactory(owner=author, complete=True, title=title, **kwargs)

    make("draft")
    submit(make("in_review"))
    submit(make("returned")).reject(user=editor, comment="Tell more.")
    make("live", state="live")
    make("changed", state="live").get_latest_revision_as_object().save_revision(clean=False)

    for state in ("draft", "in_review", "returned", "live", "changed"):
        response = as_author.get(own, {"state": state})
        assert titles(response) == [state]
        assert response.context["rows"][0].state == state
    assert titles(as_author.get(own, {"state": "scheduled"})) == []
    assert len(titles(as_author.get(own, {"state": "nonsense"}))) == 5
    assert "Tell more." in as_author.get(own).content.decode()


def test_the_list_comes_in_pages(as_author, author, own):
    for number in range(23):
        OperatingModelFactory(owner=author, title=f"Malli {number:02}")

    first, second = as_author.get(own), as_author.get(own, {"page": 2})

    assert [len(titles(page)) for page in (first, second)] == [20, 3]
    assert "page=2" in first.content.decode()
    assert len(titles(as_author.get(own, {"page": "nonsense"}))) == 20
    home = as_author.get(HOME).content.decode()
    assert "All 23 of your models" in home


def test_nobody_elses_models_are_listed(as_author, bare, own):
    other = UserFactory(role="author")
    OperatingModelFactory(owner=other, title="A stranger's draft")
    shared = OperatingModelFactory(owner=other, title="A shared draft")
    set_coauthors(shared, [bare.owner])

    assert set(titles(as_author.get(own))) == {"Bare model", "A shared draft"}
    assert titles(as_author.get(own, {"q": "stranger"})) == []


def test_whoever_has_none_is_led_on(as_author, own):
    assert "You have no models yet" in as_author.get(own).content.decode()


def test_the_list_and_the_home_cost_at_most_25_queries(
    as_author, author, editor, own, django_assert_max_num_queries
):
    for _ in range(25):
        page = OperatingModelFactory(owner=author, complete=True, state="live")
        Comment.objects.create(page=page, user=editor, text="Hm?", contentpath="tips")
    page.get_latest_revision_as_object().save_revision(clean=False)
    submit(page).reject(user=editor, comment="Mend")
    Page.objects.filter(owner=author).update(has_unpublished_changes=True)
    for address in (HOME, own, f"{own}?state=changed&q=malli", f"{own}?state=due"):
        as_author.get(address)
        with django_assert_max_num_queries(25):
            assert as_author.get(address).status_code == 200
