"""Whatever the form of the page text, all of it is in the draft, in its place and in order."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from models_pages.importing.reader import read_model
from tests.unit.importing.page_texts import HEADINGS, PageText

LABELS = {
    "perustiedot", "toimintamallin nimi", "toimintamallin lyhyt kuvaus", "toteutuspaikka",
    "paikkakunta, maakunta tai hyvinvointialue", "toimintamallin rahoittaja", "tekijä", "luotu",
    "toimintamallin kokonaisuus", "viimeksi muokattu", "kansikuva", "kehittämisen vaihe",
    "liitteet", "kuva", *(heading.casefold() for heading in HEADINGS.values()),
}  # fmt: skip
ICON = re.compile(r"icon/\S+ Created with Sketch\.")


class Reading(HTMLParser):
    """Rich text as its reader sees it: lines, and the number that a list shows before one."""

    def __init__(self, html):
        super().__init__()
        self.lines = [""]
        self.numbers = {}
        self.lists = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in {"ul", "ol"}:
            self.lists.append([tag, 0])
        if tag in {"p", "br", "li"}:
            self.lines.append("")
        if tag == "li":
            self.lists[-1][1] += 1

    def handle_endtag(self, tag):
        if tag in {"ul", "ol"}:
            self.lists.pop()
        if tag in {"p", "li", "ul", "ol"}:
            self.lines.append("")

    def handle_data(self, data):
        begins = not self.lines[-1]
        self.lines[-1] += data
        if begins and self.lists and self.lists[-1][0] == "ol":
            self.numbers.setdefault(id(self.lists[-1]), {})[len(self.lines) - 1] = self.lists[-1][1]


def norm(text):
    return " ".join(text.replace("**", "").split())


def unmarked(text):
    return re.sub(r"^(?:[•-]\s*|\d{1,3}[.)]\s+)", "", norm(text))


def read_lines(blocks):
    """What the blocks say, a line at a time, and the number that each line shows."""
    lines, numbers = [], {}
    for block in blocks:
        if block.heading:
            lines.append(norm(block.heading))
        reading = Reading(block.html)
        shown = {line: n for found in reading.numbers.values() for line, n in found.items()}
        for index, line in enumerate(reading.lines):
            if not line.strip():
                continue
            written = re.match(r"(\d{1,3})[.)]\s", line)
            numbers[unmarked(line)] = int(written[1]) if written else shown.get(index)
            lines.append(unmarked(line))
    return lines, numbers


def all_lines(model):
    html = [model.short_description]
    lines = [model.title, model.place, model.cover_caption, *model.regions, *model.funders]
    lines += [author.name for author in model.authors] + [a.contact for a in model.authors]
    lines += [model.source_url, *model.unplaced]
    for date in (model.created_on, model.edited_on):
        if date:
            lines += [f"{date:%d.%m.%Y}", f"{date.day}.{date.month}.{date.year}"]
    found = [unmarked(line) for text in lines for line in text.split("\n")]
    found += [unmarked(line) for text in html for line in Reading(text).lines]
    for heading, blocks in model.further_sections:
        found += [norm(heading), *read_lines(blocks)[0]]
    for blocks in model.sections.values():
        found += read_lines(blocks)[0]
    return found


def lost(text, model):
    """The lines of the text that the model holds nowhere."""
    held = set(all_lines(model))
    missing = []
    for raw in re.split(r"\r\n|\r|\n", text.replace("\ufeff", "")):
        line = unmarked(ICON.sub("", norm(raw)))
        if not line or line.casefold() in LABELS or line in {"Valmis", "Kokeilu", "Idea"}:
            continue
        if any(line.endswith(heading) for heading in HEADINGS.values()):
            continue  # run together; its words are compared by section
        if line not in held and line not in norm(model.cover_caption):
            missing.append(line)
    return missing


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_a_page_in_any_form_is_read_whole(start):
    for seed in range(start, start + 100):
        page = PageText(seed)
        expected = page.expected
        model = read_model(page.text, "nimi")
        context = f"seed {seed}, {page.form}"

        assert model.title == expected.title, context
        said = [norm(line) for line in Reading(model.short_description).lines if line]
        assert said == [norm(line) for line in expected.description], context
        assert model.place.split("\n") == (expected.place or [""]), context
        assert model.regions == expected.regions, context
        assert model.funders == expected.funders, context
        assert [author.name for author in model.authors] == expected.authors, context
        assert str(model.created_on or "") == expected.created_on, context
        assert str(model.edited_on or "") == expected.edited_on, context
        assert model.phase == expected.phase, context
        assert model.cover_caption == expected.caption, context
        assert list(model.sections) == [k for k, v in expected.sections.items() if v], context
        assert model.unplaced == [], context
        for kind, lines in expected.sections.items():
            found, numbers = read_lines(model.sections.get(kind, []))
            found = [line for line in found if line not in {"Liitteet", "Kuva"}]
            assert found == [norm(line) for line in lines], f"{context}, {kind}"
            for line, number in expected.numbers.items():
                if line in lines:
                    assert numbers[norm(line)] == number, f"{context}, {kind}: {line}"
        assert lost(page.text, model) == [], context


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_a_page_without_its_headings_loses_nothing(start):
    for seed in range(start, start + 100):
        page = PageText(seed)
        kept = [
            line
            for line in page.lines
            if norm(line).casefold() not in LABELS and "Perustiedot" not in line
        ]
        text = "\n".join(kept)
        if any(heading in text for heading in HEADINGS.values()):
            continue
        model = read_model(text, "nimi")
        assert model.title == page.expected.title
        assert not model.sections
        assert lost(text, model) == [], f"seed {seed}"
        source = [norm(ICON.sub("", norm(line))) for line in kept if line.strip()]
        described = [line for line in Reading(model.short_description).lines if line]
        # What the source says twice, and the phase, which its icon gives away.
        told = {model.title, *described, "Valmis", "Kokeilu", "Idea"}
        assert [line for line in source if line not in told] == [
            norm(line) for line in model.unplaced
        ], f"seed {seed}"


def test_the_seeds_are_read_whole(seeds):
    for path in seeds:
        text = path.read_text(encoding="utf-8")
        model = read_model(text, path.stem)
        assert lost(text, model) == []
        assert model.unplaced == []


@pytest.mark.parametrize("seed", range(50))
def test_a_page_with_lines_torn_out_loses_nothing(seeds, seed):
    import random

    chance = random.Random(seed)
    for path in seeds:
        lines = [
            line for line in path.read_text(encoding="utf-8").splitlines() if chance.random() > 0.15
        ]
        text = "\n".join(lines)
        assert lost(text, read_model(text, path.stem)) == [], f"seed {seed}"


@pytest.mark.parametrize("seed", range(50))
def test_a_page_in_any_order_loses_nothing(seeds, seed):
    import random

    chance = random.Random(seed)
    for path in seeds:
        lines = path.read_text(encoding="utf-8").splitlines()
        chance.shuffle(lines)
        text = "\n".join(lines)
        model = read_model(text, path.stem)
        assert lost(text, model) == [], f"seed {seed}"
        source = iter(norm(ICON.sub("", norm(line))) for line in lines)
        assert all(norm(line) in source for line in model.unplaced), f"seed {seed}: order"
