"""Which documents a query finds, and which of two comes first, on every engine."""

import math

import pytest

from search.analysis import analyse
from search.engines.base import SearchRequest
from search.queries import FIELD_WEIGHTS, Expansion, Term

from .documents import ask, document, ids

FILLER = "Tässä kerrotaan aivan tavallisista asioista pitkästi ja monin sanoin. " * 4


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("hyvinvointialue", "Hyvinvointialueiden yhteinen malli"),
        ("alue", "Hyvinvointialueiden yhteinen malli"),
        ("hyvinvointi", "Hyvinvointialueiden yhteinen malli"),
        ("yhteistyö", "Kehitämme järjestöyhteistyötä"),
        ("hyvinvointialueilla", "hyvinvointialueen palvelut"),
        ("THL", "THL:n ohje"),
        ("thl:lle", "THL kertoo"),
        ("sote-palvelut", "sote-palveluissa"),
        ("palvelu", "sote-palveluissa"),
        ("sosiaalipalvelut", "sosiaali- ja terveyspalvelut"),
        ("2024", "vuonna 2024"),
        ("kehittäjäryhmä", "kehittäjäryhmässämme"),
    ],
)
def test_finnish_is_found_across_inflection_and_compounds(engine, query, text):
    engine.apply([document(1, other=text), document(2, other="Aivan muuta tekstiä")], [])
    assert ids(engine, query) == [1]


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        ("sv", "välfärdsområde", "välfärdsområdenas modell"),
        ("sv", "modell", "en verksamhetsmodell"),
        ("en", "county", "wellbeing services counties"),
        ("en", "developing", "developed together"),
    ],
)
def test_other_languages_are_found_in_their_own(engine, language, query, text):
    engine.apply([document(1, other=text, language=language)], [])
    assert ids(engine, query, language) == [1]


def test_an_exact_title_is_first(engine):
    engine.apply(
        [
            document(1, "Perhekeskus Oulussa", summary="perhekeskus " * 30),
            document(2, "Perhekeskus ja perhekeskus", description="Perhekeskus perhekeskus"),
            document(3, "Perhekeskus", summary=FILLER * 10),
        ],
        [],
    )
    assert ids(engine, "perhekeskus")[0] == 3
    assert ids(engine, "  PERHEKESKUS! ")[0] == 3


def test_all_words_beat_some(engine):
    engine.apply(
        [
            document(1, "Kokemusasiantuntija", summary="kokemusasiantuntija " * 20),
            document(2, other=f"{FILLER} kokemusasiantuntija ja kotihoito {FILLER}"),
            document(3, "Kotihoito", summary="kotihoito " * 20),
        ],
        [],
    )
    assert ids(engine, "kokemusasiantuntija kotihoito")[0] == 2
    assert set(ids(engine, "kokemusasiantuntija kotihoito")) == {1, 2, 3}


def test_a_word_itself_beats_all_words_by_halves(engine):
    engine.apply(
        [
            document(1, other=f"{FILLER} Terveydenhoitaja antaa tukea. {FILLER}"),
            document(2, "Omaishoitajan ensimmäinen vuosi", other=FILLER),
        ],
        [],
    )
    assert ids(engine, "omaishoitajien tukeminen") == [2, 1]


FIELDS = [
    {"title": "Kotihoito"},
    {"description": "Kotihoito"},
    {"heading": "Kotihoito", "summary": "Muuta"},
    {"summary": "Kotihoito"},
    {"other": "Kotihoito"},
    {"attachments": ("Kotihoito",)},
]


@pytest.mark.parametrize("place", range(len(FIELDS) - 1))
def test_fields_weigh_in_their_order(engine, place):
    better, worse = FIELDS[place], FIELDS[place + 1]
    # The worse one has the smaller id, so that a tie would show.
    engine.apply([document(1, **worse), document(2, **better)], [])
    query = "kotihoitoa"
    assert ids(engine, query) == [2, 1]


def test_a_title_beats_a_text_that_repeats_the_word(engine):
    engine.apply(
        [document(1, other="kotihoito " * 40), document(2, "Uusi kotihoito", other=FILLER)], []
    )
    assert ids(engine, "kotihoito") == [2, 1]


def test_the_form_beats_the_lemma_and_the_lemma_beats_the_part(engine):
    engine.apply(
        [
            document(1, other="Puhumme täällä kotihoitopalveluista"),
            document(2, other="Puhumme täällä kotihoidosta"),
            document(3, other="Puhumme täällä kotihoitoa"),
            document(4, other="Puhumme täällä hoitoa"),
        ],
        [],
    )
    assert ids(engine, "kotihoitoa") == [3, 2, 1, 4]


def test_a_word_of_the_same_family_lifts_what_is_found_but_finds_nothing_itself(engine):
    engine.apply(
        [
            document(1, other="Kerrotaan, miten ryhmä toimii"),
            document(2, other="Kuntoutus alkaa, ryhmä toimii"),
            document(3, other="Kuntoutus alkaa kotona"),
        ],
        [],
    )
    assert ids(engine, "kuntoutujan ryhmä") == [2, 1]


def test_what_a_section_begins_with_says_what_it_is_about(engine):
    engine.apply(
        [
            document(1, other=f"{FILLER} puhumme kotihoidosta"),
            document(2, other=f"Puhumme kotihoidosta {FILLER}"),
        ],
        [],
    )
    assert ids(engine, "kotihoito") == [2, 1]


def test_near_beats_far(engine):
    engine.apply(
        [
            document(1, other=f"järjestöt {FILLER} verkosto toimii"),
            document(2, other=f"järjestöjen oma verkosto {FILLER} toimii"),
        ],
        [],
    )
    assert ids(engine, "järjestöjen verkosto") == [2, 1]


def test_a_phrase_is_found_across_inflection_only_where_it_stands(engine):
    engine.apply(
        [
            document(1, other="Järjestö tekee yhteistyötä"),
            document(2, other="Kerromme järjestöjen yhteistyöstä"),
            document(3, other="Yhteistyö, järjestöt"),
            document(4, summary="Lopuksi järjestö", other="Yhteistyö alkaa"),
        ],
        [],
    )
    assert ids(engine, '"järjestöjen yhteistyö"') == [2]


def test_among_texts_with_the_phrase_the_one_that_says_more_of_it_is_first(engine):
    engine.apply(
        [
            document(1, other=f"Järjestöjen yhteistyö {FILLER}"),
            document(2, other="Järjestöjen yhteistyö, järjestön yhteistyö"),
            document(3, description="Järjestöjen yhteistyö", other=FILLER),
        ],
        [],
    )
    assert ids(engine, '"järjestöjen yhteistyö"') == [3, 2, 1]


def test_a_phrase_meets_any_reading_of_a_word(engine):
    engine.apply([document(1, other="vihreä kuusi kasvaa"), document(2, other="kuusi vihreää")], [])
    assert ids(engine, '"vihreän kuusen"') == [1]


def test_a_phrase_does_not_run_from_section_to_section(engine):
    joined = document(1, summary="tämä on järjestö", other="yhteistyö alkaa")
    apart = document(2, other="järjestö", description="yhteistyö")
    engine.apply([joined, apart], [])
    assert ids(engine, '"järjestö yhteistyö"') == []


def test_an_exclusion_leaves_out(engine):
    engine.apply(
        [
            document(1, other="kotihoito ja etäpalvelut"),
            document(2, other="kotihoito kaupungissa"),
        ],
        [],
    )
    assert ids(engine, "kotihoito -etäpalvelu") == [2]
    assert ids(engine, "-etäpalvelu") == [2]
    assert ids(engine, '-"kotihoito kaupungissa"') == [1]


def test_ties_are_broken_by_id(engine):
    for numbers in ([5, 3], [9, 1], [4, 7]):
        engine.apply([document(number, other="kotihoito") for number in numbers], [])
    assert ids(engine, "kotihoito") == [1, 3, 4, 5, 7, 9]
    assert ids(engine, "") == [1, 3, 4, 5, 7, 9]


def test_other_names_find_for_less(engine):
    engine.apply(
        [
            document(1, other="Apua ikääntyneille ihmisille", language="fi"),
            document(2, other="Stöd åt äldre", language="sv"),
        ],
        [],
    )
    names = [Expansion(0, 1, "ikääntyneet", "fi")]
    assert ids(engine, "äldre", "sv") == [2]
    assert ids(engine, "äldre", "sv", expansions=names) == [2, 1]


def test_of_equally_good_ones_those_in_the_readers_language_are_first(engine):
    # Many are in Finnish, so that the one Swedish word is rare and would weigh more.
    finnish = [document(number, "Apua lapsille", language="fi") for number in range(2, 12)]
    engine.apply([document(1, "Hjälp åt barn", language="sv"), *finnish], [])
    names = [Expansion(0, 1, "barn", "sv")]
    assert ids(engine, "lapset", "fi", expansions=names) == [*range(2, 12), 1]


def test_a_name_in_another_language_is_found_inflected_and_in_compounds(engine):
    engine.apply(
        [
            document(1, other="Malli kehittää kotihoidon palveluita", language="fi"),
            document(2, other="Kotihoitopalvelut", language="fi"),
            document(3, other="Aivan muuta", language="fi"),
        ],
        [],
    )
    names = [Expansion(0, 2, "kotihoito", "fi")]
    assert ids(engine, "home care", "en", expansions=names) == [1, 2]


def test_all_words_in_a_title_win(engine):
    engine.apply(
        [
            document(
                1,
                description="Omaishoitajien jaksaminen, omaishoitajan jaksamista",
                summary="omaishoitajien jaksaminen " * 10,
            ),
            document(2, "Malli, jossa omaishoitajan ja perheen jaksamista tuetaan", other=FILLER),
            document(3, "Omaishoitaja", summary="jaksaminen " * 10),
        ],
        [],
    )
    assert ids(engine, "omaishoitajien jaksaminen")[0] == 2


def test_nothing_matches_nothing(engine):
    engine.apply([document(1, other="kotihoito")], [])
    answer = ask(engine, "qwxyz", facets=("theme",))
    assert (answer.total, answer.hits, answer.facets) == (0, (), {"theme": {}})


@pytest.mark.parametrize(
    "text", ['"', "-", "a:b (c) AND d*", "ä" * 10_000, "sana " * 2_000, "\x00🙂", '""-"" -""']
)
def test_anything_can_be_asked(engine, text):
    engine.apply([document(1, other="kotihoito")], [])
    ask(engine, text, facets=("theme", "region"), filters={"theme": ("x",)})


def bm25(documents, holding, length, average):
    """The score of one occurrence of a term, k1 1.2 and b 0.75."""
    rarity = math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
    return rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / average))


@pytest.mark.parametrize("kind", ["forms", "lemmas", "parts"])
@pytest.mark.parametrize("field", FIELD_WEIGHTS)
def test_scores_count_every_document_as_one_that_has_the_field(engine, field, kind):
    """BM25 over all documents, every field one token longer than its words: on every engine."""
    text = "kotihoitopalvelu"
    fields = {
        "title": {"title": text},
        "lead": {"heading": text},
        "body": {"other": text},
        "names": {"facts": (text,)},
    }[field]
    engine.apply(
        [document(1, **{"title": "", **fields}), *(document(n, "") for n in (2, 3, 4))], []
    )
    (word,) = analyse(text, "fi")
    terms = {"forms": (word.form,), "lemmas": word.lemmas, "parts": word.parts}[kind]
    query = Term(f"{field}_{kind}", terms[0])
    (hit,) = engine.search(SearchRequest(query)).hits
    length = len(terms) + 1
    assert hit.score == pytest.approx(bm25(4, 1, length, (length + 3) / 4), rel=1e-5)
