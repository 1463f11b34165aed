"""axe on the page as it stands, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe

_axe = Axe()
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page):
    """Fail with axe's own report where it finds anything, in either colour scheme."""
    for scheme in ("light", "dark"):
        # Without motion: a colour on its way from light to dark has no contrast to speak of.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = _axe.run(page, options={"runOnly": _STANDARDS})
        assert found.violations_count == 0, f"{page.url} ({scheme}):\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")
