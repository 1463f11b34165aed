"""Our catalogues of what Wagtail leaves untranslated hold that and nothing else.

An upgrade of Wagtail may translate a text or drop it: then its entry goes from our catalogue.
An entry that replaces a translation of Wagtail's says in a comment what is wrong with that.
"""

from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings

from tools.messages import LOCALES, PLACEHOLDER, ROOT

FOLDER = ROOT / "site" / "portal" / "locale_wagtail"
CATALOGUES = [(language, domain) for language in ("fi", "sv") for domain in ("django", "djangojs")]


def read(language, domain):
    return polib.pofile(str(FOLDER / language / "LC_MESSAGES" / f"{domain}.po"))


def texts(catalogue):
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or ""): entry.msgstr_plural or entry.msgstr
        for entry in catalogue
    }


def others(language, domain, suffix):
    """Yield what the catalogues of Django and of the apps we install hold."""
    folders = [Path(django.__file__).parent / "conf", *(a.path for a in apps.get_app_configs())]
    for folder in folders:
        path = Path(folder, "locale", language, "LC_MESSAGES", f"{domain}.{suffix}")
        if path.exists() and FOLDER.parent not in path.parents:
            yield polib.pofile(str(path)) if suffix == "po" else polib.mofile(str(path))


def test_our_own_catalogue_goes_first():
    assert [Path(path) for path in settings.LOCALE_PATHS] == [LOCALES, FOLDER]


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
class TestCatalogue:
    def test_is_compiled(self, language, domain):
        compiled = FOLDER / language / "LC_MESSAGES" / f"{domain}.mo"
        assert texts(polib.mofile(str(compiled))) == texts(read(language, domain))

    def test_is_translated(self, language, domain):
        catalogue = read(language, domain)
        assert len(catalogue) > 0
        # Neither empty, nor fuzzy, nor obsolete.
        assert [entry.msgid for entry in catalogue if not entry.translated()] == []

    def test_keeps_the_placeholders(self, language, domain):
        wrong = [entry.msgid for entry in read(language, domain) if not keeps_placeholders(entry)]
        assert wrong == []

    def test_repeats_nothing_that_is_translated(self, language, domain):
        translated = {
            (entry.msgctxt, entry.msgid)
            for catalogue in others(language, domain, "mo")
            for entry in catalogue
            if entry.msgstr or any(entry.msgstr_plural.values())
        }
        catalogue = read(language, domain)
        entries = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.tcomment}
        replacing = {(entry.msgctxt, entry.msgid) for entry in catalogue if entry.tcomment}
        assert entries & translated == set()
        assert replacing - translated == set()

    def test_holds_no_text_that_is_gone(self, language, domain):
        source = {text for catalogue in others("en", domain, "po") for text in texts(catalogue)}
        assert set(texts(read(language, domain))) - source == set()


def keeps_placeholders(entry):
    def placeholders(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    if not entry.msgid_plural:
        return placeholders(entry.msgstr) == placeholders(entry.msgid)
    # A form may say "one" in place of the number, but names nothing that is not given.
    given = {*placeholders(entry.msgid), *placeholders(entry.msgid_plural)}
    singular, plural = (placeholders(entry.msgstr_plural[form]) for form in (0, 1))
    return set(singular) <= given and plural == placeholders(entry.msgid_plural)
