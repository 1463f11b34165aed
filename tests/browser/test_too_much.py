"""A form that is larger than the server reads is not sent: what was written stays in it."""

from playwright.sync_api import expect


def test_what_was_written_stays_until_there_is_less(open_as):
    window = open_as("author")
    window.goto("/admin/")
    window.get_by_role("link", name="Aloita uusi toimintamalli").click()
    window.wait_for_load_state("networkidle")
    notices, notice = window.locator("#kept-writing-notices"), "[data-notice=too_much]"
    whole = notices.get_attribute("data-limit")
    assert int(whole) > 1_000_000
    notices.evaluate("(holder) => { holder.dataset.limit = 1000; }")
    window.fill("#id_title", "Liian pitkä malli")

    save = window.locator("footer .action-save")
    save.click()

    expect(window.locator(notice)).to_be_visible()
    expect(window.locator(notice)).to_be_focused()
    expect(window.locator("#id_title")).to_have_value("Liian pitkä malli")

    notices.evaluate("(holder, whole) => { holder.dataset.limit = whole; }", whole)
    window.locator("[data-edit-form]").evaluate("(form) => form.requestSubmit()")
    expect(window.locator(".messages .success")).to_contain_text("Liian pitkä malli")
