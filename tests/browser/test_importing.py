"""Importing a Word document as a project worker does: by mouse, by keyboard, on a phone."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests import documents_made as made
from tests.browser.accessibility import assert_accessible

LONG = (
    "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi. "
    "Sen jälkeen kokoonnuttiin joka kuukausi, ja mukaan kutsuttiin myös seurakunta."
)


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    """A document of some pages, with a table, a list, a picture and text without a place."""
    out = io.BytesIO()
    Image.new("RGB", (640, 360), "#1d5c63").save(out, "PNG")
    data = made.docx(
        made.paragraph("Perhetuki lähellä", "Otsikko"),
        made.paragraph("Malli, jossa kunta ja järjestöt tukevat perheitä yhdessä."),
        made.table([["Päivä", "Kokous"], ["3.4.2021", "Aloitus"]]),
        made.paragraph("1. Toimintaympäristö", "Otsikko1"),
        *(made.paragraph(f"{LONG} ({number}.)") for number in range(20)),
        made.paragraph("neuvola", listed=True),
        made.paragraph("päiväkoti", listed=True),
        made.drawing("rId20"),
        made.paragraph("Kohderyhmä", "Otsikko1"),
        made.paragraph("Soita Maijalle 040 123 4567."),
        made.paragraph("Hankkeen hallinto", "Otsikko1"),
        made.paragraph(LONG),
        pictures=[out.getvalue()],
    )
    path = tmp_path_factory.mktemp("word") / "03_perhetuki.docx"
    path.write_bytes(data)
    return path


def read(window, word):
    """Choose the file and go to its preview."""
    window.goto("/admin/editorial/import/")
    window.set_input_files("[name=file]", word)
    window.locator("[data-import-start] button[type=submit]").click()
    window.wait_for_url("**/editorial/import/*/")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_both_screens_are_accessible_and_fit(open_as, word, width):
    window = open_as("author", width=width)
    window.goto("/admin/editorial/import/")
    assert_accessible(window)
    read(window, word)
    assert_accessible(window)
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.locator(".piece__image").scroll_into_view_if_needed()
    expect(window.locator(".piece__image")).to_have_js_property("naturalWidth", 640)
    window.locator("button[value=save]").last.click()


def test_with_the_keyboard_alone_from_preview_to_draft(open_as, word):
    window = open_as("author")
    read(window, word)
    # Mark one piece, and move it by the bar.
    window.locator("#place-unplaced .piece__mark").first.focus()
    window.keyboard.press("Space")
    expect(window.locator("[data-marked-count]")).to_have_text("(1)")
    window.locator("#move-to").focus()
    window.locator("#move-to").select_option("measuring")
    window.keyboard.press("Tab")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    expect(window.locator("#place-measuring")).to_contain_text("Aloitus")
    expect(window.locator("#place-unplaced")).to_have_count(0)
    # Another by its own list; what was chosen is kept through a reload.
    window.locator("#place-target_group .piece__place").last.select_option("tips")
    window.fill("#id_place", "Lahti")
    window.locator("#id_place").focus()
    window.keyboard.press("Tab")
    window.locator("button[value=save]").last.focus()
    with window.expect_navigation():
        window.keyboard.press("Enter")
    window.reload()
    expect(window.locator("#place-tips")).to_contain_text("040 123 4567")
    expect(window.locator("#id_place")).to_have_value("Lahti")
    window.locator("button[value=make]").focus()
    window.keyboard.press("Enter")
    window.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(window.locator("#id_title")).to_have_value("Perhetuki lähellä")
    expect(window.locator("[data-content-checks]")).to_contain_text("040 123 4567")


def test_a_whole_section_is_marked_and_moved_at_once(open_as, word):
    window = open_as("author")
    read(window, word)
    place = window.locator("#place-environment")
    number = place.locator(".piece").count()
    place.locator("[data-mark-all]").click()
    expect(window.locator("[data-marked-count]")).to_have_text(f"({number})")
    window.locator("#move-to").select_option("trial")
    window.locator("button[value=move]").click()
    expect(window.locator("#place-trial .piece")).to_have_count(number)


def test_it_works_without_scripts(open_as, word):
    window = open_as("author", java_script_enabled=False)
    read(window, word)
    window.locator("#place-unplaced .piece__mark").first.check()
    window.locator("#move-to").select_option("measuring")
    window.locator("button[value=move]").click()
    expect(window.locator("#place-measuring")).to_contain_text("Aloitus")
    window.locator("button[value=make]").click()
    window.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def test_what_is_pasted_keeps_its_form(open_as):
    window = open_as("author")
    window.goto("/admin/editorial/import/")
    window.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", "<h2>Toimintaympäristö</h2><ul><li>yksi</li></ul>");
          data.setData("text/plain", "Toimintaympäristö yksi");
          const text = document.querySelector("[name=text]");
          text.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
          text.value = "Toimintaympäristö yksi";
        }"""
    )
    expect(window.locator("[data-rich-note]")).to_be_visible()
    window.locator("[data-import-start] button[type=submit]").click()
    window.wait_for_url("**/editorial/import/*/")
    expect(window.locator("#place-environment li.piece ul li")).to_have_text("yksi")
