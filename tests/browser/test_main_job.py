"""The portal's main job, whole: two real pages from import to a reader's phone.

Acts through commands and the browser only.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible

FIRST = "Kehittämisohjelmien välinen yhteistyörakenne kansallisissa ohjelmissa"
SECOND = (
    "Yhteistyöryhmä järjestöyhteistyön kehittämiseksi "
    "maakunta- ja sote-uudistuksen valmisteluvaiheessa"
)
REASON = "Kerro vielä, kuka kutsuu kokoukset koolle."
ADDED = "Kokoukset kutsuu koolle hyvinvointialueen järjestökoordinaattori."
MORE = "Muut osiot ja liitteet"


@pytest.fixture(scope="module")
def drafts(portal, seeds):
    """Both seeds, imported as the author's drafts; page ids by title."""
    said = portal.manage(
        "import_models", *map(str, seeds), "--owner", "author@example.org", "--json"
    )
    report = json.loads(said)
    assert [row["unplaced"] for row in report] == [[], []]
    return {row["title"]: row["page_id"] for row in report}


def test_from_import_to_a_readers_phone(portal, drafts, open_as, tmp_path):
    assert set(drafts) == {FIRST, SECOND}
    author, editor = open_as("author"), open_as("editor")
    attachment = tmp_path / "kokouskutsu.txt"
    attachment.write_text("Tervetuloa yhteistyöryhmän kokoukseen.\n", encoding="utf-8")

    see_what_is_missing(author, drafts[SECOND])
    complete(author, drafts[SECOND], attachment)
    for title in (FIRST, SECOND):
        submit(author, drafts[title])
    assert_told(portal, "editor@example.org", SECOND)

    compare(editor, drafts[SECOND])
    decide(editor, drafts[SECOND], "reject", REASON)
    assert_told(portal, "author@example.org", REASON)
    decide(editor, drafts[FIRST], "approve")
    see_the_reason(author, drafts[SECOND])
    mend(author, drafts[SECOND])
    submit(author, drafts[SECOND])
    decide(editor, drafts[SECOND], "approve")
    assert_told(portal, "author@example.org", SECOND)

    reader = open_as(width=360)
    find(reader, "järjestöjen yhteistyön rakenteita", FIRST)
    find(reader, "hyvinvointialue", FIRST)
    find(reader, "kehittäjäryhmä", SECOND)
    read(reader, SECOND, attachment)
    assert "Traceback" not in portal.log()


def test_what_an_author_types_is_kept_and_the_co_author_sees_it(portal, open_as):
    """A new model is saved by itself, its address included; a co-author is added beside it."""
    author, co_author = open_as("author"), open_as("coauthor")
    author.get_by_role("link", name="Aloita uusi toimintamalli").click()
    author.wait_for_selector("#id_title")
    author.wait_for_load_state("networkidle")
    for field, words in (
        ("#id_title", "Etäkäynnit kotihoidossa"),
        ("#id_place", "Lahti"),
    ):
        # At a person's pace: the form looks for changes now and then, not at each key.
        author.locator(field).press_sequentially(words, delay=30)
    expect(author).to_have_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=30_000)
    with author.context.expect_page() as opened:
        author.locator("[data-coauthors-link]").click()
    people = opened.value
    people.locator("#people-who").fill("coauthor@example.org")
    people.keyboard.press("Enter")
    expect(people.locator(".people-name")).to_contain_text("coauthor@example.org")
    co_author.goto("/admin/")
    co_author.get_by_role("link", name="Etäkäynnit kotihoidossa").first.click()
    expect(co_author.locator("#id_place")).to_have_value("Lahti")
    expect(co_author.locator("#id_slug")).to_have_value("etakaynnit-kotihoidossa")


def edit(window, page_id):
    """Open a page in the editor, ready for typing."""
    window.goto(f"/admin/pages/{page_id}/edit/")
    window.wait_for_selector("#id_title")
    window.wait_for_load_state("networkidle")


def see_what_is_missing(window, page_id):
    """The dashboard names the draft; its form says what it lacks and leads there."""
    expect(window.get_by_role("link", name=SECOND).first).to_be_visible()
    edit(window, page_id)
    lacking = window.locator("[data-completeness]")
    expect(lacking).to_contain_text("alue")
    expect(lacking).to_contain_text("vaihe")
    lacking.get_by_role("link", name=re.compile("vaihe")).click()
    expect(window.locator("#id_phase")).to_be_in_viewport()
    press(window, "action-submit")
    expect(window.locator(".w-field__errors").filter(has_text="vaihe")).to_be_visible()


def complete(window, page_id, attachment):
    """Fill what is missing, and upload an attachment in the form."""
    edit(window, page_id)
    regions = window.locator("#id_regions")
    regions.get_by_role("searchbox").fill("länsi-uuden")
    regions.get_by_label("Länsi-Uudenmaan hyvinvointialue", exact=True).check()
    window.select_option("#id_phase", "established")
    window.click("#id_authors-ADD")
    window.fill("#id_authors-0-name", "Uudenmaan järjestöverkosto")
    window.get_by_role("tab", name=MORE).click()
    stream = window.locator("[data-contentpath=attachments]")
    stream.locator(".c-sf-add-button").first.click()
    window.get_by_role("option", name="Liite", exact=True).click()
    stream.locator("[data-chooser-action-choose]").first.click()
    upload = window.locator(".modal-dialog")
    upload.get_by_role("tab").nth(1).click()
    upload.locator("input[type=file]").set_input_files(attachment)
    upload.locator("input[name$=title]").fill("Kokouskutsun malli")
    upload.locator("[role=tabpanel]:not([hidden]) [type=submit]").click()
    expect(stream).to_contain_text("Kokouskutsun malli")
    save(window)
    expect(window.locator("[data-completeness] [data-go-to-field]")).to_have_count(0)


def mend(window, page_id):
    """Answer the editor: a paragraph more in the basic idea."""
    edit(window, page_id)
    window.get_by_role("tab", name="Kuvittele ja kokeile").click()
    text = window.locator("[data-contentpath=basic_idea] [contenteditable=true]").last
    text.click()
    window.keyboard.press("Control+End")
    window.keyboard.press("Enter")
    window.keyboard.type(ADDED)
    # The editor hands its text to the form a moment after the last key.
    window.wait_for_function(
        "words => [...document.querySelectorAll('input[name^=basic_idea]')]"
        ".some(input => input.value.includes(words))",
        arg=ADDED,
    )
    save(window)


def press(window, name):
    """Press a button of the form's menu of actions."""
    button = window.locator(f"footer button[name={name}]")
    if not button.is_visible():
        window.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    window.wait_for_load_state("load")


def save(window):
    """Save the draft and see that it is saved."""
    window.locator("footer button.action-save").click()
    window.wait_for_load_state("load")
    expect(window.locator(".messages .success")).to_be_visible()


def submit(window, page_id):
    """Submit for review, on the portal's terms."""
    edit(window, page_id)
    window.locator("#id_agreed").check()
    press(window, "action-submit")
    expect(window.locator(".messages .success")).to_be_visible()


def compare(window, page_id):
    """Read what changed between the import and the last version."""
    window.goto(f"/admin/pages/{page_id}/revisions/compare/earliest...latest/")
    expect(window.locator("main")).to_contain_text("Länsi-Uudenmaan hyvinvointialue")


def decide(window, page_id, action, reason=""):
    """Approve, or return with a reason, from the editor's dashboard."""
    window.goto("/admin/")
    edit(window, page_id)
    window.locator("footer [data-w-dropdown-target=toggle]").click()
    buttons = window.locator(f"footer [data-workflow-action-name={action}]")
    buttons.first.click()
    if reason:
        dialog = window.locator(".modal-dialog")
        dialog.locator("textarea").fill(reason)
        dialog.locator("[type=submit]").click()
    window.wait_for_load_state("load")
    expect(window.locator(".messages .success")).to_be_visible()


def see_the_reason(window, page_id):
    """What the editor said, on the author's dashboard."""
    window.goto("/admin/")
    expect(window.locator("main")).to_contain_text(REASON)


def assert_told(portal, address, words):
    """Somebody at this address got a mail with these words."""
    told = portal.wait_for_mail(lambda mail: mail["To"] == address and words in said_in(mail))
    assert told, [said_in(mail) for mail in portal.mails() if mail["To"] == address]


def said_in(mail):
    """The subject and the plain text of a mail, as one line."""
    return " ".join(f"{mail['Subject']} {mail.get_body(('plain',)).get_content()}".split())


def find(window, query, title):
    """Search from the home page and see the model among the first results."""
    window.goto("/fi/")
    window.locator("main").get_by_role("combobox").fill(query)
    window.keyboard.press("Enter")
    window.wait_for_url("**/haku/**")
    expect(window.locator("main ol").get_by_role("link", name=title).first).to_be_visible()
    assert_accessible(window)


def read(window, title, attachment):
    """Read the summary and the path, and download the attachment."""
    window.locator("main ol").get_by_role("link", name=title).first.click()
    expect(window.get_by_role("heading", level=1)).to_have_text(title)
    expect(window.locator("main")).to_contain_text(ADDED)
    assert_accessible(window)
    width = window.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, "the page scrolls sideways"
    window.get_by_role("link", name="Kehittämisen polku").first.click()
    window.wait_for_url("**/kehittamisen-polku/")
    expect(window.locator("main")).to_contain_text("Lähtötilanne ja strategiset liittymäkohdat")
    assert_accessible(window)
    with window.expect_download() as download:
        window.locator("main").get_by_role("link", name="Kokouskutsun malli").first.click()
    assert download.value.path().read_bytes() == attachment.read_bytes()
