import time

import pytest

from models_pages.importing.imported import Note
from models_pages.importing.reader import read_model, title_from_name

LONG = "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi."
SHORT = (
    "Malli, jossa kunta ja järjestöt sopivat yhdessä perheiden tukemisesta ja arvioivat tuloksia."
)


def codes(model):
    return [note.code for note in model.notes]


def section(model, kind):
    return [(block.heading, block.html) for block in model.sections[kind]]


def test_the_title_comes_from_the_files_name_where_the_text_has_none():
    model = read_model(f"{SHORT}\n\nToimintaympäristö **\n\n{LONG}", "Perhetuki")
    assert model.title == "Perhetuki"
    assert model.short_description == f"<p>{SHORT}</p>"
    assert "title_from_name" in codes(model)
    assert not model.unplaced


def test_the_title_comes_from_its_label_where_the_first_line_is_missing():
    labels = "Perustiedot\nToimintamallin nimi\nPerhetuki\nToimintamallin lyhyt kuvaus"
    text = f"{SHORT}\n\n{labels}\n\n{SHORT}"
    model = read_model(text, "tiedosto")
    assert (model.title, model.short_description) == ("Perhetuki", f"<p>{SHORT}</p>")
    assert not model.unplaced


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("perhetuki", "Perhetuki"),
        ("000_d4429d9c", "D4429d9c"),
        ("kunnan-ja-jarjeston-malli", "Kunnan ja jarjeston malli"),
        ("e-palvelu_kotona", "E-palvelu kotona"),
    ],
)
def test_a_files_name_as_title(stem, title):
    assert title_from_name(stem) == title


def test_two_short_descriptions_that_differ_are_both_kept():
    text = f"Nimi\n\n{SHORT}\n\nToimintamallin lyhyt kuvaus\n\nToinen kuvaus.\n\nToteutuspaikka\n"
    model = read_model(text)
    assert model.short_description == "<p>Toinen kuvaus.</p>"
    assert model.unplaced == [SHORT]


def test_several_regions_and_funders_and_a_contact():
    text = (
        "Nimi\n\nKuvaus.\n\nPerustiedot\nPaikkakunta, maakunta tai hyvinvointialue\nUusimaa\n"
        "Pirkanmaan hyvinvointialue\nUusimaa\nToimintamallin rahoittaja\nSTM\nESR+\nTekijä\n"
        "Maija Malli\nmaija@example.org\nOlli Oiva\n"
    )
    model = read_model(text)
    assert model.regions == ["Uusimaa", "Pirkanmaan hyvinvointialue"]
    assert model.funders == ["STM", "ESR+"]
    assert [(a.name, a.contact) for a in model.authors] == [
        ("Maija Malli", "maija@example.org"),
        ("Olli Oiva", ""),
    ]


def test_prose_under_a_label_of_names_is_left_unplaced():
    model = read_model(f"Nimi\n\nKuvaus.\n\nTekijä\nMaija Malli\n\n{LONG}\n\nLisää.")
    assert [author.name for author in model.authors] == ["Maija Malli"]
    assert model.unplaced == [LONG, "Lisää."]


def test_an_impossible_date_and_a_second_one_are_left_unplaced():
    model = read_model("Nimi\n\nKuvaus.\n\nLuotu\n31.2.2021\nViimeksi muokattu\n1.2.2021\n2.2.2021")
    assert model.created_on is None
    assert str(model.edited_on) == "2021-02-01"
    assert model.unplaced == ["31.2.2021", "2.2.2021"]


@pytest.mark.parametrize("label", ["Kehittämisen vaihe\n\n", "Kehittämisen vaihe\n", ""])
def test_the_phase_at_the_end(label):
    text = f"Nimi\n\nToimintaympäristö\n{LONG}\n{label}icon/launch Created with Sketch. Valmis"
    model = read_model(text)
    assert model.phase == "established"
    assert section(model, "environment") == [("", f"<p>{LONG}</p>")]


def test_an_unknown_phase_is_left_unplaced_and_told():
    model = read_model("Nimi\n\nKuvaus.\n\nKehittämisen vaihe\n\nKesken")
    assert (model.phase, model.unplaced) == ("", ["Kesken"])
    assert Note("unknown_phase", "Kesken") in model.notes


def test_a_label_as_a_sections_own_subheading_stays_there():
    text = f"Nimi\n\nRatkaisun perusidea\n\nKehittämisen vaihe\n\n{LONG}\n\nTekijä\n\n{LONG}\n"
    model = read_model(text)
    assert [heading for heading, _ in section(model, "basic_idea")] == [
        "Kehittämisen vaihe",
        "Tekijä",
    ]


def test_attachments_and_pictures_stay_in_their_section():
    text = (
        f"Nimi\n\nRatkaisun perusidea **\n{LONG}\n\nKuva\nPolku\n\n{SHORT}\n\nLiitteet\nOpas.pdf\n"
        f"Toimintaympäristö **\n{LONG}\nLiitteet\n\nKuva"
    )
    model = read_model(text)
    assert section(model, "basic_idea") == [
        ("", f"<p>{LONG}</p><p><b>Kuva</b><br/>Polku</p><p>{SHORT}</p>"),
        ("Liitteet", "<ul><li>Opas.pdf</li></ul>"),
    ]
    assert section(model, "environment") == [("", f"<p>{LONG}</p>")]
    told = [(n.kind, n.code, n.text) for n in model.notes if n.code in {"attachments", "picture"}]
    assert told == [
        ("basic_idea", "picture", "Polku"),
        ("basic_idea", "attachments", "Opas.pdf"),
        ("environment", "attachments", ""),
        ("environment", "picture", ""),
    ]


def test_a_doubled_heading_is_one_section():
    model = read_model(f"Nimi\n\nTavoiteltu muutos\nTavoiteltu muutos\n\n{LONG}")
    assert section(model, "intended_change") == [("", f"<p>{LONG}</p>")]
    assert "heading_again" not in codes(model)


def test_a_heading_that_comes_again_continues_its_section():
    text = (
        f"Nimi\n\nTavoiteltu muutos\n{LONG}\n\nToimintaympäristö\nX.\n\nTavoiteltu muutos\n{SHORT}"
    )
    model = read_model(text)
    assert section(model, "intended_change") == [("", f"<p>{LONG}</p><p>{SHORT}</p>")]
    assert "heading_again" in codes(model)


def test_a_starred_heading_makes_its_unstarred_twin_a_subheading():
    sections = f"Toimintaympäristö **\n{LONG}\n\nRatkaisun perusidea **"
    text = f"Nimi\n\n{sections}\n\nToimintaympäristö\n\n{SHORT}"
    model = read_model(text)
    assert section(model, "environment") == [("", f"<p>{LONG}</p>")]
    assert section(model, "basic_idea") == [("Toimintaympäristö", f"<p>{SHORT}</p>")]


def test_an_unknown_starred_heading_is_the_authors_own_section():
    sections = f"Toimintaympäristö **\n{LONG}\n\nTyökalut **\n\n{SHORT}\n\nKysymykset **\n"
    text = f"Nimi\n\nKuvaus.\n\n{sections}"
    model = read_model(text)
    assert [(h, [b.html for b in blocks]) for h, blocks in model.further_sections] == [
        ("Työkalut", [f"<p>{SHORT}</p>"]),
        ("Kysymykset", []),
    ]
    assert model.filled() == ["environment", "further_sections"]


def test_without_a_known_heading_unknown_ones_are_left_unplaced():
    model = read_model(f"Nimi\n\nKuvaus.\n\nTyökalut **\n\n{SHORT}")
    assert not model.further_sections
    assert model.unplaced == ["Työkalut **", SHORT]


def test_a_page_without_any_heading_keeps_its_lists_in_the_unplaced_part():
    model = read_model(f"Nimi\n\nKuvaus.\n\n{LONG}\n\n- a\n- b\n\n04.11.2021")
    assert (model.title, model.short_description) == ("Nimi", "<p>Kuvaus.</p>")
    assert model.unplaced == [LONG, "- a", "- b", "04.11.2021"]
    assert "<ul><li>a</li><li>b</li></ul>" in model.unplaced_blocks[0].html
    assert "no_sections" in codes(model)


def test_lines_that_say_the_same_are_each_kept():
    lines = "\n\n".join(["Aamu", "Kahvi", "Ilta", "Kahvi"] * 3)
    model = read_model(f"Nimi\n\nKuvaus.\n\n{lines}")
    assert model.unplaced == ["Aamu", "Kahvi", "Ilta", "Kahvi"] * 3
    model = read_model(f"Nimi\n\nKuvaus.\n\nToimintaympäristö\n\n{lines}")
    assert sum(block.html.count("Kahvi") for block in model.sections["environment"]) == 6


def test_the_cover_has_one_caption():
    text = f"Nimi\n\nTavoiteltu muutos\n{LONG}\nKansikuva\nKuva ryhmästä\n\nJotain muuta\n"
    model = read_model(text)
    assert (model.cover_caption, model.unplaced) == ("Kuva ryhmästä", ["Jotain muuta"])


def test_the_sources_own_address_is_kept_as_the_source():
    address = "https://innokyla.fi/fi/toimintamalli/perhetuki"
    model = read_model(f"{address}\nPerhetuki\n\nKuvaus.\n\nToimintaympäristö\n{LONG}")
    assert (model.source_url, model.title) == (address, "Perhetuki")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        "icon/" * 400_000,
        "Liitteet" * 250_000,
        "Toimintaympäristö **" * 100_000,
        "www." * 500_000,
        "https://a.fi/" + "(" * 1_000_000 + ")" * 1_000_000,
        "**a" * 600_000,
        "* " * 900_000,
        "Toimintaympäristö\n" + "- a\n" * 100_000,
        "Toimintaympäristö\n" + "\n".join(f"{n % 999}. a" for n in range(100_000)),
        "Toimintaympäristö\n" + "LYHYT OTSIKKO\n\n" * 100_000,
        "Nimi\n\n" + "rivi\n\n" * 100_000,
        "Tekijä\n" + "\n".join(f"Nimi {n}" for n in range(100_000)),
        "Toteutuspaikka\n" + "\n".join(f"Paikka {n}" for n in range(100_000)),
        "Liitteet\n" * 100_000,
        "Luotu\n" * 100_000,
        "Toimintaympäristö\n" + "Luotu\n" * 100_000,
        "Luotu 1.1.2020 " * 100_000,
        "a ** \n" * 100_000,
    ],
    ids=lambda text: text[:24].replace("\n", "/"),
)
def test_reading_takes_time_in_proportion_to_the_text(text):
    begun = time.perf_counter()
    read_model(text, "nimi")
    assert time.perf_counter() - begun < 10
