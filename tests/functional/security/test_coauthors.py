"""Who may say who co-authors a page, and what a former co-author still gets."""

from django.urls import reverse
from wagtail.models import PageSubscription

from models_pages.coauthors import coauthors, set_coauthors
from tests.factories import OperatingModelFactory, UserFactory, submit
from tests.functional.admin_forms import model_form


def url(name, page):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def emails(page):
    return [user.email for user in coauthors(page)]


def test_nobody_adds_people_to_anothers_model(secret, stranger, as_stranger):
    for name in ("edit", "preview_on_edit", "copy"):
        as_stranger.post(url(name, secret), model_form(secret, co_authors=stranger.email))
        as_stranger.get(url(name, secret))

    assert emails(secret) == []


def test_nobody_adds_people_to_anothers_live_model(author, stranger, as_stranger):
    live = OperatingModelFactory(owner=author, complete=True, state="live")

    as_stranger.post(url("edit", live), model_form(live, co_authors=stranger.email))

    assert emails(live) == []


def test_a_co_author_does_not_take_the_owners_place(secret, author, stranger, as_stranger):
    set_coauthors(secret, [stranger])

    data = model_form(secret, co_authors=stranger.email, owner=stranger.pk)
    as_stranger.post(url("edit", secret), data)

    secret.refresh_from_db()
    assert secret.owner == author
    assert secret.permissions_for_user(author).can_edit()


def test_a_former_co_author_is_shut_out(secret, stranger, as_stranger):
    set_coauthors(secret, [stranger])
    assert as_stranger.get(url("edit", secret)).status_code == 200

    set_coauthors(secret, [])

    for name in ("edit", "view_draft", "history"):
        assert as_stranger.get(url(name, secret)).status_code == 302


def test_an_account_without_a_role_gets_no_rights_by_it(secret):
    outsider = UserFactory()
    set_coauthors(secret, [outsider])

    assert not secret.permissions_for_user(outsider).can_edit()


def test_a_closed_account_gets_nothing(secret, stranger, as_stranger):
    set_coauthors(secret, [stranger])
    stranger.is_active = False
    stranger.save()

    assert as_stranger.get(url("edit", secret)).status_code in {302, 403}


def test_a_former_co_author_is_subscribed_to_no_comments(secret, author, stranger):
    set_coauthors(secret, [stranger])
    for user in (author, stranger):
        PageSubscription.objects.create(user=user, page=secret, comment_notifications=True)

    set_coauthors(secret, [])

    subscribed = PageSubscription.objects.filter(page=secret, comment_notifications=True)
    assert not subscribed.filter(user=stranger).exists()


def test_a_preview_changes_nothing(secret, stranger, as_author):
    as_author.post(url("preview_on_edit", secret), model_form(secret, co_authors=stranger.email))
    as_author.get(url("preview_on_edit", secret))

    assert emails(secret) == []


def test_nor_during_review(secret, stranger, as_author):
    submit(secret)

    for name in ("edit", "preview_on_edit"):
        as_author.post(url(name, secret), model_form(secret, co_authors=stranger.email))
        as_author.get(url(name, secret))

    assert emails(secret) == []
