"""Passages and the words in them that match."""

import pytest

from search.documents import Document, Section
from search.highlight import PASSAGE_LENGTH, show
from search.queries import Expansion
from search.wanted import Wanted, wanted


def looked_for(text, language="fi", expansions=()):
    return wanted(text, language, expansions)


def document(*sections, title="", language="fi"):
    return Document(id=1, language=language, title=title, url="/", sections=sections)


def section(kind, text, heading="", weight="other"):
    return Section(kind=kind, heading=heading, text=text, anchor=kind, weight=weight)


def marked(text, asked, language="fi"):
    """A text as it is marked where nothing else of its page matches."""
    return show(document(title=text, language=language), asked).title


def passage(text, asked):
    return show(document(section("needs", text)), asked).text


def best_section(page, asked):
    return show(page, asked).section


def matches(segments):
    return [segment.text for segment in segments if segment.is_match]


def whole(segments):
    return "".join(segment.text for segment in segments)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("hyvinvointialue", "Hyvinvointialueiden malli", ["Hyvinvointialueiden"]),
        ("alue", "Hyvinvointialueiden malli", ["Hyvinvointialueiden"]),
        ("yhteistyö", "järjestöyhteistyötä tehdään", ["järjestöyhteistyötä"]),
        ("työ", "töitä ja työpajoja", ["töitä", "työpajoja"]),
        ("lapsi", "Lasten ja lapsiperheiden", ["Lasten", "lapsiperheiden"]),
        ("THL", "THL:n ohje", ["THL:n"]),
        ('"järjestöjen yhteistyö"', "Järjestö teki yhteistyötä", ["Järjestö", "yhteistyötä"]),
        ("malli -sote", "sote ja malli", ["malli"]),
        ("olematon", "malli", []),
    ],
)
def test_matches_across_inflection_and_in_compounds(query, text, expected):
    assert matches(marked(text, looked_for(query))) == expected


def test_nothing_of_the_text_is_lost():
    text = "  Yksi <b>malli</b> &amp; toinen\u00ad malli. "
    assert whole(marked(text, looked_for("malli"))) == text


def test_a_words_parts_are_marked_only_where_nothing_better_is():
    asked = looked_for("hyvinvointialue")
    assert matches(marked("alue ja hyvinvointialue", asked)) == ["hyvinvointialue"]
    assert matches(marked("alue vain", asked)) == ["alue"]


def test_a_text_in_another_language_matches_by_its_names():
    asked = looked_for("äldre", "sv", [Expansion(0, 1, "ikääntyneet", "fi")])
    assert matches(marked("Ikääntyneiden palvelut", asked)) == ["Ikääntyneiden"]


def filler(words):
    return " ".join(["Kolme lausetta tässä on vain täytteeksi."] * words)


def test_the_passage_is_where_the_words_stand_together():
    text = (
        f"{filler(20)} Järjestöt mainitaan. {filler(20)} Järjestöjen yhteistyö alkoi. {filler(9)}"
    )
    segments = passage(text, looked_for("järjestöjen yhteistyötä"))
    assert matches(segments) == ["Järjestöjen", "yhteistyö"]
    assert whole(segments).startswith("… Järjestöjen yhteistyö alkoi.")
    assert whole(segments).endswith("…")


def test_the_passage_keeps_its_length_and_whole_words():
    text = filler(3) + " malli " + "sanoja " * 200
    shown = whole(passage(text, looked_for("malli")))
    assert len(shown) <= PASSAGE_LENGTH + 10
    assert shown.removesuffix(" …").rsplit(" ", 1)[-1] in {"malli", "sanoja"}


def test_without_a_match_the_passage_is_the_beginning():
    segments = passage("Alku tässä. " + filler(30), looked_for("olematon"))
    assert matches(segments) == []
    assert whole(segments).startswith("Alku tässä.")


@pytest.mark.parametrize("text", ["", " ", "malli", "\n\n", "malli" * 500, "a " * 5000])
def test_any_text_has_a_passage(text):
    whole(passage(text, looked_for("malli")))
    whole(passage(text, Wanted()))


def test_the_section_with_all_the_words_is_best():
    found = best_section(
        document(
            section("needs", "Järjestöjä on monta, järjestöt, järjestöjen, järjestölle."),
            section("trial", "Järjestöjen yhteistyötä kokeiltiin."),
        ),
        looked_for("järjestöjen yhteistyö"),
    )
    assert found.kind == "trial"


def test_a_heading_counts_for_its_section():
    found = best_section(
        document(section("a", "Kokeilusta."), section("b", "Muuta.", heading="Kokeilu")),
        looked_for("kokeilu"),
    )
    assert found.kind == "b"


def test_no_section_where_none_matches():
    assert best_section(document(section("a", "Muuta.")), looked_for("kokeilu")) is None
    assert best_section(document(section("a", "Muuta.")), Wanted()) is None


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        # A small part of the word that was asked for says nothing of it.
        ("maahanmuuttajat", "kotimaista ja maata", []),
        ("maahanmuuttajat", "Maahanmuuttajien kotimaa", ["Maahanmuuttajien"]),
        # Nor does a part that is little of the word that is met.
        ("hyvinvointialue", "vesialuesuunnittelulainsäädäntö", []),
        # Short words change early.
        ("työ", "Töitä riittää", ["Töitä"]),
        ("aika", "Ajan kanssa", ["Ajan"]),
        ("apu", "Avun tarve", ["Avun"]),
    ],
)
def test_only_what_says_something_is_marked(query, text, expected):
    assert matches(marked(text, looked_for(query))) == expected


def test_names_are_looked_for_in_texts_of_their_language_only():
    asked = looked_for("ikääntyneet", "fi", [Expansion(0, 1, "barn", "sv")])
    assert matches(marked("barn", asked, "sv")) == ["barn"]
    assert matches(marked("barn", asked)) == []


def test_a_name_of_several_words_is_marked_where_they_stand_together():
    asked = looked_for("siirtolainen", "fi", [Expansion(0, 1, "maahan muuttaneet", "fi")])
    text = "Kotimaista kieltä. Maahan äskettäin muuttaneiden ryhmä. Maa on kaunis."
    assert matches(marked(text, asked)) == ["Maahan", "muuttaneiden"]


def test_lines_do_not_run_on():
    text = "Vaihe\nMalli alkaa\nToinen vaihe.\nKolmas  vaihe"
    shown = whole(passage(text, looked_for("malli")))
    assert shown == "Vaihe · Malli alkaa · Toinen vaihe. Kolmas vaihe"


def test_a_hint_is_marked_only_where_the_page_has_nothing_better():
    found = show(
        Document(
            id=1,
            language="fi",
            title="Hyvinvointialueen malli",
            url="/",
            description="Kuvaus mallista.",
            sections=(section("a", "Alueen asukkaat."),),
        ),
        looked_for("hyvinvointialue"),
    )
    assert matches(found.title) == ["Hyvinvointialueen"]
    # The title alone answers: the description says more than a section with a hint.
    assert found.section is None
    assert whole(found.text) == "Kuvaus mallista."


def test_only_a_hint_is_better_than_nothing():
    found = show(
        document(section("a", "Muuta."), section("b", "Alueen asukkaat.")),
        looked_for("hyvinvointialue"),
    )
    assert found.section.kind == "b"
    assert matches(found.text) == ["Alueen"]


def test_a_documents_end_is_not_looked_through_for_ever():
    long = document(section("a", "sana " * 30_000), section("b", "Kokeilu."))
    assert show(long, looked_for("kokeilu")).section is None


def test_each_word_of_the_query_has_its_own_hints():
    text = (
        f"Hyvinvointialueen malli, hyvinvointialue ja hyvinvointialueet. {filler(20)} "
        f"Järjestöt ja hyvinvointialueet tekevät työtä. {filler(9)}"
    )
    asked = looked_for("hyvinvointialueiden järjestöyhteistyötä")
    found = show(document(section("a", text)), asked)
    # The passage that holds most of the words, in whatever way; "alue" alone is no hint here.
    assert matches(found.text) == ["Järjestöt", "hyvinvointialueet"]
    # A page that has the whole word needs no hints at it.
    asked = looked_for("hyvinvointialueiden järjestöyhteistyötä")
    found = show(document(section("a", "Järjestö, alue ja järjestöyhteistyö.")), asked)
    assert matches(found.text) == ["alue", "järjestöyhteistyö"]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        # The head says what the word is, however short; a beginning only where it is much of it.
        ("perhetyö", "Työ, perhe ja yhteistyö", ["Työ", "perhe"]),
        ("hyvinvointialue", "Hyvä alue", ["alue"]),
        ("järjestöyhteistyö", "Työ on tehty", []),
    ],
)
def test_parts_that_say_something_of_the_word(query, text, expected):
    assert matches(marked(text, looked_for(query))) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("omaishoitaja", "Viranomainen tekee viranomaistyötä", []),
        ("omaishoitaja", "Omainen ja omaishoito", ["Omainen", "omaishoito"]),
        ("omaishoitaja", "Hoitaja ja sairaanhoitaja", ["Hoitaja", "sairaanhoitaja"]),
        ("lastensuojelu", "Lasten ja lapsiperheiden elinikä", ["Lasten", "lapsiperheiden"]),
        (
            "omaishoitaja",
            "Omaishoitajien tuki, omaishoitajakurssi",
            ["Omaishoitajien", "omaishoitajakurssi"],
        ),
        ("barnfamilj", "Skolbarn i storfamiljer", ["storfamiljer"]),
    ],
)
def test_a_part_that_two_compounds_share_stands_at_the_same_place(query, text, expected):
    language = "sv" if query == "barnfamilj" else "fi"
    assert matches(marked(text, looked_for(query, language), language)) == expected
