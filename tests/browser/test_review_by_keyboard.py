"""A review from login to decision without a pointer: one editor returns, another approves."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.keyboard import Keyboard

TITLE = "Yhteinen asiakasohjauksen aamu"
SUBMIT_AGAIN = f"""
from wagtail.models import Page
page = Page.objects.get(title="{TITLE}", locale__language_code="fi").specific
page.current_workflow_state.resume(user=page.owner)
"""


@pytest.fixture
def log_in(open_as, portal):
    """Return a function that opens a window and logs in by keyboard."""

    def by_keyboard(account):
        window = open_as()
        window.goto("/admin/login/")
        assert_accessible(window)
        keyboard = Keyboard(window)
        keyboard.write(window.locator("[name=username]"), f"{account}@example.org")
        keyboard.write(window.locator("[name=password]"), portal.password)
        window.keyboard.press("Enter")
        window.wait_for_url("**/admin/")
        assert_accessible(window)
        return window, keyboard

    return by_keyboard


def test_one_editor_returns_and_another_approves_without_a_pointer(portal, log_in):
    window, keyboard = log_in("editor")
    takes(window, keyboard)
    reads(window, keyboard)
    comments(window, keyboard)
    answers_the_checklist(window, keyboard)
    returns_with_a_phrase(window, keyboard)

    portal.manage("shell", "-c", SUBMIT_AGAIN)

    window, keyboard = log_in("admin")
    opens_the_queue(window, keyboard)
    opens_the_review(window, keyboard)
    answers_the_checklist(window, keyboard)
    approves_with_a_date(window, keyboard)
    assert "Traceback" not in portal.log()


def opens_the_queue(window, keyboard):
    keyboard.press(window.locator("main a[href='/admin/editorial/queue/']").first)
    window.wait_for_url("**/editorial/queue/")
    window.wait_for_load_state("networkidle")
    assert_accessible(window)


def opens_the_review(window, keyboard):
    keyboard.press(window.locator(".queue").get_by_role("link", name=TITLE))
    window.wait_for_url("**/editorial/review/**")
    window.wait_for_load_state("networkidle", timeout=60_000)
    assert_accessible(window)


def takes(window, keyboard):
    opens_the_queue(window, keyboard)
    row = window.locator("tr", has=window.get_by_role("link", name=TITLE))
    keyboard.press(row.locator("button[name=editor]"))
    expect(window.locator(".messages .success")).to_contain_text(TITLE)
    opens_the_review(window, keyboard)


def reads(window, keyboard):
    """The second view; Tab goes through the text and out of it again."""
    keyboard.press(window.locator("[data-review-view]").nth(1))
    frame = window.frame_locator(".review-frame")
    expect(frame.get_by_text("Oivalla ja ymmärrä").first).to_be_visible()
    # What the public does not see stays away from it.
    expect(frame.locator("wagtail-userbar")).to_have_count(0)


def comments(window, keyboard):
    keyboard.press(window.locator("#id_comment-field"), "ArrowDown")
    keyboard.write(window.locator("#id_comment-text"), "Kuka kutsuu koolle?")
    keyboard.press(window.locator("button[name=add-comment]"))
    expect(window.locator(".review-comments")).to_contain_text("Kuka kutsuu koolle?")
    expect(window.locator("#id_comment-text")).to_have_value("")
    # What comes next is at hand: the focus is where the comment is.
    keyboard.to(window.locator("#id_comment-field"))
    assert len(keyboard.seen) <= 3


def answers_the_checklist(window, keyboard):
    for question in window.locator(".review-checklist li").all():
        keyboard.press(question.locator("input[value=yes]"), "Space")
        expect(question.locator("input[value=yes]")).to_be_checked()


def returns_with_a_phrase(window, keyboard):
    chooses(window, keyboard, "return")
    keyboard.write(window.locator("#id_reason"), "Kerro vielä, kuka vastaa.")
    keyboard.press(window.locator(".review-phrases summary"))
    keyboard.press(window.locator("[data-review-phrase]").first)
    phrase = window.locator(".review-phrases li p").first.inner_text()
    expect(window.locator("#id_reason")).to_have_value(f"Kerro vielä, kuka vastaa.\n\n{phrase}")
    assert_accessible(window)
    decides(window, keyboard)


def approves_with_a_date(window, keyboard):
    chooses(window, keyboard, "schedule")
    keyboard.to(window.locator("#id_go_live_at"))
    # The same in the order of any country, and in half days too.
    window.keyboard.type("12122027")
    window.keyboard.press("ArrowRight")
    window.keyboard.type("1212PM")
    expect(window.locator("#id_go_live_at")).to_have_value("2027-12-12T12:12")
    assert_accessible(window)
    decides(window, keyboard)


def chooses(window, keyboard, decision):
    """Tab leads to the first choice, arrows to the others."""
    keyboard.press(window.locator("#review-approve"), "Space")
    wanted = window.locator(f"#review-{decision}")
    for _choice in range(3):
        window.keyboard.press("ArrowDown")
        if wanted.is_checked():
            return
    raise AssertionError(f"arrows do not reach {decision}")


def decides(window, keyboard):
    keyboard.press(window.locator(".review-decide__send"))
    window.wait_for_url("**/editorial/queue/")
    expect(window.locator(".messages .success")).to_contain_text(TITLE)
    window.wait_for_timeout(700)  # the message fades in
    assert_accessible(window)


def test_phrases_without_javascript_are_ticked(portal, open_as):
    """The box adds the phrase when the form is sent; nothing else needs a script."""
    portal.manage("shell", "-c", NEW_ONE)
    window = open_as("editor", java_script_enabled=False)
    window.goto("/admin/editorial/queue/")
    window.locator(".queue").get_by_role("link", name="Ilman skriptejä").click()
    phrase = window.locator(".review-phrases li").first
    window.locator(".review-phrases summary").click()
    expect(phrase.locator("[data-review-phrase]")).to_be_hidden()
    text = phrase.locator("p").inner_text()
    phrase.locator("input").check()
    window.locator("#review-return").check()
    window.locator("#id_reason").fill("Kiitos.")
    window.locator(".review-decide__send").click()
    window.wait_for_url("**/editorial/queue/")
    window.goto("/admin/editorial/decisions/")
    expect(window.locator("main")).to_contain_text("Ilman skriptejä")
    expect(window.locator("main")).to_contain_text(text)


NEW_ONE = """
from accounts.models import User
from tests.factories import OperatingModelFactory, submit
author = User.objects.get(email="author@example.org")
submit(OperatingModelFactory(owner=author, complete=True, title="Ilman skriptejä"))
"""
