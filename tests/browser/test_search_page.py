"""The search page with and without scripts: address, focus, announcements, suggestions, axe."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

SEARCH = "/fi/haku/"
WATCH = """() => {
  window.stayed = true;
  window.heard = [];
  const status = document.getElementById("search-status");
  new MutationObserver(() => {
    if (status.textContent) window.heard.push(status.textContent);
  }).observe(status, { childList: true, characterData: true, subtree: true });
}"""
FOCUSED = "document.activeElement.id"
BEYOND_THE_EDGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_search(page, address=SEARCH):
    """Open the page; what the browser complains about is gathered."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.evaluate(WATCH)
    return complaints


def count(page):
    return page.locator("#search-count")


def hits(page):
    return page.locator(".hit__title").all_inner_texts()


def query(page):
    return parse_qsl(urlsplit(page.url).query, keep_blank_values=True)


def heard(page):
    """What a screen reader was told since the page was opened."""
    expect(page.locator("#search-status")).not_to_be_empty()
    return page.evaluate("window.heard")


def settled(page, parameter):
    """Wait until the address has the parameter and what it asks for is shown."""
    page.wait_for_url(re.compile(re.escape(parameter)))
    expect(page.locator("#found")).not_to_have_attribute("aria-busy", "true")


def test_choosing_changes_only_what_is_found(open_as):
    page = open_as()
    complaints = open_search(page, f"{SEARCH}?q=kotona")
    before = hits(page)

    page.locator("#phase-in_use").check()
    settled(page, "phase=in_use")

    assert query(page) == [("q", "kotona"), ("phase", "in_use")]
    assert 0 < len(hits(page)) < len(before)
    assert page.evaluate(FOCUSED) == "phase-in_use"
    assert page.locator("#phase-in_use").is_checked()
    assert heard(page) == [count(page).inner_text()]
    assert "kotona" in page.title()
    assert "phase=in_use" in page.locator(".languages [lang=sv]").get_attribute("href")
    assert page.evaluate("window.stayed")
    assert complaints == []


def test_the_address_is_the_one_without_scripts(open_as):
    def go(page):
        page.goto(f"{SEARCH}?q=kotona")
        page.locator("#search-words").fill("hoito & tuki")
        page.get_by_role("button", name="Hae", exact=True).click()
        page.wait_for_url("**q=hoito*")
        page.get_by_role("link", name="Nimen mukaan").click()
        page.wait_for_url("**sort=title*")
        box = page.locator("#facet-phase input").first
        value = box.get_attribute("value")
        box.check()
        show = page.get_by_role("button", name="Näytä tulokset")
        if show.is_visible():
            show.click()
        page.wait_for_url(f"**phase={value}*")
        return page.url

    assert go(open_as()) == go(open_as(java_script_enabled=False))


def test_back_and_forward_bring_back_what_was_found(open_as):
    page = open_as()
    open_search(page, f"{SEARCH}?q=kotona")
    first = hits(page)
    page.locator("#phase-in_use").check()
    settled(page, "phase=in_use")
    second = hits(page)
    page.locator("#search-words").fill("lapsi")
    page.keyboard.press("Enter")
    settled(page, "q=lapsi")

    page.go_back()
    settled(page, "q=kotona&phase=in_use")
    expect(page.locator(".hit__title")).to_have_count(len(second))
    assert hits(page) == second
    expect(page.locator("#search-words")).to_have_value("kotona")
    page.go_back()
    page.wait_for_url("**q=kotona")
    expect(page.locator(".hit__title")).to_have_count(len(first))
    expect(page.locator("#phase-in_use")).not_to_be_checked()
    page.go_forward()
    settled(page, "phase=in_use")
    expect(page.locator("#phase-in_use")).to_be_checked()
    assert page.evaluate("window.stayed")

    # Away and back again: the whole page, not the part that was exchanged.
    page.locator(".hit__title a").first.click()
    page.wait_for_url("**/toimintamallit/**")
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#phase-in_use")).to_be_checked()


def test_another_page_moves_to_its_results(open_as):
    page = open_as()
    open_search(page)
    page.get_by_role("link", name="Seuraava sivu").click()
    settled(page, "page=2")
    assert page.evaluate(FOCUSED) == "search-count"
    expect(count(page)).to_be_in_viewport()
    (said,) = heard(page)
    assert "2" in said.removeprefix(count(page).inner_text().split()[0])
    expect(page.locator(".search-pages [aria-current=page]")).to_contain_text("2")


def test_removed_limits_leave_the_focus_on_the_next(open_as):
    page = open_as()
    open_search(page, f"{SEARCH}?phase=in_use&phase=trial")
    page.locator(".search-chip").first.click()
    expect(page.locator(".search-chip")).to_have_count(1)
    expect(page.locator(".search-chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".search-chip")).to_have_count(0)
    expect(count(page)).to_be_focused()


@pytest.mark.parametrize("trouble", ["network", "server"])
def test_a_failure_is_told_and_loses_nothing(open_as, trouble):
    page = open_as()
    open_search(page, f"{SEARCH}?q=kotona")
    before = hits(page)

    def fail(route):
        route.abort() if trouble == "network" else route.fulfill(status=500, body="<p>broken</p>")

    page.route("**/haku/**", fail)
    page.locator("#phase-in_use").check()
    alert = page.locator("#search-trouble")
    expect(alert.get_by_role("button")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0, "the limit that was chosen stands far down"
    assert page.locator("#phase-in_use").is_checked()
    assert hits(page) == before
    assert_accessible(page)

    page.unroute("**/haku/**")
    alert.get_by_role("button").click()
    settled(page, "phase=in_use")
    assert len(hits(page)) < len(before)
    expect(alert).to_be_empty()


def test_what_was_opened_stays_open(open_as):
    page = open_as()
    open_search(page)
    page.locator("#facet-organisation > summary").click()
    page.locator("#facet-theme > summary").click()
    page.locator("#phase-in_use").check()
    settled(page, "phase=in_use")
    assert page.locator("#facet-organisation").get_attribute("open") is not None
    assert page.locator("#facet-theme").get_attribute("open") is None


def test_all_values_of_a_long_list_come_when_asked_for(open_as):
    page = open_as()
    complaints = open_search(page)
    regions = page.locator("#facet-region input[type=checkbox]")
    before = regions.count()
    page.locator("#rest-region a").click()
    expect(page.locator("details#rest-region")).to_be_visible()
    assert regions.count() > before
    assert page.evaluate("document.activeElement.closest('#rest-region') !== null")
    page.keyboard.press("Space")
    settled(page, "region=")
    assert page.evaluate("window.stayed")
    assert dict(query(page))["all"] == "region"
    expect(page.locator("details#rest-region")).to_have_attribute("open", "")
    assert not complaints


def test_who_types_into_a_long_list_finds_all_its_values(open_as):
    page = open_as()
    open_search(page)
    regions = page.locator("#facet-region li:visible > label")
    seen = set(regions.all_inner_texts())
    last = open_as()
    last.goto(f"{SEARCH}?all=region")
    name = last.locator("#rest-region > ul > li:last-child > label .facet__label").inner_text()
    assert not any(name in text for text in seen)
    page.locator("#narrow-region").press_sequentially(name, delay=20)

    expect(regions.filter(has_text=name)).to_be_visible()
    expect(page.locator("#narrow-region")).to_have_value(name)
    expect(page.locator("#narrow-region")).to_be_focused()
    assert regions.count() < len(seen)


def test_suggestions_are_a_combobox(open_as):
    page = open_as()
    complaints = open_search(page)
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("nuor")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    listbox = field.get_attribute("aria-controls")
    assert page.locator(f"#{listbox}").get_attribute("role") == "listbox"
    # What kind of thing it is, is part of an option's name.
    assert any("Kohderyhmä" in text for text in options.all_inner_texts())
    assert_accessible(page)

    page.keyboard.press("ArrowDown")
    first = options.first.get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", first)
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", "")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    page.keyboard.press("Home")
    expect(field).to_have_attribute("aria-activedescendant", "")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("nuor")

    # Enter searches for what is typed where no option is active.
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    settled(page, "q=nuor")
    expect(options).to_have_count(0)
    assert complaints == []


def test_a_suggested_word_is_searched_and_a_page_is_opened(open_as):
    page = open_as(width=360, has_touch=True, is_mobile=True)
    page.goto("/fi/")
    page.get_by_role("combobox").press_sequentially("kotikuntou")
    page.get_by_role("option").filter(has_not_text="Sivu").first.tap()
    page.wait_for_url("**/haku/?q=kotikuntou*")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("kotikuntou")
    assert page.evaluate(BEYOND_THE_EDGE) <= 0
    page.get_by_role("option").filter(has_text="Sivu").first.tap()
    page.wait_for_url("**/toimintamallit/kotikuntoutus-**", wait_until="commit")


def test_the_header_suggests_too(open_as):
    page = open_as()
    page.goto("/fi/verkostot/")
    page.locator("#site-search").press_sequentially("kotikuntou")
    expect(page.get_by_role("option").first).to_be_visible()
    assert_accessible(page)


def test_everything_works_without_scripts(open_as):
    page = open_as(width=360, java_script_enabled=False)
    page.goto(SEARCH)
    page.get_by_role("searchbox").fill("kotona")
    page.get_by_role("button", name="Hae", exact=True).click()
    page.get_by_text("Rajaa hakua").first.click()
    page.locator("#phase-in_use").check()
    page.get_by_role("button", name="Näytä tulokset").click()
    assert query(page) == [("q", "kotona"), ("phase", "in_use")]
    page.locator(".search-chip").click()
    assert query(page) == [("q", "kotona")]
    page.get_by_role("link", name="Nimen mukaan").click()
    assert ("sort", "title") in query(page)
    page.goto(f"{SEARCH}?q=kotikuntotus")
    page.get_by_role("link", name="kotikuntoutus", exact=True).click()
    assert query(page) == [("q", "kotikuntoutus")]
    assert hits(page)


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%"), (768, "200%")])
def test_nothing_hangs_over_the_edge(open_as, width, size):
    page = open_as(width=width)
    for address in ("?q=kotona+seniorit", "?q=kotikuntotus", "", "?q=" + "yhdyssana" * 40):
        page.goto(SEARCH + address)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert page.evaluate(BEYOND_THE_EDGE) <= 0, address


@pytest.mark.parametrize(
    ("width", "addresses"),
    [(360, ("?q=seniorit", "?q=kotikuntotus")), (1280, ("?q=seniorit&exact=1", "?page=2"))],
)
def test_axe_finds_nothing_in_any_state(open_as, width, addresses):
    page = open_as(width=width)
    for address in addresses:
        open_search(page, SEARCH + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert_accessible(page)
