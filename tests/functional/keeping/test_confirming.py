"""Confirming from the mail: the link shows what will happen, the button does it."""

import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from editorial.keeping import confirming
from editorial.keeping.confirming import remind
from models_pages.models import OperatingModelPage
from tests.delivered import delivered
from tests.factories import OperatingModelFactory, UserFactory

DAY = timedelta(days=1)


@pytest.fixture
def live(author):
    """Return a public model that is due."""
    page = OperatingModelFactory(owner=author, title="Live model", complete=True, state="live")
    long_ago = timezone.localdate() - 800 * DAY
    OperatingModelPage.objects.filter(pk=page.pk).update(valid_since=long_ago)
    delivered().clear()
    return OperatingModelPage.objects.get(pk=page.pk)


def links(author):
    """Return the paths of the confirm and the archive link of the mail."""
    remind()
    return re.findall(r"http://testserver(/admin/editorial/keep/\S+)", delivered()[-1].body)


def is_confirmed(page):
    page.refresh_from_db()
    return page.confirmed_on == timezone.localdate()


def test_a_link_asks_for_login_and_leads_back(client, author, live):
    confirm_link, _archive = links(author)

    response = client.get(confirm_link)

    assert response.status_code == 302
    assert response.url == f"/admin/login/?next={confirm_link.replace(':', '%3A')}"
    assert not is_confirmed(live)


def test_following_a_link_does_nothing_and_the_button_does_it(as_author, author, live):
    confirm_link, _archive = links(author)

    page = as_author.get(confirm_link, follow=True)
    assert page.status_code == 200
    assert not is_confirmed(live)

    response = as_author.post(page.request["PATH_INFO"])
    assert response.status_code == 302
    assert is_confirmed(live)


def test_a_scanner_that_follows_links_and_heads_changes_nothing(as_author, author, live):
    for link in links(author):
        as_author.get(link, follow=True)
        as_author.head(link, follow=True)
        as_author.options(link)
    assert not is_confirmed(live)
    assert live.live


def test_somebody_elses_link_gives_no_right(client, author, live):
    confirm_link, archive_link = links(author)
    client.force_login(UserFactory(role="author"))

    for link in (confirm_link, archive_link):
        client.get(link, follow=True)
    client.post(reverse("editorial:confirm", args=[live.pk]))
    client.post(reverse("editorial:archive", args=[live.pk]))

    assert not is_confirmed(live)
    assert live.live


def test_an_old_link_says_so_and_leads_on(as_author, author, live, monkeypatch):
    link, _archive = links(author)
    monkeypatch.setattr(confirming, "LINK_DAYS", -1)

    response = as_author.get(link)

    assert response.status_code == 410
    assert reverse("editorial:confirm", args=[live.pk]) in response.content.decode()
    assert "Live model" not in response.content.decode()


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "signed for another purpose"])
def test_a_link_that_is_none_is_told_kindly(as_author, token):
    if " " in token:
        token = signing.dumps({"page": 1}, salt="other")
    response = as_author.get(f"/admin/editorial/keep/{token}/")

    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_an_editor_confirms_from_the_list(as_editor, live, settings):
    page = as_editor.get(reverse("editorial:overdue"))
    assert "Live model" in page.content.decode()
    assert "Confirm “Live model”" in page.content.decode()

    as_editor.post(reverse("editorial:confirm", args=[live.pk]))

    assert is_confirmed(live)
    assert "Nothing is overdue." in as_editor.get(reverse("editorial:overdue")).content.decode()


def test_the_lists_are_for_editors(as_author, live):
    for name in ("overdue", "ownerless", "archived"):
        assert as_author.get(reverse(f"editorial:{name}")).status_code == 302


def test_readers_are_told_plainly_in_their_language(client, live):
    OperatingModelPage.objects.update(valid_since=date(2020, 5, 17), confirmed_on=date(2020, 5, 17))
    said = client.get(live.url).content.decode()
    path = client.get(f"{live.url}kehittamisen-polku/").content.decode()

    with translation.override("fi"):
        text = translation.gettext(
            "Not confirmed lately: this model was last published or confirmed on %(since)s, and "
            "was to be confirmed by %(due)s. Some of it may have changed: ask its authors before "
            "you rely on it."
        ) % {"since": "17.5.2020", "due": "17.5.2022"}
    assert text in said
    assert text in path

    OperatingModelPage.objects.update(valid_since=timezone.localdate())
    assert text[:30] not in client.get(live.url).content.decode()


def test_the_date_of_confirmation_is_not_typed(as_author, live):
    page = as_author.get(reverse("wagtailadmin_pages:edit", args=[live.pk]))

    assert 'name="confirmed_on"' not in page.content.decode()
