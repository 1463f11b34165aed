"""Every kind of public page as readers meet it: on a phone, by keyboard, enlarged, scriptless."""

from itertools import pairwise

import pytest

from tests.browser.accessibility import assert_accessible

MODEL = "/fi/toimintamallit/kotikuntoutus-kuudessa-viikossa/"
PAGES = {
    "home": "/fi/",
    "list": "/fi/toimintamallit/",
    "model": MODEL,
    "model with little in it": "/fi/toimintamallit/digitukea-rappukaytavassa/",
    "development path": f"{MODEL}kehittamisen-polku/",
    "collections": "/fi/kokonaisuudet/",
    "collection": "/fi/kokonaisuudet/koti-ensin/",
    "networks": "/fi/verkostot/",
    "network": "/fi/verkostot/kotona-asumisen-verkosto/",
    "content": "/fi/ohje-kirjoittajalle/",
    "search": "/fi/haku/",
    "hits": "/fi/haku/?q=kotona",
    "limited hits": "/fi/haku/?q=kotona&phase=trial&phase=in_use",
    "no hits": "/fi/haku/?q=olematonsana",
    "very long query": f"/fi/haku/?q={'sosiaalihuoltolakiuudistus' * 9}",
    "not found": "/fi/ei-ole/",
    "home in Swedish": "/sv/",
    "model in Swedish": "/sv/verksamhetsmodeller/sprakkafe-pa-radgivningen/",
    "model in English": "/en/operating-models/night-team-end-of-life-care/",
}
# Of the same kind as another: axe reads these on the wide screen only.
ALIKE = {"limited hits", "very long query", "home in Swedish", "model in Swedish"}
BEYOND_THE_EDGE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > edge + 1)
    .map((element) => `${element.tagName}.${element.className}`);
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  return {
    text: element.textContent.trim(),
    name: element.name || "",
    href: element.getAttribute("href") || "",
    outline: parseFloat(getComputedStyle(element).outlineWidth),
    shown: box.width > 1 && box.top >= 0 && box.bottom <= innerHeight,
  };
}"""


def open_page(page, address):
    answer = page.goto(address)
    assert answer.status == (404 if address.endswith("/ei-ole/") else 200), address


def tab_to(page, found, most=80):
    """Press Tab until ``found`` holds of what has the focus; every stop must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["shown"], focused
        assert focused["outline"] >= 2, focused
        if found(focused):
            return focused
    raise AssertionError("The keyboard does not reach it.")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_as, width):
    page = open_as(width=width)
    for kind, address in PAGES.items():
        if width == 1280 or kind not in ALIKE:
            open_page(page, address)
            assert_accessible(page)


def test_headings_do_not_skip_a_level(open_as):
    page = open_as()
    for kind, address in PAGES.items():
        open_page(page, address)
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4, h5, h6", "all => all.map((heading) => Number(heading.tagName[1]))"
        )
        assert levels[0] == 1, kind
        assert levels.count(1) == 1, kind
        assert all(after <= before + 1 for before, after in pairwise(levels)), (kind, levels)


@pytest.mark.parametrize(
    ("width", "text_size"), [(320, "100%"), (360, "200%"), (768, "200%"), (1280, "200%")]
)
def test_nothing_hangs_over_the_edge(open_as, width, text_size):
    page = open_as(width=width)
    for kind, address in PAGES.items():
        open_page(page, address)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text_size)
        assert page.evaluate(BEYOND_THE_EDGE) == [], kind


def test_keyboard_skips_to_the_content(open_as):
    page = open_as(reduced_motion="reduce")
    open_page(page, MODEL)
    assert tab_to(page, lambda focused: True, most=1)["href"] == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_searches_limits_and_follows(open_as, width):
    page = open_as(width=width, reduced_motion="reduce")
    open_page(page, PAGES["home"])
    tab_to(page, lambda focused: focused["name"] == "q", most=12)
    page.keyboard.type("kotona")
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/?q=kotona*")
    if width < 600:
        tab_to(page, lambda focused: focused["text"].startswith("Rajaa hakua"))
        page.keyboard.press("Enter")
    tab_to(page, lambda focused: focused["name"] == "phase")
    page.keyboard.press("Space")
    page.wait_for_url("**phase=*")
    assert page.evaluate("document.activeElement.name") == "phase"
    if width < 600:
        tab_to(page, lambda focused: focused["text"] == "Näytä tulokset")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-count:focus")
    tab_to(page, lambda focused: "/toimintamallit/" in focused["href"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/toimintamallit/**")


def test_everything_works_without_scripts(open_as):
    page = open_as(width=360, java_script_enabled=False)
    open_page(page, PAGES["home"])
    page.get_by_role("searchbox").fill("kotikuntoutus")
    page.get_by_role("button", name="Hae").click()
    page.get_by_text("Rajaa hakua").first.click()
    page.get_by_role("checkbox", name="Vakiintunut").check()
    page.get_by_role("button", name="Näytä tulokset").click()
    assert "phase=established" in page.url
    page.locator(".hit__title a").first.click()
    assert page.url.endswith(MODEL)
    page.get_by_role("navigation", name="Sisällys").get_by_role("link").first.click()
    assert page.url.endswith("#basic-idea")
    page.get_by_role("link", name="Kehittämisen polku").click()
    assert page.get_by_role("heading", name="Oivalla ja ymmärrä").is_visible()


def test_forced_colours_keep_the_path_and_the_focus(open_as):
    page = open_as(forced_colors="active", reduced_motion="reduce")
    open_page(page, f"{MODEL}kehittamisen-polku/")
    station = page.locator(".path-part__station").first
    colours = station.evaluate(
        "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    )
    assert len(set(colours)) == 2
    tab_to(page, lambda focused: focused["href"] == "#part-1")


def test_dates_and_titles_are_in_the_language_of_the_page(open_as):
    page = open_as()
    for kind, language, date in (
        ("model", "fi", "20.5.2026"),
        ("model in Swedish", "sv", None),
        ("model in English", "en", "14 Sep 2026"),
    ):
        open_page(page, PAGES[kind])
        assert page.locator("html").get_attribute("lang") == language
        assert page.title().endswith(" – Mallisto")
        if date:
            assert page.locator(".key-facts time").inner_text() == date
