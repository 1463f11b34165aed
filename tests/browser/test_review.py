"""An editor's day: queue, review, return with a phrase, only what changed, approval on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

TITLE = "Yhteinen asiakasohjauksen aamu"
WIDTHS = (1280, 768, 360)
TYPED = "Kerro vielä, kuka vastaa kutsuista."
ADDED = "Espoo, Kauniainen ja Kirkkonummi"


def fits(window):
    """Fail where a screen scrolls sideways, or axe finds anything, at one of three widths."""
    # Nothing is pointed at: Wagtail's buttons have a colour of their own then.
    window.mouse.move(0, 0)
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(window)
    window.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.fixture
def editor(open_as):
    """An editor's window."""
    return open_as("editor")


def open_review(window, title=TITLE):
    """From the queue to the page; gives its number."""
    window.goto("/admin/editorial/queue/")
    window.locator(".queue").get_by_role("link", name=title).click()
    window.wait_for_url("**/editorial/review/**")
    window.wait_for_load_state("load", timeout=60_000)
    return int(re.search(r"/review/(\d+)/", window.url)[1])


def test_from_the_queue_to_approval(portal, open_as, editor):
    editor.goto("/admin/editorial/queue/")
    row = editor.locator("tr", has=editor.get_by_role("link", name=TITLE))
    row.locator("button[name=editor]").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    # Without the message: it fades in, and a colour on its way has no contrast to speak of.
    editor.goto("/admin/editorial/queue/")
    fits(editor)

    page_id = open_review(editor)
    fits(editor)
    reads_both_views(editor)
    comments_without_losing_what_is_typed(editor)
    returns_with_a_phrase(editor)

    mends_and_submits_again(open_as("author"), page_id)

    sees_only_what_changed(editor)
    approves_on_a_phone_by_keyboard(open_as("editor", width=360))
    reader = open_as()
    answer = reader.goto("/fi/toimintamallit/yhteinen-asiakasohjauksen-aamu/")
    assert answer.status == 200
    expect(reader.locator("main")).to_contain_text(ADDED)
    assert "Traceback" not in portal.log()


def reads_both_views(window):
    """The preview is the public page, as high as its text, in both views."""
    frame = window.frame_locator(".review-frame")
    expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(frame.locator("#basic-idea")).to_be_visible()
    window.locator("[data-review-view]").nth(1).click()
    expect(window.locator("[data-review-view]").nth(1)).to_have_attribute("aria-current", "true")
    expect(frame.get_by_text("Oivalla ja ymmärrä").first).to_be_visible()
    inner = window.locator(".review-frame").evaluate(
        "frame => frame.contentDocument.documentElement.scrollHeight - frame.clientHeight"
    )
    assert inner <= 2, "the preview scrolls inside the page"


def comments_without_losing_what_is_typed(window):
    """A comment on a section is written while the decision stays half made."""
    window.locator("#id_reason").fill(TYPED)
    window.locator("#review-return").check()
    window.locator("#id_comment-field").select_option("basic_idea")
    window.locator("#id_comment-text").fill("Kuka kutsuu koolle?")
    window.locator("button[name=add-comment]").click()
    expect(window.locator(".review-comments")).to_contain_text("Kuka kutsuu koolle?")
    expect(window.locator("#id_reason")).to_have_value(TYPED)
    expect(window.locator("#review-return")).to_be_checked()
    # To the form for a correction, and back.
    window.get_by_role("link", name=re.compile("Correct it yourself|Korjaa itse")).click()
    window.wait_for_selector("#id_title")
    window.locator(".messages a[href*='/editorial/review/']").first.click()
    expect(window.locator("#id_reason")).to_have_value(TYPED)
    expect(window.locator("#review-return")).to_be_checked()


def returns_with_a_phrase(window):
    """One click puts a phrase into the message; the author is told both."""
    window.locator(".review-phrases summary").click()
    window.locator("[data-review-phrase]").first.click()
    phrase = window.locator(".review-phrases li p").first.inner_text()
    expect(window.locator("#id_reason")).to_have_value(f"{TYPED}\n\n{phrase}")
    fits(window)
    window.locator(".review-decide__send").click()
    window.wait_for_url("**/editorial/queue/")
    expect(window.locator(".messages .success")).to_contain_text(TITLE)
    expect(window.locator("table.queue, #listing-results")).not_to_contain_text(TITLE)


def mends_and_submits_again(window, page_id):
    """The author changes one field and submits again."""
    window.goto("/admin/")
    expect(window.locator("main")).to_contain_text(TYPED)
    window.goto(f"/admin/pages/{page_id}/edit/")
    window.wait_for_selector("#id_title")
    window.wait_for_load_state("networkidle")
    expect(window.locator("#id_place")).to_be_visible()
    window.locator("#id_place").fill(ADDED)
    window.locator("#id_agreed").check()
    button = window.locator("footer button[name=action-submit]")
    if not button.is_visible():
        window.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    window.wait_for_load_state("load")
    expect(window.locator(".messages .success")).to_be_visible()


def sees_only_what_changed(window):
    """One field, the reason that was given, and the whole text a click away."""
    open_review(window)
    expect(window.locator(".review-change__name")).to_have_text(["Toteutuspaikka"])
    expect(window.locator(".review-change")).to_contain_text(ADDED)
    expect(window.locator("#review-read .review-reason")).to_contain_text(TYPED)
    expect(window.locator(".review-frame")).not_to_be_visible()
    fits(window)
    window.locator(".review-whole summary").click()
    frame = window.frame_locator(".review-frame")
    expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE)


def approves_on_a_phone_by_keyboard(window):
    """Every required question and the decision, without a pointer."""
    open_review(window)
    for question in window.locator(".review-checklist li").all():
        question.locator("input[value=yes]").focus()
        window.keyboard.press("Space")
    window.locator("#review-approve").focus()
    window.keyboard.press("Space")
    button = window.locator(".review-decide__send")
    for _tab in range(12):
        window.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    window.keyboard.press("Enter")
    window.wait_for_url("**/editorial/queue/")
    expect(window.locator(".messages .success")).to_contain_text(TITLE)
