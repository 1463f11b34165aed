"""A running portal and a browser, shared by a file of browser tests."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.portal import RunningPortal

# Chromium looks for its maker's servers at every start; the tests reach loopback only.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A stopped portal with its demo content, to be copied."""
    made = RunningPortal(tmp_path_factory.mktemp("prepared"))
    made.stop(keep=True)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, prepared):
    """A portal with its demo content, for the tests of a file."""
    running = RunningPortal(tmp_path_factory.mktemp("portal"), copy_of=prepared)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser(chromium_path):
    """Headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def open_as(browser, portal):
    """Open a window: of an account, by the address's first part, or of the public (None)."""
    contexts = []

    def open_window(account=None, width=1280, **options):
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": 900},
            locale="fi-FI",
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        if account:
            page.goto("/admin/login/")
            page.fill("[name=username]", f"{account}@example.org")
            page.fill("[name=password]", portal.password)
            page.click("button[type=submit]")
            page.wait_for_url("**/admin/")
        return page

    yield open_window
    for context in contexts:
        context.close()
