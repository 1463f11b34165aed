"""Facets, order, pages, likeness and words, on every engine."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from .documents import ask, document, facets, ids


@pytest.fixture
def filled(engine):
    engine.apply(
        [
            document(1, other="malli", facets=facets(theme="lapset", phase="trial")),
            document(2, other="malli", facets=facets(theme="lapset", phase="in_use")),
            document(3, other="malli", facets=facets(theme=["lapset", "tyo"], phase="trial")),
            document(4, other="malli", facets=facets(theme="tyo", region=("espoo", "uusimaa"))),
            document(5, other="muuta", facets=facets(theme="tyo", phase="trial")),
        ],
        [],
    )
    return engine


def test_facets_are_counted_over_all_matches(filled):
    answer = ask(filled, "malli", facets=("theme", "phase", "region", "language"), limit=1)
    assert answer.total == 4
    assert answer.facets == {
        "theme": {"lapset": 3, "tyo": 2},
        "phase": {"trial": 2, "in_use": 1},
        "region": {"espoo": 1, "uusimaa": 1},
        "language": {"fi": 4},
    }


def test_a_facet_is_counted_without_its_own_filter(filled):
    answer = ask(filled, "malli", facets=("theme", "phase"), filters={"phase": ("trial",)})
    assert [hit.id for hit in answer.hits] == [1, 3]
    assert answer.facets == {
        "theme": {"lapset": 2, "tyo": 1},
        "phase": {"trial": 2, "in_use": 1},
    }


def test_a_document_may_have_any_number_of_values(engine):
    themes = [f"teema-{number}" for number in range(9)]
    engine.apply(
        [
            document(1, other="malli", facets=facets(theme=themes, funder=themes)),
            document(2, other="malli", facets=facets(theme=themes[3:7])),
            document(3, other="malli"),
        ],
        [],
    )
    answer = ask(engine, "malli", facets=("theme", "funder"))
    assert answer.facets["theme"] == {t: 2 if t in themes[3:7] else 1 for t in themes}
    assert list(answer.facets["theme"])[:4] == themes[3:7]
    assert answer.facets["funder"] == dict.fromkeys(themes, 1)
    assert ids(engine, "malli", filters={"theme": ("teema-8",)}) == [1]


@pytest.mark.parametrize("matching", [1, 5, 9, 10])
def test_counts_are_right_whatever_the_share_that_matches(engine, matching):
    engine.apply(
        [
            document(
                n,
                other="malli" if n <= matching else "muuta",
                facets=facets(theme=["lapset", f"t{n % 3}"], phase="trial"),
            )
            for n in range(1, 11)
        ],
        [],
    )
    engine.apply([document(11, other="malli", facets=facets(theme="poistettu"))], [])
    engine.apply([], [11])
    answer = ask(engine, "malli", facets=("theme", "phase"))
    assert answer.total == matching
    assert answer.facets["phase"] == {"trial": matching}
    expected = {f"t{r}": sum(n % 3 == r for n in range(1, matching + 1)) for r in range(3)}
    expected = {"lapset": matching} | {value: count for value, count in expected.items() if count}
    assert answer.facets["theme"] == expected
    assert ask(engine, "", facets=("phase",)).facets == {"phase": {"trial": 10}}


def test_values_of_a_facet_are_alternatives_and_facets_add_up(filled):
    assert ids(filled, "malli", filters={"phase": ("trial", "in_use")}) == [1, 2, 3]
    assert ids(filled, "malli", filters={"phase": ("trial",), "theme": ("tyo",)}) == [3]
    assert ids(filled, "", filters={"region": ("uusimaa",)}) == [4]
    assert ids(filled, "", filters={"theme": ("olematon",)}) == []
    assert ids(filled, "", filters={"theme": ()}) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
@pytest.mark.parametrize("text", ["malli", ""])
def test_hidden_documents_are_neither_hits_nor_counted(filled, text, sort):
    counted = {"facets": ("theme", "phase"), "sort": sort}
    whole = ask(filled, text, **counted)
    hidden = ask(filled, text, hidden=frozenset({1, 99}), **counted)
    assert hidden.total == whole.total - 1
    assert [(hit.id, hit.score) for hit in hidden.hits] == [
        (hit.id, pytest.approx(hit.score)) for hit in whole.hits if hit.id != 1
    ]
    assert hidden.facets["theme"]["lapset"] == whole.facets["theme"]["lapset"] - 1
    assert hidden.facets["phase"]["trial"] == whole.facets["phase"]["trial"] - 1

    limited = ask(filled, text, hidden=frozenset({1}), filters={"phase": ("in_use",)}, **counted)
    assert limited.facets["theme"] == {"lapset": 1}
    assert limited.facets["phase"]["trial"] == hidden.facets["phase"]["trial"]


def test_filters_do_not_change_the_order(filled):
    plain = [one for one in ids(filled, "malli") if one != 4]
    assert ids(filled, "malli", filters={"theme": ("lapset",)}) == plain


def moment(day):
    return datetime(2024, 1, day, tzinfo=UTC)


def test_newest_first(engine):
    engine.apply(
        [
            document(1, other="malli", published_at=moment(2)),
            document(2, other="malli malli", published_at=moment(3)),
            document(3, other="malli", published_at=moment(2)),
            document(4, other="malli"),
            document(5, other="malli", published_at=datetime(1969, 1, 1, tzinfo=UTC)),
        ],
        [],
    )
    assert ids(engine, "malli", sort="newest") == [2, 1, 3, 4, 5]
    assert ids(engine, "", sort="newest") == [2, 1, 3, 4, 5]


def test_titles_in_finnish_order(engine):
    titles = ["Öljy", "Åland", "zeta", "Äiti", "abc", "Malli 10", "malli 2", "Über", "abc"]
    for number, title in enumerate(titles, 1):
        engine.apply([document(number, title)], [])
    assert ids(engine, "", sort="title") == [5, 9, 7, 6, 8, 3, 2, 4, 1]


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
@pytest.mark.parametrize("text", ["malli", ""])
def test_pages_follow_one_another(engine, sort, text):
    for start in range(1, 61, 20):
        engine.apply(
            [
                document(n, f"Malli {n % 7}", other="malli " * (n % 3))
                for n in range(start, start + 20)
            ],
            [],
        )
    whole = ids(engine, text, sort=sort, limit=100)
    assert sorted(whole) == list(range(1, 61))
    pages = [
        page
        for offset in range(0, 70, 9)
        for page in ids(engine, text, sort=sort, offset=offset, limit=9)
    ]
    assert pages == whole


def test_a_page_past_the_end_is_empty_but_counts(engine):
    engine.apply([document(1, other="malli")], [])
    answer = ask(engine, "malli", offset=500, limit=10)
    assert (answer.total, answer.hits) == (1, ())


def test_similar_documents(engine):
    care = "Kotihoidon asiakkaat saavat etäpalveluita ja lääkehoitoa kotiin. "
    youth = "Nuorten työpajoilla opitaan keramiikkaa ja puutöitä. "
    engine.apply(
        [
            document(1, "Kotihoidon etäpalvelut", other=care),
            document(2, "Nuorten työpaja", other=youth),
            document(3, "Etäpalvelut kotihoidossa", other=care * 2),
            document(4, "Hemvård", other="etäpalvelut kotihoito", language="sv"),
            document(5, "Puutyöt", other=youth * 2),
        ],
        [],
    )
    assert engine.similar(1)[0] == 3
    assert engine.similar(2)[0] == 5
    assert 1 not in engine.similar(1)
    assert 4 not in engine.similar(1)
    assert engine.similar(4) == ()
    assert engine.similar(99) == ()
    assert len(engine.similar(1, limit=1)) == 1


def test_words_by_their_beginning_the_most_frequent_first(engine):
    engine.apply(
        [
            document(1, "Kotihoito", other="kotihoidon koti"),
            document(2, other="kotihoidossa"),
            document(3, other="koulu, koti ja kotihoito"),
        ],
        [],
    )
    assert engine.words("koti")[:2] == ("kotihoito", "koti")
    assert engine.words("KOTIH") == ("kotihoito",)
    assert len(engine.words("ko", limit=2)) == 2
    assert engine.words("zzz") == ()
    assert engine.words("") == ()


def test_documents_similar_to_one_that_is_not_in_the_index(engine):
    care = "Kotihoidon asiakkaat saavat etäpalveluita ja lääkehoitoa kotiin. "
    engine.apply(
        [
            document(1, "Kotihoidon etäpalvelut", other=care),
            document(2, "Nuorten työpaja", other="Työpajoilla opitaan keramiikkaa."),
            document(3, "Hemvård", other="etäpalvelut kotihoito", language="sv"),
        ],
        [],
    )
    draft = document(0, "Etäpalveluja kotihoitoon", other="Lääkehoito kotona")
    assert engine.similar_to(draft) == (1,)
    assert engine.similar_to(draft, limit=0) == ()
    # A page that is changed does not resemble itself.
    assert engine.similar_to(replace(draft, id=1)) == ()
    assert engine.similar_to(document(0, "")) == ()


def test_similar_pages_are_those_that_similar_to_gives(engine):
    texts = ["kotihoito lääkäri", "kotihoito hoitaja", "hoitaja lääkäri", "nuoriso työpaja"]
    kept = [document(n, other=text) for n, text in enumerate(texts, 1)]
    engine.apply(kept, [])
    for one in kept:
        assert engine.similar(one.id) == engine.similar_to(one)


def test_documents_that_share_little_are_not_similar(engine):
    """Words that any text has do not make two alike, nor does the one rare word of another."""
    engine.apply(
        [
            document(1, "Kirjastoauto", other="Kirjastoauto tuo sukset kouluille viikon välein."),
            document(2, "Saattohoito", other="Yöhoitaja käy kuolevan luona viikon jokaisena yönä."),
            document(3, "Kirjastoautoilu", other="Autonkuljettaja, kirjastoauto, sukset, koulu."),
            document(4, "Työkykytiimi", other="Lääkäri ja ohjaaja sopivat viikon tavoitteet."),
        ],
        [],
    )
    assert engine.similar(1) == (3,)
    assert engine.similar(2) == engine.similar(4) == ()
    asked = document(0, "Kalastusretki", other="Vene, verkko, eväät ja viikon retki saaristossa.")
    assert engine.similar_to(asked) == ()
    # Of a title alone half of the words are enough.
    assert engine.similar_to(document(0, "Kirjastoauton toinen viikko"))[0] in {1, 3}
    assert engine.similar_to(document(0, "Kalastus ja toinen viikko saaristossa")) == ()


def test_in_how_many_documents_terms_stand(engine):
    engine.apply(
        [
            document(1, "Kotihoito", other="kotihoidon asiakas"),
            document(2, other="kotihoidossa"),
            document(3, other="koti"),
        ],
        [],
    )
    asked = ["kotihoito", "kotihoidossa", "koti", "hoito", "zzz", "kotihoito", "", "a b", "\x00"]
    assert engine.frequencies(asked) == {
        "kotihoito": 2,
        "kotihoidossa": 1,
        "koti": 3,
        "hoito": 2,
    }
    assert engine.frequencies([]) == {}


def test_words_of_deleted_documents_are_neither_counted_nor_suggested(engine):
    engine.apply([document(n, other="kotihoito") for n in range(1, 4)], [])
    engine.apply([document(4, other="kotisalaisuus koti")], [])
    assert engine.frequencies(["kotisalaisuus"]) == {"kotisalaisuus": 1}
    engine.apply([document(1, other="koulu")], [4])
    assert engine.frequencies(["kotihoito", "kotisalaisuus", "koulu"]) == {
        "kotihoito": 2,
        "koulu": 1,
    }
    assert engine.words("koti") == ("kotihoito",)


def test_words_are_counted_in_documents_not_in_fields(engine):
    engine.apply(
        [
            document(1, "Koti", description="koti", summary="koti", other="koti"),
            document(2, other="koulu"),
            document(3, other="koulu"),
        ],
        [],
    )
    assert engine.words("ko") == ("koulu", "koti")
