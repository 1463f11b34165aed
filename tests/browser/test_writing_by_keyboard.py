"""An author describes a model and sends it for review without touching a mouse."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard, is_focused

EDIT = re.compile(r"/admin/pages/\d+/edit/")
# Wagtail's own: blocks of one kind, each in its section, are landmarks of one name.
RULES = {"landmark-unique": {"enabled": False}}
PARTS = {
    "oivalla_ja_ymmarra": ("environment", "target_group"),
    "kuvittele_ja_kokeile": ("basic_idea",),
    "arvioi_ja_ota_kayttoon": ("conditions", "tips", "evaluation"),
}


@pytest.fixture
def author(open_as, portal):
    """Return the keyboard of an author who has logged in by it."""
    window = open_as()
    window.emulate_media(reduced_motion="reduce")
    window.goto("/admin/login/")
    expect(window.locator("[name=username]")).to_be_focused()
    window.keyboard.type("author@example.org")
    window.keyboard.press("Tab")
    window.keyboard.type(portal.password)
    window.keyboard.press("Enter")
    window.wait_for_url("**/admin/")
    return Keyboard(window)


def text_of(window, section):
    return window.locator(f'[data-contentpath="{section}"] [role=textbox]').first


def open_part(author, part):
    """From wherever the focus is to the tabs, along them by arrows, and into the part."""
    window = author.window
    tabs = window.locator('[role=tab][href^="#tab-"]')
    author.to(window.locator('[role=tab][aria-selected="true"][href^="#tab-"]'))
    wanted = window.locator(f'[role=tab][href="#tab-{part}"]')
    for _press in range(tabs.count()):
        if is_focused(wanted):
            break
        here = window.evaluate("document.activeElement.href")
        window.keyboard.press("ArrowRight")
        window.wait_for_function("here => document.activeElement.href !== here", arg=here)
    window.keyboard.press("Enter")
    expect(window.locator(f"#tab-{part}")).to_be_visible()


def choose(author, name, words=""):
    """Choose the first term of a list, narrowed by the words, by the space bar."""
    window = author.window
    author.to(window.locator(f"#id_{name}-filter"))
    window.keyboard.type(words)
    window.keyboard.press("Tab")
    window.keyboard.press("Tab")
    window.keyboard.press("Space")
    expect(window.locator(f"#id_{name} input:checked")).to_have_count(1)


def test_a_model_from_login_to_review(author):
    page, keyboard = author.window, author.window.keyboard
    author.to(page.get_by_role("link", name="Aloita uusi toimintamalli"))
    keyboard.press("Enter")
    page.wait_for_selector("#id_title")
    page.wait_for_load_state("networkidle")

    author.to(page.locator("#id_title"))
    keyboard.type("Näppäimistöllä kuvattu malli")
    author.to(text_of(page, "short_description"))
    keyboard.type("Malli, jonka kuvaamiseen ei tarvita hiirtä.")
    choose(author, "regions", "Ahvenanmaa")
    choose(author, "themes")
    choose(author, "target_groups")
    author.to(page.locator("#id_authors-ADD"))
    keyboard.press("Enter")
    author.to(page.locator("#id_authors-0-name"))
    keyboard.type("Maija Mallikas")
    phase = page.locator("#id_phase")
    author.to(phase)
    keyboard.press("ArrowDown")
    expect(phase).not_to_have_value("")

    for part, sections in PARTS.items():
        open_part(author, part)
        for section in sections:
            author.to(text_of(page, section))
            keyboard.type(f"Tästä osiosta kerrotaan näin: {section}.")
    keyboard.press("Enter")
    keyboard.press("Enter")
    keyboard.type("- Yksi")
    keyboard.press("Enter")
    keyboard.type("Kaksi")
    expect(text_of(page, "evaluation").locator("li")).to_have_count(2)

    # Another block; Escape from the list of blocks leads back to its button.
    add = page.locator('[data-contentpath="evaluation"] .c-sf-add-button').last
    author.to(add)
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Escape")
    expect(add).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type("Lainaus")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    quotation = page.locator('[data-contentpath="evaluation"] textarea').last
    expect(quotation).to_be_visible()
    author.to(quotation)
    keyboard.type("Tämä toimi meillä.")

    found = Axe().run(page, options={"rules": RULES})
    assert found.violations_count == 0, found.generate_report()
    keyboard.press("Control+s")
    expect(page.locator(".messages .success")).to_be_visible()
    page.wait_for_url(EDIT)
    expect(text_of(page, "evaluation").locator("li")).to_have_count(2)

    people = page.locator("[data-coauthors-link]")
    author.to(people)
    with page.context.expect_page() as opened:
        keyboard.press("Enter")
    window = opened.value
    Keyboard(window).to(window.locator("#people-who"))
    window.keyboard.type("coauthor@example.org")
    window.keyboard.press("Enter")
    expect(window.locator("main")).to_contain_text("coauthor@example.org")
    window.close()

    author.to(page.locator("#id_agreed"))
    keyboard.press("Space")
    author.to(page.locator("footer .w-dropdown__toggle"))
    keyboard.press("Enter")
    author.to(page.locator("[name=action-submit]"))
    keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto("/admin/")
    expect(page.locator(".home-row", has_text="Näppäimistöllä")).to_contain_text("Tarkistettavana")
