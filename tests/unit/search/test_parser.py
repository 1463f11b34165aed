"""What a person typed is always a query."""

import random

import pytest

from search.parser import MAX_LENGTH, Clause, parse
from search.queries import build_query


def test_words_phrases_and_exclusions():
    parsed = parse('järjestöjen "yhteistyön rakenteita" -sote -"kaksi sanaa" STEA-rahoitus')
    assert parsed.words == "järjestöjen STEA-rahoitus"
    assert parsed.phrases == ("yhteistyön rakenteita",)
    assert parsed.exclusions == (
        Clause("sote", excluded=True),
        Clause("kaksi sanaa", phrase=True, excluded=True),
    )


@pytest.mark.parametrize("quoted", ["”moi vaan”", "„moi vaan“", "«moi vaan»", "“moi vaan”"])
def test_quotes_of_any_kind(quoted):
    assert parse(quoted).phrases == ("moi vaan",)


def test_a_quote_left_open_is_no_phrase():
    parsed = parse('malli "avoin lainaus')
    assert parsed.phrases == ()
    assert parsed.words == "malli avoin lainaus"


@pytest.mark.parametrize("text", ["", "   ", '""', '" "', '"', "\x00\x01"])
def test_nothing_asked(text):
    assert build_query(text, "fi") is None


def test_is_cut_to_length():
    assert len(parse("a" * 10_000).text) == MAX_LENGTH
    assert len(parse("sana " * 3_000).text) <= MAX_LENGTH


def test_control_characters_and_surrogates_are_left_out():
    assert parse("hy\x00vä\ud800 malli\u2028\t\r\n uusi").text == "hy vä malli uusi"


ODD = [
    "title:(a AND b) OR NOT c^2~",
    "'; DROP TABLE page; --",
    "<script>alert(1)</script>",
    "(((((",
    "-",
    "--",
    '-"',
    '-""',
    "- a",
    "*?",
    "🙂 👨‍👩‍👧",
    "مرحبا -عالم",
    "\\",
    "%s %d {0}",
    "ja",
    "-ja",
]


@pytest.mark.parametrize("language", ["fi", "sv", "en", "xx", ""])
@pytest.mark.parametrize("text", ODD)
def test_anything_typed_is_valid(text, language):
    build_query(text, language)


def test_random_typing_is_valid():
    source = random.Random(11)
    letters = "aäöÅ -\"”:'()*~^+&|!{}[]\\/<>0\x00\ud83d🙂中\u0301"
    for _ in range(500):
        text = "".join(source.choice(letters) for _ in range(source.randint(0, 60)))
        build_query(text, source.choice(["fi", "sv", "en"]))
