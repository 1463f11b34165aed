"""An owner answers from the mail: confirms a model, archives another; readers see both."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

MODEL = "digitukea-rappukaytavassa"
PUBLIC = f"/fi/toimintamallit/{MODEL}/"
AGE = f"""
from datetime import timedelta
from django.utils import timezone
from models_pages.models import OperatingModelPage
OperatingModelPage.objects.filter(slug="{MODEL}").update(
    valid_since=timezone.localdate() - timedelta(days=900)
)
"""
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/admin/editorial/keep/\S+)")


@pytest.fixture(scope="module")
def links(portal):
    """Return the confirm and the archive link of the mail about a model that is due."""
    portal.manage("shell", "--no-imports", "-c", AGE)
    portal.manage("remind_owners")
    mail = portal.wait_for_mail(
        lambda mail: mail["To"] == "author@example.org" and "Digitukea" in mail["Subject"]
    )
    assert mail is not None
    return LINK.findall(mail.get_body(("plain",)).get_content())


def log_in(page, portal):
    """Fill in the form to which a link led."""
    page.fill("[name=username]", "author@example.org")
    page.fill("[name=password]", portal.password)
    page.click("button[type=submit]")


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_is_told_that_nobody_has_confirmed_it(open_as, links, width):
    reader = open_as(width=width)
    reader.goto(PUBLIC)

    note = reader.get_by_role("note")
    expect(note).to_be_visible()
    assert_accessible(reader)
    fits(reader)


def test_the_owner_confirms_from_the_mail(open_as, portal, links):
    owner = open_as(width=360)
    owner.goto(links[0])
    log_in(owner, portal)
    owner.wait_for_url("**/admin/editorial/confirm/**")
    assert_accessible(owner)
    reader = open_as()
    reader.goto(PUBLIC)
    expect(reader.get_by_role("note")).to_be_visible()

    # By keyboard: the first button of the page's own content is the answer.
    button = owner.locator("main form button[type=submit]")
    button.focus()
    owner.keyboard.press("Enter")
    expect(owner.locator(".messages .success")).to_be_visible()

    reader.reload()
    expect(reader.get_by_role("note")).to_have_count(0)


def test_the_owner_archives_from_the_mail(open_as, links):
    owner = open_as("author", width=768)
    owner.goto(links[1])
    owner.wait_for_url("**/admin/editorial/archive/**")
    assert_accessible(owner)
    owner.fill("[name=note]", "Hanke päättyi keväällä.")
    owner.click("main form button.button[type=submit]")
    expect(owner.locator(".messages .success")).to_be_visible()

    reader = open_as(width=360)
    answer = reader.goto(PUBLIC)
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text("Hanke päättyi keväällä.")
    assert_accessible(reader)
    fits(reader)
    reader.locator("main").get_by_role("link").last.click()
    reader.wait_for_url("**/haku/**")
