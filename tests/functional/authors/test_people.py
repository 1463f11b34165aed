"""Co-authors: added without telling who has an account, removed, leaving, handing over."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email
from wagtail.admin.models import EditingSession
from wagtail.models import Locale, PageLogEntry, PageSubscription

from accounts.joining.invitations import invite
from accounts.models import Invitation, Message
from accounts.roles import AUTHORS, EDITORS
from models_pages.coauthors import coauthors, set_coauthors
from models_pages.models import CoAuthorInvitation, OperatingModelPage
from tests.factories import PASSWORD, OperatingModelFactory, UserFactory


def people(page):
    return reverse("editorial:people", args=[page.pk])


def post(browser, page, action, who=""):
    return browser.post(people(page), {"action": action, "who": who}, follow=True)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def emails(page):
    return [user.email for user in coauthors(page)]


def told(user):
    return [message.subject for message in Message.objects.filter(receiver=user).order_by("pk")]


@pytest.fixture
def helper(db):
    """Return another author."""
    return UserFactory(role="author", email="helper@example.org", first_name="Helmi")


def test_a_co_author_may_edit_at_once_and_is_told(as_author, bare, helper):
    post(as_author, bare, "add", "Helper@Example.org ")

    assert emails(bare) == ["helper@example.org"]
    assert told(helper) == ["You may now write “Bare model”"]
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert browser(helper).get(edit).status_code == 200


def masked(response, *addresses):
    """The page's text without what is different in every answer."""
    text = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    text = text[text.index("<main") :]
    for address in addresses:
        text = text.replace(address, "ADDRESS")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("kind", ["author", "reader", "closed"])
def test_the_screen_does_not_tell_who_has_an_account(as_author, author, kind):
    with_account = UserFactory(
        role="author" if kind != "reader" else None,
        email="aaa@example.org",
        is_active=kind != "closed",
    )
    one = OperatingModelFactory(owner=author, title="A model")
    two = OperatingModelFactory(owner=author, title="A model")

    answers = [
        post(as_author, one, "add", with_account.email),
        post(as_author, two, "add", "bbb@example.org"),
    ]
    answers += [
        post(as_author, one, "offer", with_account.email),
        post(as_author, two, "offer", "bbb@example.org"),
    ]
    answers += [
        post(as_author, one, "add", with_account.email),
        post(as_author, two, "add", "bbb@example.org"),
    ]
    answers += [
        post(as_author, one, "remove", with_account.email),
        post(as_author, two, "remove", "bbb@example.org"),
    ]

    known = str(with_account.email), f"/{one.pk}/"
    unknown = "bbb@example.org", f"/{two.pk}/"
    for first, second in zip(answers[::2], answers[1::2], strict=True):
        assert masked(first, *known) == masked(second, *unknown)
    assert told(author) == []


def test_the_owner_learns_no_more_than_who_adds(author, bare, helper):
    set_coauthors(bare, [helper])
    UserFactory(role="author", email="aaa@example.org")
    for address in ("aaa@example.org", "bbb@example.org"):
        post(browser(helper), bare, "add", address)
        post(browser(helper), bare, "remove", address)

    subjects = told(author)
    assert subjects[:2] == subjects[2:]
    assert len(subjects) == 4


def test_the_form_tells_no_more_than_the_list(as_author, bare, helper):
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    post(as_author, bare, "add", "helper@example.org")
    post(as_author, bare, "add", "nobody@example.org")

    shown = as_author.get(edit).content.decode()

    assert "<li>helper@example.org</li>" in shown
    assert "<li>nobody@example.org</li>" in shown
    assert "Helmi" not in shown


def test_who_wrote_is_called_by_name(as_author, bare, helper):
    post(as_author, bare, "add", "helper@example.org")
    assert "Helmi" not in as_author.get(people(bare)).content.decode()

    draft = bare.get_latest_revision_as_object()
    draft.save_revision(user=helper, log_action=True, clean=False)

    assert "Helmi Tester, helper@example.org" in as_author.get(people(bare)).content.decode()


def test_an_invited_address_becomes_a_co_author_at_login(as_author, bare):
    post(as_author, bare, "add", "new@example.org")
    assert emails(bare) == []
    newcomer = UserFactory(role="author", email="new@example.org")
    window = Client()

    window.post(
        reverse("wagtailadmin_login"), {"username": "new@example.org", "password": PASSWORD}
    )

    assert emails(bare) == ["new@example.org"]
    assert not CoAuthorInvitation.objects.exists()
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert window.get(edit).status_code == 200
    assert newcomer.email in as_author.get(people(bare)).content.decode()


def test_an_invited_address_gets_one_mail_and_no_other_role(as_author, author, bare, editor):
    another = OperatingModelFactory(owner=author)
    invite("chief@example.org", role=EDITORS, language="fi", by=editor)
    for page in (bare, another):
        for address in ("new@example.org", "chief@example.org"):
            post(as_author, page, "add", address)

    roles = dict(Invitation.objects.values_list("email", "role"))
    assert roles == {"new@example.org": AUTHORS, "chief@example.org": EDITORS}
    sent = Email.objects.filter(to__contains="new@example.org")
    assert sent.count() == 1


def test_a_name_is_found_among_those_one_has_written_with_only(as_author, author, bare, helper):
    stranger = UserFactory(role="author", first_name="Strange", last_name="Person")
    post(as_author, bare, "add", "helper@example.org")
    for name in ("Strange Person", "Helmi Tester", "", "No Body"):
        answer = post(as_author, bare, "add", name)
        assert "We found nobody" in answer.context["error"], name
        assert answer.context["who"] == name
    draft = bare.get_latest_revision_as_object()
    draft.save_revision(user=helper, log_action=True, clean=False)
    another = OperatingModelFactory(owner=author)

    post(as_author, another, "add", "helmi tester")

    assert emails(another) == ["helper@example.org"]
    assert stranger.email not in emails(bare)


@pytest.mark.parametrize("address", ["@", "a@b", "x@example.org, y@example.org", "a b@example.org"])
def test_what_is_no_address_is_told(as_author, bare, address):
    assert "no e-mail address" in post(as_author, bare, "add", address).context["error"]


def test_removed_people_lose_access_at_once(as_author, bare, helper):
    set_coauthors(bare, [helper])
    window = browser(helper)
    edit = reverse("wagtailadmin_pages:edit", args=[bare.pk])
    assert window.get(edit).status_code == 200
    assert EditingSession.objects.filter(user=helper).exists()
    PageSubscription.objects.filter(user=helper).update(comment_notifications=True)

    post(as_author, bare, "remove", "helper@example.org")

    for name in ("edit", "view_draft", "history"):
        assert window.get(reverse(f"wagtailadmin_pages:{name}", args=[bare.pk])).status_code == 302
    assert window.get(people(bare)).status_code == 302
    assert "Bare model" not in window.get("/admin/").content.decode()
    assert not EditingSession.objects.filter(user=helper).exists()
    assert not PageSubscription.objects.filter(user=helper).exists()
    assert told(helper)[-1] == "You no longer write “Bare model”"


def test_a_co_author_leaves(author, bare, helper):
    set_coauthors(bare, [helper])

    answer = post(browser(helper), bare, "leave")

    assert emails(bare) == []
    assert answer.redirect_chain[-1][0] == "/admin/"
    assert told(author) == ["A co-author has left “Bare model”"]


def test_the_model_is_handed_over_when_it_is_accepted(as_author, author, bare, helper):
    set_coauthors(bare, [helper])
    swedish = bare.copy_for_translation(Locale.objects.get(language_code="sv"))
    post(as_author, bare, "offer", "helper@example.org")
    bare.refresh_from_db()
    assert bare.owner == author
    assert told(helper) == ["“Bare model” is offered to you"]
    window = browser(helper)
    assert people(bare) in window.get("/admin/").content.decode()

    post(window, bare, "accept")

    bare.refresh_from_db()
    assert bare.owner == helper
    assert OperatingModelPage.objects.get(pk=swedish.pk).owner == helper
    assert emails(bare) == [author.email]
    assert told(author) == ["“Bare model” has a new owner"]


def test_nobody_takes_what_is_not_offered_to_them(as_author, author, bare, helper):
    other = UserFactory(role="author")
    set_coauthors(bare, [helper, other])
    window = browser(helper)
    post(window, bare, "accept")
    post(window, bare, "offer", "helper@example.org")
    post(window, bare, "accept")
    post(as_author, bare, "offer", other.email)
    post(window, bare, "accept")
    post(as_author, bare, "withdraw")
    post(browser(other), bare, "accept")

    bare.refresh_from_db()
    assert bare.owner == author


def test_an_offer_may_be_declined(as_author, author, bare, helper):
    set_coauthors(bare, [helper])
    post(as_author, bare, "offer", "helper@example.org")

    post(browser(helper), bare, "decline")
    post(browser(helper), bare, "accept")

    bare.refresh_from_db()
    assert bare.owner == author
    assert emails(bare) == ["helper@example.org"]
    assert told(author) == ["“Bare model” stays yours"]


def test_strangers_change_nothing(bare, helper):
    stranger = browser(UserFactory(role="author"))
    set_coauthors(bare, [helper])

    for action in ("add", "remove", "leave", "offer", "withdraw", "accept", "decline", "dispatch"):
        post(stranger, bare, action, "helper@example.org")
    assert stranger.get(people(bare)).status_code == 302

    assert emails(bare) == ["helper@example.org"]


def test_an_unknown_action_does_nothing(as_author, bare):
    for action in ("", "show", "here", "_add", "get", "add\x00"):
        assert post(as_author, bare, action, "x@example.org").status_code == 200

    assert not CoAuthorInvitation.objects.exists()


def test_all_is_logged(as_author, author, bare, helper):
    post(as_author, bare, "add", "helper@example.org")
    post(as_author, bare, "offer", "helper@example.org")
    post(browser(helper), bare, "accept")
    post(browser(helper), bare, "remove", author.email)

    entries = PageLogEntry.objects.filter(page=bare, action="mallisto.coauthors").order_by("pk")

    assert [next(iter(entry.data)) for entry in entries] == [
        "added",
        "offered",
        "handed_over",
        "removed",
    ]


def test_the_list_has_an_end(as_author, bare, monkeypatch):
    monkeypatch.setattr("models_pages.coauthors.MOST_INVITED", 2)
    for number in range(3):
        answer = post(as_author, bare, "add", f"new{number}@example.org")

    assert answer.context["error"]
    assert CoAuthorInvitation.objects.count() == 2
