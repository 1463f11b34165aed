"""An author in a real browser: an expired login, two who write at once, starting from a model."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

EDIT = re.compile(r"/admin/pages/\d+/edit/")
MODEL = "/fi/toimintamallit/kotikuntoutus-kuudessa-viikossa/"


@pytest.fixture
def draft(open_as):
    """Return an author's window with a new draft that has saved itself, and its address."""

    def begin(title):
        window = open_as("author")
        window.get_by_role("link", name="Aloita uusi toimintamalli").click()
        ready(window)
        # In one go: a save halfway would be followed by another while the test goes on.
        window.locator("#id_title").fill(title)
        expect(window).to_have_url(EDIT, timeout=30_000)
        return window, window.url

    return begin


def ready(window):
    window.wait_for_selector("#id_title")
    window.wait_for_load_state("networkidle")


def told(window, name):
    """Wait until a notice is shown."""
    expect(notice(window, name)).to_be_visible(timeout=30_000)


def assert_part_accessible(window, part):
    """What is ours of a screen: the form around it is Wagtail's."""
    found = Axe().run(window, context=part)
    assert found.violations_count == 0, found.generate_report()


def notice(window, name):
    return window.locator(f"[data-notice={name}]")


def log_out(window):
    """As when the time of a login is over: the session's cookie is gone."""
    window.context.clear_cookies(name="sessionid")


def log_in(window, portal, account="author"):
    window.fill("[name=username]", f"{account}@example.org")
    window.fill("[name=password]", portal.password)
    window.click("button[type=submit]")
    window.wait_for_load_state("load")


def stored(open_as, address, place, account="author"):
    other = open_as(account)
    other.goto(address)
    ready(other)
    expect(other.locator("#id_place")).to_have_value(place)


def kept(window):
    return window.evaluate("Object.keys(localStorage).filter((key) => key.includes('kept'))")


def nothing_kept(window):
    """Wait until the browser keeps nothing of the form: it forgets once the form has loaded."""
    window.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes('kept'))")


def test_the_form_says_that_the_login_is_over_and_saves_itself_after_the_next(
    draft, portal, open_as
):
    window, address = draft("Istunto päättyy")
    log_out(window)
    window.locator("#id_place").fill("Kirjoitettu ilman kirjautumista")

    told(window, "login")
    expect(window.locator("#id_place")).to_have_value("Kirjoitettu ilman kirjautumista")
    assert kept(window)
    assert_part_accessible(window, "#kept-writing-notices")

    with window.context.expect_page() as opened:
        notice(window, "login").get_by_role("link").click()
    login = opened.value
    login.wait_for_load_state("load")
    log_in(login, portal)
    login.close()
    window.bring_to_front()
    notice(window, "login").get_by_role("button").click()

    expect(notice(window, "saved")).to_be_visible(timeout=20_000)
    nothing_kept(window)
    stored(open_as, address, "Kirjoitettu ilman kirjautumista")


def test_another_account_does_not_save_it(draft, portal):
    window, _address = draft("Väärä tili")
    log_out(window)
    window.locator("#id_place").fill("Ainon tekstiä")
    told(window, "login")

    login = window.context.new_page()
    login.goto(f"{portal.url}/admin/login/")
    log_in(login, portal, "coauthor")
    login.close()
    notice(window, "login").get_by_role("button").click()

    expect(notice(window, "other")).to_be_visible()
    expect(window.locator("#id_place")).to_have_value("Ainon tekstiä")


def test_a_save_by_hand_without_login_comes_back(draft, portal, open_as):
    window, address = draft("Tallennus käsin")
    log_out(window)
    window.locator("#id_place").fill("Käsin tallennettu")
    window.locator("footer button.action-save").click()

    window.wait_for_selector("[data-kept-form]")
    assert_accessible(window)
    with window.context.expect_page() as opened:
        window.locator("main a[target=_blank]").click()
    login = opened.value
    login.wait_for_load_state("load")
    log_in(login, portal)
    login.close()
    window.locator("[data-kept-form] button").click()

    window.wait_for_url(EDIT)
    expect(window.locator(".messages .success")).to_be_visible()
    expect(window.locator("#id_place")).to_have_value("Käsin tallennettu")
    nothing_kept(window)
    stored(open_as, address, "Käsin tallennettu")


def test_what_was_not_saved_is_offered_when_the_form_is_opened_again(draft, portal, open_as):
    window, address = draft("Ikkuna sulkeutuu")
    log_out(window)
    window.locator("#id_place").fill("Ennen sulkemista")
    told(window, "login")
    window.evaluate("window.onbeforeunload = null")
    window.on("dialog", lambda dialog: dialog.accept())
    window.goto("/admin/login/")
    log_in(window, portal)

    window.goto(address)
    ready(window)
    offered = notice(window, "kept")
    expect(offered).to_be_visible()
    assert_part_accessible(window, "#kept-writing-notices")
    offered.get_by_role("button").first.click()

    expect(window.locator(".messages .success")).to_be_visible()
    expect(window.locator("#id_place")).to_have_value("Ennen sulkemista")
    nothing_kept(window)
    stored(open_as, address, "Ennen sulkemista")


def test_two_save_and_nothing_is_lost(draft, open_as):
    author, address = draft("Kaksi kirjoittaa")
    author.get_by_role("link", name=re.compile("kanssakirjoittaj", re.IGNORECASE)).or_(
        author.locator("[data-coauthors-link]")
    ).first.wait_for(state="attached")
    number = re.search(r"/(\d+)/", address).group(1)
    people = author.context.new_page()
    people.goto(address.split("/admin/")[0] + f"/admin/editorial/people/{number}/")
    people.locator("#people-who").fill("coauthor@example.org")
    people.locator("main form button[type=submit]").last.click()
    expect(people.locator("main")).to_contain_text("coauthor@example.org")
    assert_part_accessible(people, ".starting")
    people.close()

    # A save that goes on when the helper's form is made would be a newer version than that.
    author.reload()
    ready(author)
    helper = open_as("coauthor")
    helper.goto(address)
    ready(helper)
    # Wagtail shows who else has the page open.
    expect(helper.locator(".w-editing-sessions__session").first).to_be_attached(timeout=20_000)

    helper.locator("#id_place").fill("Otson versio")
    helper.locator("footer button.action-save").click()
    expect(helper.locator(".messages .success")).to_be_visible()
    author.locator("#id_place").fill("Ainon versio")
    told(author, "conflict")
    assert_part_accessible(author, "#kept-writing-notices")
    notice(author, "conflict").get_by_role("button").click()
    dialog = author.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]")
    dialog.or_(author.locator(".messages .warning")).first.wait_for()
    if dialog.is_visible():
        dialog.click()

    warning = author.locator(".messages .warning")
    expect(warning).to_contain_text("Otso Rantanen")
    expect(author.locator("#id_place")).to_have_value("Ainon versio")
    with author.context.expect_page() as opened:
        warning.get_by_role("link").first.click()
    compared = opened.value
    expect(compared.locator("main")).to_contain_text("Otson")
    expect(compared.locator("main")).to_contain_text("Ainon")


def test_a_reader_becomes_an_author_of_a_version(portal, open_as):
    window = open_as()
    window.goto(MODEL)
    assert_accessible(window)
    window.locator("#adaptations a[rel=nofollow]").click()
    window.wait_for_url("**/admin/login/**")
    log_in(window, portal)
    window.wait_for_url("**/admin/editorial/adapt/**")
    assert_accessible(window)

    name = window.locator("#id_title")
    name.fill("Kotikuntoutus meillä")
    window.locator("#text-evaluation").focus()
    window.keyboard.press("Space")
    expect(window.locator("#text-evaluation")).to_be_checked()
    window.locator("main form button[type=submit]").click()

    window.wait_for_url(EDIT)
    ready(window)
    expect(window.locator("#id_title")).to_have_value("Kotikuntoutus meillä")
    window.goto("/admin/")
    expect(window.locator("main")).to_contain_text("Kotikuntoutus meillä")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_comparison_needs_no_scripts_and_tells_by_more_than_colour(open_as, width):
    window = open_as(width=width)
    window.goto(MODEL)
    number = re.search(
        r"/adapt/(\d+)/", window.locator("#adaptations a").first.get_attribute("href")
    )
    window.goto("/fi/toimintamallit/")
    other = window.locator(".entry__title a").nth(3).get_attribute("href")
    window.goto(f"{other}vertaa/{number.group(1)}/")
    expect(window.get_by_role("heading", level=1)).to_be_visible()
    assert window.locator("ins").count()
    assert window.locator("del").count()
    assert_accessible(window)
    width_needed = window.evaluate("document.documentElement.scrollWidth")
    assert width_needed <= width
    for kind, line in (("ins", "underline"), ("del", "line-through")):
        shown = window.locator(kind).first.evaluate(
            "(one) => getComputedStyle(one).textDecorationLine"
        )
        assert shown == line


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_authors_screens_hold_on_every_width(open_as, width):
    window = open_as("author", width=width)
    for address in ("/admin/", "/admin/editorial/own/", "/admin/editorial/adapt/"):
        window.goto(address)
        assert_accessible(window)
        assert window.evaluate("document.documentElement.scrollWidth") <= width, address
