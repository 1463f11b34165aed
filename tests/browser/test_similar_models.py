"""An author who begins a draft is told, while typing, of published models like it."""

from __future__ import annotations

import re
from contextlib import suppress

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

# How often the line that a screen reader reads out has changed.
COUNT = """() => {
  window.told = [];
  const line = document.querySelector("[data-similar-models-say]");
  new MutationObserver(() => window.told.push(line.textContent.trim()))
    .observe(line, { childList: true, characterData: true, subtree: true });
}"""


EDITS = re.compile(r"/admin/pages/\d+/edit/")


def write(author, title):
    """Type until the form has saved itself: it notices only what is typed once it is ready."""
    author.locator("#id_title").press_sequentially(title, delay=30)
    for _try in range(20):
        author.locator("#id_place").press_sequentially("Lahti ", delay=30)
        with suppress(AssertionError):
            expect(author).to_have_url(EDITS, timeout=5_000)
            return
    raise AssertionError("The form never saved itself.")


def test_models_like_the_draft_appear_as_it_is_written(open_as):
    author = open_as("author")
    author.get_by_role("link", name="Aloita uusi toimintamalli").click()
    author.wait_for_selector("#id_title")
    author.wait_for_load_state("networkidle")
    panel = author.locator("[data-similar-models]")
    expect(panel.get_by_role("status")).not_to_be_empty()
    expect(panel.get_by_role("link")).to_have_count(0)
    author.evaluate(COUNT)

    write(author, "Omaishoitajan toinen vuosi")
    like = panel.get_by_role("link", name=re.compile("Omaishoitajan ensimmäinen vuosi")).first
    expect(like).to_be_visible(timeout=30_000)
    assert "omaishoitajan-ensimmainen-vuosi" in like.get_attribute("href")
    assert like.get_attribute("target") == "_blank"
    # Told once, however often the draft was saved meanwhile.
    assert len(author.evaluate("window.told")) == 1

    panel.get_by_role("button").click()
    author.wait_for_load_state("networkidle")
    assert len(author.evaluate("window.told")) == 1
    found = Axe().run(author, context="[data-similar-models]")
    assert found.violations_count == 0, found.generate_report()

    with author.context.expect_page() as opened:
        like.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(
        "Omaishoitajan ensimmäinen vuosi"
    )


def test_search_that_fails_leaves_the_author_in_peace(open_as):
    author = open_as("author")
    author.route("**/editorial/similar/**", lambda route: route.abort())
    author.get_by_role("link", name="Aloita uusi toimintamalli").click()
    author.wait_for_selector("#id_title")
    author.wait_for_load_state("networkidle")
    said = author.locator("[data-similar-models]").get_by_role("status")
    before = said.inner_text()

    write(author, "Omaishoitajan kolmas vuosi")
    expect(said).not_to_have_text(before)
    expect(author.locator("#id_title")).to_have_value("Omaishoitajan kolmas vuosi")
