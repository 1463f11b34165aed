"""What Finnish words are found by."""

import pytest

from search.analysis import analyse
from search.analysis.finnish import FinnishAnalyser


def word(text):
    (token,) = analyse(text, "fi")
    return token


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("hyvinvointialueiden", "hyvinvointialue"),
        ("järjestöyhteistyötä", "järjestöyhteistyö"),
        ("kehittäjäryhmässä", "kehittäjäryhmä"),
        ("rakenteita", "rakenne"),
        ("talossammekin", "talo"),
        ("asiakkaansa", "asiakas"),
        ("työpajoihin", "työpaja"),
        ("lapsiperheillekin", "lapsiperhe"),
        ("Tampereella", "tampere"),
        ("tampereella", "tampere"),
        ("HYVINVOINTIALUE", "hyvinvointialue"),
        ("Kuusen", "kuusi"),
        ("THL:n", "thl"),
        ("THL:lle", "thl"),
        ("RRP:n", "rrp"),
        ("sote-palveluissa", "sote-palvelu"),
        ("STEA-rahoitteisessa", "stea-rahoitteinen"),
        ("covid-19", "covid-19"),
        ("COVID-19:n", "covid-19"),
        ("Kela:lta", "kela"),
        ("HUS:iin", "hus"),
        ("Blorbipolku'n", "blorbipolku"),
        ("Blorbipolku\u2019n", "blorbipolku"),
        ("vaa'an", "vaaka"),
        ("10:30", "10:30"),
        ("1990-luvulla", "1990-luku"),
        ("65-vuotiaille", "65-vuotias"),
        ("Virtasen", "virtanen"),
        ("Etelä-Pohjanmaan", "etelä-pohjanmaa"),
        ("kirjojensakaan", "kirja"),
        ("asiakkaidemmehan", "asiakas"),
        ("2024", "2024"),
        ("1,5", "1,5"),
        ("yhteis\u00adtyössä", "yhteistyö"),
        ("tyo\u0308pajassa", "työpaja"),
        ("sosiaali\u2011ja", "sosiaali-ja"),
    ],
)
def test_base_form(text, lemma):
    assert lemma in word(text).lemmas


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hyvinvointialueiden", {"hyvinvointi", "alue"}),
        ("järjestöyhteistyötä", {"järjestö", "yhteistyö", "työ", "yhteinen"}),
        ("sote-palveluissa", {"sote", "palvelu"}),
        ("STEA-rahoitteisessa", {"stea", "rahoitteinen"}),
        ("asiantuntijaverkostossa", {"asiantuntija", "verkosto"}),
        ("vanhustenhuolto", {"vanhus", "huolto"}),
        ("EU-rahoituksella", {"eu", "rahoitus"}),
        ("eu-rahoitus", {"eu", "rahoitus"}),
        ("covid-19-tilanteessa", {"covid-19", "tilanne"}),
        ("Etelä-Pohjanmaan", {"etelä", "pohjanmaa"}),
        ("65-vuotias", {"vuotias"}),
    ],
)
def test_parts_of_compounds(text, parts):
    assert parts <= set(word(text).parts)


@pytest.mark.parametrize("name", ["Jyväskylässä", "Pirkanmaan", "Rovaniemellä", "pirkanmaa"])
def test_a_name_has_no_parts(name):
    assert word(name).parts == ()


def test_a_part_is_no_adverb_and_no_scrap():
    assert "hyvin" not in word("hyvinvointialue").parts
    assert all(len(part) >= 3 for part in word("e-reseptin").parts)


def test_all_readings_of_a_form_count():
    assert {"kuusi", "kuu"} <= set(word("kuusi").lemmas)


def test_half_of_a_word_stands_for_the_whole():
    half, _, whole = analyse("sosiaali- ja terveyspalvelut", "fi")
    assert "sosiaalipalvelu" in half.lemmas
    assert "terveyspalvelu" in whole.lemmas
    *_, second = analyse("terveyspalvelut ja -toiminnot", "fi")
    assert "terveystoiminto" in second.lemmas


def test_half_of_a_word_alone_is_a_word():
    (half,) = analyse("sosiaali-", "fi")
    assert half.form == "sosiaali"
    assert analyse("sosiaali- ja", "fi")[0].lemmas == ("sosiaali",)


@pytest.mark.parametrize("unknown", ["zxqwrt", "verkostodialogisuudessa", "Xyzzyllä", "łódź"])
def test_an_unknown_word_is_never_nothing(unknown):
    assert word(unknown).lemmas


def test_forms_of_an_unknown_word_share_a_term():
    assert set(word("fasilitorin").lemmas) & set(word("fasilitorit").lemmas)


def test_an_own_word_is_chosen_among_guesses():
    plain = FinnishAnalyser().analyse("blorbiksessa")[0]
    taught = FinnishAnalyser(own_words={plain.lemmas[-1]}).analyse("blorbiksessa")[0]
    assert len(plain.lemmas) > 1
    assert taught.lemmas == (plain.lemmas[-1],)
