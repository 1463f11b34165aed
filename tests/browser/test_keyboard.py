"""An author describes a model and sends it for review without touching a mouse."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

EDIT = re.compile(r"/admin/pages/\d+/edit/")
MOST_TABS = 250
# Wagtail's own: blocks of one kind, each in its section, are landmarks of one name.
RULES = {"landmark-unique": {"enabled": False}}
PARTS = {
    "oivalla_ja_ymmarra": ("environment", "target_group"),
    "kuvittele_ja_kokeile": ("basic_idea",),
    "arvioi_ja_ota_kayttoon": ("conditions", "tips", "evaluation"),
}

# Whether what has the focus shows it: a ring, in sight and with nothing over it.
SHOWN = """
() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 20) / 2];
  const top = document.elementFromPoint(x, y);
  return {
    ring: (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none",
    inSight: box.top >= 0 && y <= innerHeight,
    free: top !== null && (one.contains(top) || top.contains(one)),
    what: one.outerHTML.slice(0, 150),
  };
}
"""


@pytest.fixture
def author(open_as, portal):
    """Return the window of an author who has logged in by the keyboard."""
    window = open_as()
    window.emulate_media(reduced_motion="reduce")
    window.goto("/admin/login/")
    expect(window.locator("[name=username]")).to_be_focused()
    window.keyboard.type("author@example.org")
    window.keyboard.press("Tab")
    window.keyboard.type(portal.password)
    window.keyboard.press("Enter")
    window.wait_for_url("**/admin/")
    return window


def assert_shown(window):
    """What comes into view by scrolling, or is pushed by a list that is drawn, takes a moment."""
    for _look in range(20):
        shown = window.evaluate(SHOWN)
        if shown["ring"] and shown["inSight"] and shown["free"]:
            return
        window.wait_for_timeout(100)
    raise AssertionError(shown)


def tab_to(window, target):
    """Press Tab until the target has the focus; long lists are skipped by their own link."""
    wanted = target.element_handle()
    for _press in range(MOST_TABS):
        window.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            assert_shown(window)
            return
        if window.evaluate("document.activeElement.matches('.term-checkboxes__skip')"):
            window.keyboard.press("Enter")
    raise AssertionError(f"{target} is not reached by the Tab key")


def text_of(window, section):
    return window.locator(f'[data-contentpath="{section}"] [role=textbox]').first


def open_part(window, part):
    """From wherever the focus is to the tabs, along them by arrows, and into the part."""
    tabs = window.locator('[role=tab][href^="#tab-"]')
    tab_to(window, window.locator('[role=tab][aria-selected="true"][href^="#tab-"]'))
    wanted = window.locator(f'[role=tab][href="#tab-{part}"]')
    for _press in range(tabs.count()):
        if wanted.evaluate("(one) => one === document.activeElement"):
            break
        window.keyboard.press("ArrowRight")
    window.keyboard.press("Enter")
    expect(window.locator(f"#tab-{part}")).to_be_visible()


def choose(window, name, words=""):
    """Choose the first term of a list, narrowed by the words, by the space bar."""
    tab_to(window, window.locator(f"#id_{name}-filter"))
    window.keyboard.type(words)
    window.keyboard.press("Tab")
    window.keyboard.press("Tab")
    window.keyboard.press("Space")
    expect(window.locator(f"#id_{name} input:checked")).to_have_count(1)


def test_a_model_from_login_to_review(author):
    keyboard = author.keyboard
    tab_to(author, author.get_by_role("link", name="Aloita uusi toimintamalli"))
    keyboard.press("Enter")
    author.wait_for_selector("#id_title")
    author.wait_for_load_state("networkidle")

    tab_to(author, author.locator("#id_title"))
    keyboard.type("Näppäimistöllä kuvattu malli")
    tab_to(author, text_of(author, "short_description"))
    keyboard.type("Malli, jonka kuvaamiseen ei tarvita hiirtä.")
    choose(author, "regions", "Ahvenanmaa")
    choose(author, "themes")
    choose(author, "target_groups")
    tab_to(author, author.locator("#id_authors-ADD"))
    keyboard.press("Enter")
    tab_to(author, author.locator("#id_authors-0-name"))
    keyboard.type("Maija Mallikas")
    phase = author.locator("#id_phase")
    tab_to(author, phase)
    keyboard.press("ArrowDown")
    expect(phase).not_to_have_value("")

    for part, sections in PARTS.items():
        open_part(author, part)
        for section in sections:
            tab_to(author, text_of(author, section))
            keyboard.type(f"Tästä osiosta kerrotaan näin: {section}.")
    keyboard.press("Enter")
    keyboard.press("Enter")
    keyboard.type("- Yksi")
    keyboard.press("Enter")
    keyboard.type("Kaksi")
    expect(text_of(author, "evaluation").locator("li")).to_have_count(2)

    # Another block; Escape from the list of blocks leads back to its button.
    add = author.locator('[data-contentpath="evaluation"] .c-sf-add-button').last
    tab_to(author, add)
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Escape")
    expect(add).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type("Lainaus")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    quotation = author.locator('[data-contentpath="evaluation"] textarea').last
    expect(quotation).to_be_visible()
    if not quotation.evaluate("(one) => one === document.activeElement"):
        tab_to(author, quotation)
    keyboard.type("Tämä toimi meillä.")

    found = Axe().run(author, options={"rules": RULES})
    assert found.violations_count == 0, found.generate_report()
    keyboard.press("Control+s")
    expect(author.locator(".messages .success")).to_be_visible()
    author.wait_for_url(EDIT)
    expect(text_of(author, "evaluation").locator("li")).to_have_count(2)

    people = author.locator("[data-coauthors-link]")
    tab_to(author, people)
    with author.context.expect_page() as opened:
        keyboard.press("Enter")
    window = opened.value
    tab_to(window, window.locator("#people-who"))
    window.keyboard.type("coauthor@example.org")
    window.keyboard.press("Enter")
    expect(window.locator("main")).to_contain_text("coauthor@example.org")
    window.close()

    tab_to(author, author.locator("#id_agreed"))
    keyboard.press("Space")
    tab_to(author, author.locator("footer .w-dropdown__toggle"))
    keyboard.press("Enter")
    tab_to(author, author.locator("[name=action-submit]"))
    keyboard.press("Enter")
    expect(author.locator(".messages .success")).to_be_visible()
    author.goto("/admin/")
    expect(author.locator(".home-row", has_text="Näppäimistöllä")).to_contain_text(
        "Tarkistettavana"
    )
