"""Labels with their value on one line, labels that a section's own words resemble, file names."""

import datetime as dt

import pytest

from models_pages.importing.reader import read_model, title_from_name

LONG = "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi."


def test_a_label_and_its_value_may_stand_on_one_line():
    model = read_model(
        "Toimintamallin nimi: Perhetuki\n"
        "Lyhyt kuvaus: Malli perheille.\n"
        "Paikkakunta, maakunta tai hyvinvointialue: Pirkanmaa\n"
        "Rahoittaja: Kotisäätiö\nToinen säätiö\n"
        "Tekijä: Maija Malli\n"
        "Luotu: 4.11.2021\n"
        "Kehittämisen vaihe: Kokeilu\n\n"
        f"Toimintaympäristö\n\n{LONG}",
        "nimi",
    )
    assert model.title == "Perhetuki"
    assert model.short_description == "<p>Malli perheille.</p>"
    assert model.regions == ["Pirkanmaa"]
    assert model.funders == ["Kotisäätiö", "Toinen säätiö"]
    assert [author.name for author in model.authors] == ["Maija Malli"]
    assert model.created_on == dt.date(2021, 11, 4)
    assert model.phase == "trial"
    assert not model.unplaced


def test_a_paragraph_after_it_is_no_value():
    text = (
        "Nimi\n\nTekijä: Maija Malli\nMatti Malli\n\nRyhmä sopi työnjaosta.\n\n"
        f"Toimintaympäristö\n\n{LONG}"
    )
    model = read_model(text, "x")
    assert [author.name for author in model.authors] == ["Maija Malli", "Matti Malli"]
    assert model.short_description == "<p>Ryhmä sopi työnjaosta.</p>"


def test_in_a_section_such_a_line_stays_with_its_words():
    model = read_model(f"Nimi\n\nToimintaympäristö\n\n{LONG}\n\nRahoittaja: maksoi kaiken.", "x")
    assert not model.funders
    (block,) = model.sections["environment"]
    assert "Rahoittaja: maksoi kaiken." in block.html


@pytest.mark.parametrize("line", ["Lyhyt kuvaus", "Lyhyt kuvaus:", "Lyhyt kuvaus: kaikki alkoi"])
def test_in_a_section_lyhyt_kuvaus_is_the_authors_own(line):
    text = f"Nimi\n\nMalli perheille.\n\nRatkaisun perusidea\n\n{LONG}\n\n{line}\n\n{LONG} Loppu."
    model = read_model(text, "x")
    assert model.short_description == "<p>Malli perheille.</p>"
    section = "".join(block.heading + block.html for block in model.sections["basic_idea"])
    assert line.rstrip(":") in section
    assert "Loppu." in section


def test_its_long_form_is_a_label_anywhere():
    text = f"Nimi\n\nRatkaisun perusidea\n\n{LONG}\n\nToimintamallin lyhyt kuvaus\n\nMalli."
    assert read_model(text, "x").short_description == "<p>Malli.</p>"


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("03_perhetuki", "Perhetuki"),
        ("7. Perhetuki kunnassa", "Perhetuki kunnassa"),
        ("12 - Perhetuki", "Perhetuki"),
        ("001 Perhetuki", "Perhetuki"),
        ("01-perhetuki", "Perhetuki"),
        ("2) Perhetuki", "Perhetuki"),
        ("3 askelta kotiin", "3 askelta kotiin"),
        ("12-vuotiaiden ryhmä", "12-vuotiaiden ryhmä"),
        ("2020", "2020"),
        ("007", "007"),
    ],
)
def test_a_files_number_is_no_part_of_the_title(stem, title):
    assert title_from_name(stem) == title
