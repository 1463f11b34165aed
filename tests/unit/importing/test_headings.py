import datetime as dt

import pytest

from models_pages.importing import headings
from models_pages.sections import SECTION_KINDS


def test_every_kind_has_its_heading():
    assert set(headings.SECTION_HEADINGS) == {kind.key for kind in SECTION_KINDS}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Toimintaympäristö **", "environment"),
        ("Toimintaympäristö**", "environment"),
        ("Tavoiteltu muutos", "intended_change"),
        ("TAVOITELTU MUUTOS:", "intended_change"),
        ("Toimintaympäristö muuttuu", ""),
        ("Toimintaympäristö " * 50, ""),
    ],
)
def test_a_heading_is_a_whole_line(line, kind):
    assert headings.section_of(line) == kind


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("Teksti päättyy.Toimintaympäristö **", ["Teksti päättyy.", "Toimintaympäristö **"]),
        ("Teksti päättyy. Toimintaympäristö **", ["Teksti päättyy.", "Toimintaympäristö **"]),
        ("18.12.2023 Ratkaisun perusidea", ["18.12.2023", "Ratkaisun perusidea"]),
        ("18.12.2023Ratkaisun perusidea **", ["18.12.2023", "Ratkaisun perusidea **"]),
        ("Tässä on koko lause. Tavoiteltu muutos", ["Tässä on koko lause.", "Tavoiteltu muutos"]),
        (
            "LiitteetToimivuuden ja käyttöönoton ehdot **",
            ["Liitteet", "Toimivuuden ja käyttöönoton ehdot **"],
        ),
        ("Ratkaisun perusidea ** Teksti alkaa", ["Ratkaisun perusidea **", "Teksti alkaa"]),
        ("Näin saatiin tulos.Liitteet", ["Näin saatiin tulos.", "Liitteet"]),
        (
            "yhteiset valmennuspäivät ja vertaisfoorumi Vinkit toimintamallin soveltajille",
            ["yhteiset valmennuspäivät ja vertaisfoorumi", "Vinkit toimintamallin soveltajille"],
        ),
        ("Luotu 04.11.2021", ["Luotu", "04.11.2021"]),
        (
            "Luotu 4.11.2021 Viimeksi muokattu 18.12.2023",
            ["Luotu", "4.11.2021", "Viimeksi muokattu", "18.12.2023"],
        ),
        # What looks alike, and is the author's own words.
        ("Ks. tarkemmin esim. Muutoksen mittaaminen", None),
        ("Lue tästä lisää kohdasta Kohderyhmä ja asiakasymmärrys", None),
        ("Malli kuvataan osioissa tausta, Arvioinnin tulokset tiivistettynä", None),
        ("Kunta pyrkii siihen, että Tavoiteltu muutos", None),
        ("Katso myös sivun Liitteet", None),
        ("Seinälle ripustettiin ValoKuva", None),
        ("Katso https://example.org/Liitteet", None),
        ("Hankkeesta lisää. Kuva", None),
    ],
)
def test_a_heading_that_ran_into_a_line_is_cut_off_it(line, pieces):
    assert headings.split_glued(line) == (pieces or [line])


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("04.11.2021", dt.date(2021, 11, 4)),
        ("11.9.2025", dt.date(2025, 9, 11)),
        ("11.9.2025 klo 10.15", dt.date(2025, 9, 11)),
        ("2025-09-11", dt.date(2025, 9, 11)),
        ("31.2.2021", None),
        ("11.9.2025 alkaen", None),
        ("syksy 2025", None),
    ],
)
def test_dates_in_either_form(line, date):
    assert headings.date_of(line) == date
