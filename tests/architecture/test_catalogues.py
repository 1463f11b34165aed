"""The catalogues hold every text of the interface, translated. `make messages` gathers them."""

import polib
import pytest

from tools.messages import (
    LANGUAGES,
    PLACEHOLDER,
    Message,
    catalogue_path,
    found_messages,
    message_of,
    messages_of_python,
    messages_of_template,
    read,
)

FIX = "run `make messages`, and translate what is new"


@pytest.fixture(scope="module")
def found():
    return set(found_messages())


@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalogue:
    def test_holds_every_text_and_no_other(self, language, found):
        entries = {message_of(entry) for entry in read(language) if not entry.obsolete}
        refuse("missing", [message.message for message in found - entries])
        refuse("out of use", [message.message for message in entries - found])

    def test_is_translated(self, language):
        catalogue = read(language)
        refuse("untranslated", [entry.msgid for entry in catalogue.untranslated_entries()])
        refuse("fuzzy", [entry.msgid for entry in catalogue.fuzzy_entries()])

    def test_keeps_the_placeholders(self, language):
        wrong = [entry.msgid for entry in read(language) if not keeps_placeholders(entry)]
        assert wrong == []

    def test_is_compiled(self, language):
        path = catalogue_path(language).with_suffix(".mo")
        assert path.exists(), FIX
        compiled, source = translations(polib.mofile(str(path))), translations(read(language))
        refuse("not compiled", [text.message for text in source if text not in compiled])
        assert compiled == source, FIX


def refuse(what, texts):
    """Fail in one line: there may be hundreds."""
    if texts:
        pytest.fail(f"{len(texts)} texts are {what}, such as {sorted(texts)[:3]}: {FIX}")


def translations(catalogue):
    return {
        message_of(entry): entry.msgstr_plural or entry.msgstr
        for entry in catalogue
        if entry.msgstr or any(entry.msgstr_plural.values())
    }


def keeps_placeholders(entry):
    def placeholders(text):
        return set(PLACEHOLDER.findall(text))

    if not entry.msgid_plural:
        return not entry.msgstr or placeholders(entry.msgstr) == placeholders(entry.msgid)
    # The singular may say "one" in place of the number.
    allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    return all(placeholders(text) <= allowed for text in entry.msgstr_plural.values())


def test_texts_are_found_in_python():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext
from django.utils import translation
_("One " "text"); ngettext("%(n)s page", "%(n)s pages", n); translation.pgettext("verb", "Open")
_(f"not {this}"); other("nor this")
"""
    assert set(messages_of_python(source)) == {
        Message("One text"),
        Message("%(n)s page", "%(n)s pages"),
        Message("Open", context="verb"),
    }


def test_texts_are_found_in_templates():
    source = """{% load i18n %}{% translate "It's here" %}{% translate "Open" context "verb" %}
{% blocktranslate trimmed count n=pages %}
  {{ n }} page
{% plural %}
  {{ n }} pages
{% endblocktranslate %}{% include "part.html" with label=_("Label") %}
{% comment %}{% translate "Not this" %}{% endcomment %}"""
    assert set(messages_of_template(source)) == {
        Message("It's here"),
        Message("Open", context="verb"),
        Message("%(n)s page", "%(n)s pages"),
        Message("Label"),
    }
