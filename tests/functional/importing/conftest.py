"""The command as it is called from a terminal, and what it makes."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from models_pages.models import OperatingModelPage
from tests.factories import UserFactory

LONG = "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi."
FULL = f"""Perhetuki

Malli, jossa kunta ja järjestöt tukevat perheitä yhdessä.

icon/chevron-down Created with Sketch. Perustiedot

Toimintamallin nimi
Perhetuki
Paikkakunta, maakunta tai hyvinvointialue
Valtakunnallinen
Pirkanmaan hyvinvointialue
Uusimaa
Toimintamallin rahoittaja
Kotisäätiö
Toimintamallin kokonaisuus
Tuntematon ohjelma
Tekijä
Maija Malli
Luotu
04.11.2021
Viimeksi muokattu
11.9.2025

Toimintaympäristö **
{LONG}
Kohderyhmä ja asiakasymmärrys **
{LONG}
Ratkaisun perusidea **
{LONG}
Toimivuuden ja käyttöönoton ehdot **
{LONG}
Vinkit toimintamallin soveltajille **
{LONG}
Arvioinnin tulokset tiivistettynä **
{LONG}

Kehittämisen vaihe

icon/launch Created with Sketch. Kokeilu
"""
READY = FULL.replace("Toimintamallin kokonaisuus\nTuntematon ohjelma\n", "")


class Run:
    """What a run of the command gave."""

    def __init__(self, *args, **options):
        out, err = io.StringIO(), io.StringIO()
        self.error = ""
        try:
            call_command(
                "import_models", *map(str, args), json=True, stdout=out, stderr=err, **options
            )
        except CommandError as error:
            self.error = str(error)
        self.entries = json.loads(out.getvalue()) if out.getvalue() else []

    @property
    def entry(self):
        (entry,) = self.entries
        return entry

    @property
    def page(self):
        return OperatingModelPage.objects.get(pk=self.entry["page_id"])

    @property
    def draft(self):
        return self.page.get_latest_revision_as_object()


@pytest.fixture
def author(db):
    """Return the account for which models are imported."""
    return UserFactory(role="author", email="author@example.org")


@pytest.fixture
def text_file(tmp_path):
    """Return a function that writes a page text and gives its path."""

    def write(text, name="perhetuki.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
