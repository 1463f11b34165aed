"""A person asks for an account, an editor approves on a phone, and the person comes in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

ADDRESS = "uusi.kirjoittaja@example.org"
WIDTHS = (360, 768, 1280)
FIGURES = ("models/?by=themes", "sections/", "review/")


def fits(page):
    """Assert that nothing makes the page wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def link_for(portal, address, words):
    """Return the link of the last mail to an address whose subject holds the words."""
    mail = portal.wait_for_mail(lambda mail: mail["To"] == address and words in mail["Subject"])
    assert mail is not None
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://127\.0\.0\.1:\d+(/fi/\S+)", text)[1]


def test_from_asking_to_writing(open_as, portal):
    person = open_as(width=360)
    person.goto("/admin/login/")
    person.get_by_role("link", name="Pyydä kirjoittajan käyttäjätiliä").click()
    person.get_by_role("button", name="Lähetä pyyntö").click()
    expect(person.get_by_role("alert")).to_be_visible()
    assert_accessible(person)
    for label, words in (
        ("Etunimi", "Uuno"),
        ("Sukunimi", "Uusitalo"),
        ("Sähköpostiosoite", ADDRESS),
        ("Organisaatio", "Esimerkin hyvinvointialue"),
        ("Mitä kuvaisit", "Perhetyön mallin, jota kehitimme kahden kunnan kanssa."),
    ):
        person.get_by_label(label).fill(words)
    # By the keyboard: the field that nobody sees is no stop on the way.
    person.keyboard.press("Tab")
    person.keyboard.press("Enter")
    expect(person.get_by_role("heading", name="Katso sähköpostiasi")).to_be_visible()

    person.goto(link_for(portal, ADDRESS, "Vahvista"))
    assert_accessible(person)
    person.get_by_role("button", name="Kyllä, lähetä toimitukselle").click()
    expect(person.get_by_role("heading", name="Pyyntösi odottaa toimitusta")).to_be_visible()

    editor = open_as("editor", width=360)
    editor.goto("/admin/account_requests/")
    editor.get_by_role("link", name="Uuno Uusitalo").click()
    expect(editor.get_by_text("Perhetyön mallin")).to_be_visible()
    fits(editor)
    editor.get_by_role("button", name="Kutsu kirjoittajaksi").click()
    expect(editor.get_by_text("kutsuttiin kirjoittajaksi")).to_be_visible()

    person.goto(link_for(portal, ADDRESS, "Kutsu"))
    assert_accessible(person)
    fits(person)
    for label in ("Salasana", "Salasanan vahvistus"):
        person.get_by_label(label, exact=True).fill("pitkä-ja-oma-salasana")
    person.get_by_role("button", name="Luo tili ja siirry palveluun").click()
    person.wait_for_url("**/admin/")
    expect(person.get_by_role("heading", name=re.compile("Uuno"))).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_request_fits_and_is_accessible(open_as, width):
    person = open_as(width=width)
    person.goto("/fi/tili/")
    assert_accessible(person)
    fits(person)


@pytest.mark.parametrize("report", FIGURES)
@pytest.mark.parametrize("width", [360, 1280])
def test_figures_fit_and_are_accessible(open_as, report, width):
    editor = open_as("editor", width=width)
    editor.goto(f"/admin/editorial/figures/{report}")
    expect(editor.locator(".figures-chart")).to_be_visible()
    fits(editor)
    assert_accessible(editor)
