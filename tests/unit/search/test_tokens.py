"""Words and their places, and that no text whatever is an error."""

import random
import unicodedata

import pytest

from search.analysis import analyse, fingerprint
from search.analysis.base import MAX_WORD

ODD = [
    "",
    " ",
    "-",
    "---",
    "''",
    ":",
    "a:b:c",
    "-a-",
    "\x00",
    "\ud800",
    "🙂🙃",
    "مرحبا بالعالم",
    "漢字かな",
    "ﬁ İstanbul ǅ ẞ",
    "\u00ad\u00ad",
    "a\u0308",
    "\u0308",
    "1.2.3.4.5",
    "a" * 10_000,
    "ä-" * 3_000,
    "SELECT * FROM x; DROP TABLE y --",
    "title:(foo AND bar)~2^4",
    "^noun+pl@_EPSILON_SYMBOL_@",
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_no_text_is_an_error(text, language):
    check(text, analyse(text, language))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_random_text_is_an_error(language):
    source = random.Random(7)
    letters = "aäöåyks-:'.,; \n\u00ad\u2013\u2019\u0301ΩЖ中🙂9_\"@"
    for _ in range(150):
        text = "".join(source.choice(letters) for _ in range(source.randint(1, 40)))
        check(text, analyse(text, language))


def check(text, tokens):
    end = 0
    for token in tokens:
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.surface
        assert token.form
        assert token.form == token.form.lower()
        assert unicodedata.is_normalized("NFC", token.form)
        assert len(token.form) <= MAX_WORD * 2
        assert token.lemmas
        assert all(term and not term.isspace() for term in (*token.lemmas, *token.parts))
        assert not any(" " in term for term in (token.form, *token.lemmas, *token.parts))
        end = token.end


def test_places_are_those_of_the_text_as_it_came():
    text = "Ihan\u00ad yhteis\u00adtyö\u2014kuten  THL:n \u201cmalli\u201d."
    assert [token.surface for token in analyse(text, "fi")] == [
        "Ihan\u00ad",
        "yhteis\u00adtyö",
        "kuten",
        "THL:n",
        "malli",
    ]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2020\u20132023", ["2020", "2023"]),
        ("11.9.2025 klo 12:30", ["11.9.2025", "klo", "12:30"]),
        ("Helsinki\u2013Tampere", ["helsinki-tampere"]),
        ("hyvä.Seuraava", ["hyvä", "seuraava"]),
        ("ja/tai", ["ja", "tai"]),
        ("snake_case", ["snake", "case"]),
        ("esim. etc.", ["esim", "etc"]),
    ],
)
def test_where_words_end(text, forms):
    assert [token.form for token in analyse(text, "fi")] == forms


def test_the_fingerprint_is_the_same_each_time():
    assert fingerprint() == fingerprint()
    assert [len(part) for part in fingerprint().split("-")] == [16, 8]
