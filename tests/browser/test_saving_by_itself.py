"""A page's form saves by itself whatever was typed, also where Wagtail does not see it change."""

import re

import pytest

EDIT = re.compile(r"/admin/pages/\d+/edit/")

# As somebody on a slow machine does: they write when they see the field, before any script ran.
WRITES_AT_ONCE = """
new MutationObserver((_changes, observer) => {
  const field = document.getElementById("id_place");
  if (!field) return;
  observer.disconnect();
  field.value = "Heti";
}).observe(document, { childList: true, subtree: true });
"""

# On a slow machine Wagtail takes its first look twice, as here; and what is typed after the first.
LOOKS_TWICE = """
document.addEventListener("w-unsaved:ready", ({ target }) => setTimeout(
  () => target.setAttribute("data-w-unsaved-check-interval-value", "1500"), 900
));
document.addEventListener("w-unsaved:watch-edits", () => {
  document.body.dataset.looked = Number(document.body.dataset.looked ?? 0) + 1;
});
"""

# Between the answer to a save and Wagtail's taking the form as it is then for what was saved.
WRITES_MEANWHILE = """
document.querySelector("form[data-edit-form]").addEventListener(
  "w-autosave:success",
  () => { document.getElementById("id_place").value = "Sitten"; },
  { capture: true, once: true },
);
"""


@pytest.fixture
def draft(open_as):
    """Return an author's window with a draft that has saved itself: its name was typed once."""
    window = open_as("author")
    window.get_by_role("link", name="Aloita uusi toimintamalli").click(no_wait_after=True)
    window.locator("#id_title").fill("Tallentuu itsestään")
    window.wait_for_url(EDIT, timeout=60_000)
    return window


def assert_stored(open_as, address, field, value):
    """Look in another window until it is there."""
    other = open_as("author")
    found = None
    for _try in range(10):
        other.goto(address, wait_until="domcontentloaded")
        found = other.locator(field).input_value() if other.locator(field).count() else None
        if found == value:
            return
        other.wait_for_timeout(2_000)
    raise AssertionError(f"{field} is {found!r}, not {value!r}")


def test_what_is_typed_before_any_script_runs(draft, open_as):
    draft.add_init_script(WRITES_AT_ONCE)
    draft.goto(draft.url)

    assert_stored(open_as, draft.url, "#id_place", "Heti")


def test_what_is_typed_before_wagtails_first_look(draft, open_as):
    draft.goto(draft.url, wait_until="domcontentloaded")
    draft.locator("#id_authors-ADD").click()
    draft.locator("#id_authors-0-name").fill("Maija Mallikas")

    assert_stored(open_as, draft.url, "#id_authors-0-name", "Maija Mallikas")


def test_what_is_typed_between_two_first_looks(draft, open_as):
    draft.add_init_script(LOOKS_TWICE)
    draft.goto(draft.url, wait_until="domcontentloaded")
    draft.locator("#id_place").focus()
    draft.wait_for_function("Number(document.body.dataset.looked) > 0")
    draft.keyboard.insert_text("Väliin")
    draft.wait_for_function("Number(document.body.dataset.looked) > 1")

    assert_stored(open_as, draft.url, "#id_place", "Väliin")


def test_what_is_typed_while_a_save_is_under_way(draft, open_as):
    draft.wait_for_load_state("networkidle")
    draft.evaluate(WRITES_MEANWHILE)
    draft.locator("#id_place").fill("Ensin")

    assert_stored(open_as, draft.url, "#id_place", "Sitten")


def test_what_a_failing_server_did_not_save(draft, open_as):
    draft.wait_for_load_state("networkidle")
    failures = []

    def fail_at_first(route):
        if route.request.method == "POST" and len(failures) < 2:
            failures.append(route.request.url)
            route.fulfill(status=500, content_type="text/html", body="<h1>500</h1>")
        else:
            route.continue_()

    draft.route(EDIT, fail_at_first)
    draft.locator("#id_place").fill("Sitkeästi")

    assert_stored(open_as, draft.url, "#id_place", "Sitkeästi")
    assert len(failures) == 2


def test_what_is_typed_in_a_form_that_came_back_with_errors(draft, open_as):
    draft.wait_for_load_state("networkidle")
    draft.locator("footer .w-dropdown__toggle").click()
    draft.locator("[name=action-submit]").click()
    draft.locator(".messages li").first.wait_for()
    draft.locator("#id_place").fill("Ensin")
    draft.locator("[data-w-autosave-state-value=saved]").first.wait_for(
        state="attached", timeout=30_000
    )
    draft.locator("#id_place").fill("Sitten")

    assert_stored(open_as, draft.url, "#id_place", "Sitten")
