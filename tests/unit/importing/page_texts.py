"""Page texts at random, in the three forms of the source, with what each must become.

The texts are put together from parts whose place is known beforehand; nothing here uses the
importer, so that a fault in it cannot hide here as well.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

HEADINGS = {
    "environment": "Toimintaympäristö",
    "starting_point": "Lähtötilanne ja strategiset liittymäkohdat",
    "needs": "Kehitystyön lähtökohtana olevat tarpeet",
    "developers": "Kehittäjäjoukon kokoaminen ja yhteiskehittäminen",
    "intended_change": "Tavoiteltu muutos",
    "measuring": "Muutoksen mittaaminen",
    "target_group": "Kohderyhmä ja asiakasymmärrys",
    "ideas": "Ideointi ja ratkaisun valinta",
    "trial": "Kokeilun toteutus ja havainnot",
    "basic_idea": "Ratkaisun perusidea",
    "conditions": "Toimivuuden ja käyttöönoton ehdot",
    "tips": "Vinkit toimintamallin soveltajille",
    "evaluation": "Arvioinnin tulokset tiivistettynä",
}
SUMMARY = {"environment", "target_group", "basic_idea", "conditions", "tips", "evaluation"}
WORDS = (
    "asiakas palvelu alue järjestö yhteistyö neuvola kunta hoitaja keskustelu ryhmä arki tuki "
    "ikääntynyt perhe nuori malli kehitys verkosto tieto kokemus työpaja ammattilainen läheinen "
    "hyvinvointi terveys kumppani tapaaminen tulos kysely <b>&amp; 5 % (ks. liite) 2/2023 k-18 "
    "äiti öljy ylläpito sote-keskus e-palvelu a & b THL:n §12"
).split(" ")
CAPITALS = ["ENNEN", "AIKANA", "JÄLKEEN", "HYÖTYJÄ ja HUOMIOITA", "KEHITTÄMISEN PERIAATTEET"]


@dataclass
class Expected:
    """What the text must become: lines by place, and the number shown before a line."""

    title: str = ""
    description: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    funders: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    created_on: str = ""
    edited_on: str = ""
    phase: str = ""
    caption: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


class PageText:
    """One random page text: ``text`` and what is ``expected`` of it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.expected = Expected()
        self.form = self.random.choice(["G1", "G2", "G3"])
        self.starred = self.form == "G1" or self.random.random() < 0.5
        self.lines: list[str] = []
        self.count = 0
        self._opening()
        if self.form != "G2" or self.random.random() < 0.3:
            self._basics()
        kinds = self.random.sample(list(HEADINGS), self.random.randint(1, len(HEADINGS)))
        for kind in kinds:
            self._section(kind)
        self._ending()
        self.text = self._disturbed()

    # Parts ----------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def sentence(self, least: int = 12, most: int = 40) -> str:
        self.count += 1
        words = self.random.choices(WORDS, k=self.random.randint(least, most))
        return f"Lause{self.count} {' '.join(words)}."

    def name(self) -> str:
        self.count += 1
        return f"Nimi{self.count} {self.random.choice(WORDS[:20])}"

    def blank(self) -> None:
        self.lines.append("")

    def _opening(self) -> None:
        title = f"Malli {self.name()} maakunnassa"
        self.expected.title = title
        self.lines.append(title)
        if self.form == "G3":
            self.lines.extend(["", title])
        self.blank()
        for _ in range(self.random.randint(1, 2)):
            line = self.sentence(8, 14)
            self.expected.description.append(line)
            self.lines.append(line)
        self.blank()

    def _label(self, label: str) -> None:
        self.lines.append(label)
        if self.form == "G3" and self.chance(0.4):
            self.lines.append(label)
        if self.chance(0.5):
            self.blank()

    def _values(self, values: list[str]) -> None:
        for value in values:
            self.lines.append(value)
            if self.chance(0.3):
                self.blank()

    def _date(self, label: str) -> str:
        year, month, day = self.random.randint(2010, 2025), self.random.randint(1, 12), 9
        self._label(label)
        shown = f"{day}.{month}.{year}" if self.form == "G3" else f"{day:02}.{month:02}.{year}"
        self._values([shown] * (2 if self.form == "G3" and self.chance(0.5) else 1))
        return f"{year}-{month:02}-{day:02}"

    def _basics(self) -> None:
        expected = self.expected
        if self.form != "G2":
            self.lines.extend(["icon/chevron-down Created with Sketch. Perustiedot", ""])
        self._label("Toimintamallin nimi")
        self._values([expected.title])
        self._label("Toimintamallin lyhyt kuvaus")
        self._values(expected.description)
        self._label("Toteutuspaikka")
        expected.place = [self.name() for _ in range(self.random.randint(0, 2))]
        self._values(expected.place)
        self._label("Paikkakunta, maakunta tai hyvinvointialue")
        expected.regions = [self.name() for _ in range(self.random.randint(0, 3))]
        self._values(expected.regions)
        self._label("Toimintamallin rahoittaja")
        expected.funders = [self.name() for _ in range(self.random.randint(0, 3))]
        self._values(expected.funders)
        if self.chance(0.5):
            self._label("Toimintamallin kokonaisuus")
        self._label("Tekijä")
        expected.authors = [self.name() for _ in range(self.random.randint(0, 3))]
        self._values(expected.authors)
        expected.created_on = self._date("Luotu")
        expected.edited_on = self._date("Viimeksi muokattu")

    def _section(self, kind: str) -> None:
        said = self.expected.sections.setdefault(kind, [])
        indent = " " * self.random.choice([0, 0, 2, 5])
        star = " **" if self.starred and kind in SUMMARY else ""
        heading = f"{HEADINGS[kind]}{star}"
        previous = self.lines[-1]
        if star and previous.startswith("Lause") and self.chance(0.3):
            self.lines[-1] = previous + self.random.choice(["", " "]) + heading
        else:
            self.lines.append(indent + heading)
        if self.chance(0.7):
            self.blank()
        for _ in range(self.random.randint(1, 5)):
            self.random.choice(
                [self._prose, self._prose, self._bullets, self._numbers, self._interrupted,
                 self._capitals, self._short]
            )(said)  # fmt: skip
        if self.chance(0.2):
            self._attachments(said)
        if self.chance(0.2):
            self._picture(said)

    def _add(self, said: list[str], line: str, marker: str = "") -> None:
        said.append(line)
        self.lines.append(marker + line)

    def _prose(self, said: list[str]) -> None:
        for _ in range(self.random.randint(1, 3)):
            self._add(said, self.sentence())
            if self.chance(0.7):
                self.blank()
        self.blank()

    def _bullets(self, said: list[str]) -> None:
        marker = self.random.choice([" • ", "- ", "-  ", "•", "  - "])
        for _ in range(self.random.randint(1, 4)):
            self._add(said, self.sentence(3, 9), marker)
            if self.chance(0.2):
                self.lines.append("  \u00a0 ")
        self.blank()

    def _numbers(self, said: list[str]) -> None:
        form = self.random.choice(["{}) ", "{}. ", " {}. "])
        for number in range(1, self.random.randint(2, 5)):
            line = self.sentence(3, 9)
            self.expected.numbers[line] = number
            self._add(said, line, form.format(number))
            if self.chance(0.3):
                self._add(said, self.sentence())
        self.blank()
        self._add(said, self.sentence())
        self.blank()

    def _interrupted(self, said: list[str]) -> None:
        for number in range(1, self.random.randint(3, 6)):
            line = self.sentence(3, 9)
            self.expected.numbers[line] = number
            self._add(said, line, f"{number}) ")
            if self.chance(0.6):
                self.blank()
                self._add(said, self.sentence())
            elif self.chance(0.4):
                self._add(said, self.sentence(2, 4), "- ")
            self.blank()
        self._add(said, self.sentence())
        self.blank()

    def _capitals(self, said: list[str]) -> None:
        self.blank()
        self._add(said, self.random.choice(CAPITALS))
        if self.chance(0.5):
            self.blank()
        self._prose(said)

    def _short(self, said: list[str]) -> None:
        self.blank()
        self._add(said, f"Väliotsikko {self.name()}")
        self.blank()
        self._prose(said)

    def _attachments(self, said: list[str]) -> None:
        self.blank()
        self.lines.append("Liitteet")
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self._add(said, f"{self.name()}.pdf")

    def _picture(self, said: list[str]) -> None:
        self.blank()
        self.lines.append("Kuva")
        if self.chance(0.5):
            self._add(said, f"Kuvateksti {self.name()}")
        self.blank()

    def _ending(self) -> None:
        if self.chance(0.5):
            self.lines.extend(["", "Kansikuva"])
            if self.chance(0.7):
                self.expected.caption = f"Kuva {self.name()}"
                self.lines.append(self.expected.caption)
            self.blank()
        if self.chance(0.6):
            self.lines.extend(["Kehittämisen vaihe", ""])
            word, self.expected.phase = self.random.choice(
                [("Valmis", "established"), ("Kokeilu", "trial"), ("Idea", "idea")]
            )
            self.lines.append(f"icon/launch Created with Sketch. {word}")

    # Disturbances ---------------------------------------------------------------------------

    def _disturbed(self) -> str:
        lines = []
        for line in map(self._respaced, self.lines):
            lines.append(line)
            if not line.strip() and self.chance(0.3):
                lines.extend(self.random.choice([["", ""], ["\u00a0"], ["   "]]))
        text = self.random.choice(["\n", "\n", "\r\n", "\r"]).join(lines)
        return self.random.choice(["", "", "\ufeff"]) + text

    def _respaced(self, line: str) -> str:
        if " " in line and self.chance(0.2):
            gap = self.random.choice(["\u00a0", "  ", " \u00a0"])
            position = line.rindex(" ") if self.chance(0.5) else line.index(" ", 1)
            line = line[:position] + gap + line[position + 1 :]
        if line.strip() and self.chance(0.2):
            line += self.random.choice([" ", "\u00a0", "\t"])
        return line
