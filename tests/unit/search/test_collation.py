"""Finnish alphabetical order."""

from search.collation import sort_key


def test_finnish_order():
    expected = [
        "2 mallia",
        "10 mallia",
        "Aalto",
        "aamu",
        "Čech",
        "Malli 2",
        "malli 10",
        "Mallisto",
        "Über-malli",
        "Yhteinen",
        "Ylä",
        "Zeta",
        "Åland",
        "Äiti",
        "Öljy",
    ]
    assert sorted(expected, key=sort_key) == expected


def test_capitals_and_punctuation_do_not_matter():
    assert sort_key("»MALLI« (uusi)") == sort_key("malli uusi")


def test_a_decomposed_letter_is_the_same_letter():
    assert sort_key("A\u0308iti") == sort_key("Äiti")


def test_anything_has_a_key():
    for text in ("", "🙂", "\ud800", "漢字", "\x00"):
        assert isinstance(sort_key(text), str)
