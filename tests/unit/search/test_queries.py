"""Queries as data."""

import pytest

from search.parser import parse
from search.queries import (
    FIELD_WEIGHTS,
    FOLDED,
    Best,
    Combined,
    Constant,
    Everything,
    Expansion,
    Phrase,
    Steps,
    Term,
    build_query,
    query_words,
    title_key,
)


def nodes(query):
    yield query
    match query:
        case Best(children) | Steps(children):
            inner = children
        case Constant(child):
            inner = (child,)
        case Combined(must, should, without):
            inner = (*must, *should, *without, *query.near)
        case _:
            inner = ()
    for child in inner:
        yield from nodes(child)


def scored(query):
    """Return what of a query gives scores by itself."""
    match query:
        case Best(children):
            return [node for child in children for node in scored(child)]
        case Combined(must, should):
            return [node for child in (*must, *should, *query.near) for node in scored(child)]
        case Steps(children, score):
            return [Constant(child, score) for child in children]
        case _:
            return [query]


def terms(query):
    return {(node.field, node.text) for node in nodes(query) if isinstance(node, Term)}


def weight(query, field, text):
    return max(
        n.weight for n in nodes(query) if isinstance(n, Term) and (n.field, n.text) == (field, text)
    )


def test_fields_weigh_in_their_order():
    weights = list(FIELD_WEIGHTS.values())
    assert list(FIELD_WEIGHTS) == list(FOLDED) == ["title", "lead", "body", "names"]
    for kinds in FOLDED.values():
        assert list(kinds.values()) == sorted(kinds.values(), reverse=True)
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_a_word_is_looked_for_by_form_lemma_and_parts():
    found = terms(build_query("hyvinvointialueiden", "fi"))
    assert ("body_forms", "hyvinvointialueiden") in found
    assert ("body_lemmas", "hyvinvointialue") in found
    assert ("body_parts", "hyvinvointialue") in found
    assert ("body_parts", "alue") in found
    assert ("title_lemmas", "hyvinvointi") in found


def test_a_words_family_weighs_less_than_the_word():
    weights = {
        (node.field, node.text): node.weight
        for node in scored(build_query("kuntoutujalle", "fi"))
        if isinstance(node, Term)
    }
    assert weights["families", "kunto"] < weights["body_lemmas", "kuntoutuja"]
    assert "families" not in {field for field, _text in terms(build_query("coaching", "en"))}


def test_lemmas_outweigh_parts():
    query = build_query("hyvinvointialueiden", "fi")
    assert (
        weight(query, "body_lemmas", "hyvinvointialue")
        > weight(query, "body_parts", "hyvinvointialue")
        > weight(query, "body_parts", "alue")
    )


def test_stop_words_count_only_where_there_is_nothing_else():
    assert [w.form for w in query_words(parse("lapset ja nuoret"), "fi")] == ["lapset", "nuoret"]
    assert [w.form for w in query_words(parse("ja"), "fi")] == ["ja"]


def test_a_phrase_must_occur_and_an_exclusion_must_not():
    query = build_query('malli "järjestöjen yhteistyö" -sote', "fi")
    phrases = [node for must in query.must for node in nodes(must) if isinstance(node, Phrase)]
    assert (("järjestö",), ("yhteistyö",)) in {phrase.positions for phrase in phrases}
    assert terms(query.without[0]) >= {("title_lemmas", "sote")}


NAMED = [Expansion(0, 2, "lapset ja perheet", "fi"), Expansion(0, 2, "barn och familj", "sv")]


@pytest.mark.parametrize(
    ("text", "expansions"),
    [
        ("järjestöjen yhteistyö kunnissa", []),
        ('malli "järjestöjen yhteistyö" -"uusi malli" -sote', []),
        ('"malli"', []),
        ("senior citizens", NAMED),
    ],
)
def test_scores_come_from_terms_and_constants_only(text, expansions):
    kinds = {type(node) for node in scored(build_query(text, "fi", expansions))}
    assert kinds <= {Term, Constant}


def test_the_words_of_a_phrase_count_as_words_too():
    found = [n for n in scored(build_query('"järjestöjen yhteistyö"', "fi")) if type(n) is Term]
    assert {("title_lemmas", "järjestö"), ("title_lemmas", "yhteistyö")} <= {
        (term.field, term.text) for term in found
    }


def test_only_exclusions_ask_for_everything_else():
    query = build_query("-sote", "fi")
    assert query.must == (Everything(),)
    assert query.without


def test_another_name_stands_beside_the_words_for_less():
    query = build_query("senior citizens", "en", [Expansion(0, 2, "ikääntyneet", "fi", 0.6)])
    assert weight(query, "body_lemmas", "ikääntynyt") == pytest.approx(0.6)
    assert weight(query, "body_lemmas", "senior") == pytest.approx(1.0)


def test_a_names_small_words_are_not_looked_for():
    query = build_query("perhekeskus", "fi", [Expansion(0, 1, "lapset ja perheet", "fi")])
    assert "ja" not in {text for _field, text in terms(query)}
    phrases = [node for node in nodes(query) if isinstance(node, Phrase)]
    assert {(phrase.positions, phrase.slop) for phrase in phrases} == {
        ((("lapsi",), ("perhe",)), 1)
    }


@pytest.mark.parametrize("span", [(0, 3), (2, 2), (-1, 1)])
def test_a_name_for_no_word_of_the_query_is_left_out(span):
    query = build_query("senior citizens", "en", [Expansion(*span, "ikääntyneet", "fi")])
    assert query == build_query("senior citizens", "en")


def test_titles_compare_by_letters_and_digits():
    assert title_key("  Malli: osa 2 (uusi)! ") == title_key("malli osa 2 uusi")
