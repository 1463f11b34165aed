"""Which line of a page text is a heading or a label. Finnish: it is the source's own wording."""

from __future__ import annotations

import datetime as dt
import re

# The headings as the source prints them, by section kind; the first is today's.
SECTION_HEADINGS: dict[str, tuple[str, ...]] = {
    "environment": ("Toimintaympäristö",),
    "starting_point": ("Lähtötilanne ja strategiset liittymäkohdat",),
    "needs": (
        "Kehitystyön lähtökohtana olevat tarpeet",
        "Kehittämistyön lähtökohtana olevat tarpeet",
    ),
    "developers": ("Kehittäjäjoukon kokoaminen ja yhteiskehittäminen",),
    "intended_change": ("Tavoiteltu muutos",),
    "measuring": ("Muutoksen mittaaminen",),
    "target_group": ("Kohderyhmä ja asiakasymmärrys",),
    "ideas": ("Ideointi ja ratkaisun valinta",),
    "trial": ("Kokeilun toteutus ja havainnot",),
    "basic_idea": ("Ratkaisun perusidea",),
    "conditions": ("Toimivuuden ja käyttöönoton ehdot",),
    "tips": ("Vinkit toimintamallin soveltajille",),
    "evaluation": ("Arvioinnin tulokset tiivistettynä",),
}

# Labels of single values and of what stands around the sections, by field. Those of several
# words are hardly ever a line of somebody's prose, so they count anywhere on the page.
LABELS: dict[str, tuple[str, ...]] = {
    "basics": ("Perustiedot",),
    "name": ("Toimintamallin nimi",),
    "short_description": ("Toimintamallin lyhyt kuvaus", "Lyhyt kuvaus"),
    "place": ("Toteutuspaikka", "Toimintamallin toteutuspaikka"),
    "regions": (
        "Paikkakunta, maakunta tai hyvinvointialue",
        "Paikkakunta, maakunta, hyvinvointialue",
    ),
    "funders": ("Toimintamallin rahoittaja", "Toimintamallin rahoittajat", "Rahoittaja"),
    "collections": ("Toimintamallin kokonaisuus", "Toimintamallin kokonaisuudet", "Kokonaisuus"),
    "networks": ("Toimintamallin verkosto", "Toimintamallin verkostot", "Verkosto"),
    "organisations": ("Toimintamallin organisaatio", "Organisaatio", "Organisaatiot"),
    "authors": ("Tekijä", "Tekijät", "Toimintamallin tekijä", "Toimintamallin tekijät"),
    "created_on": ("Luotu",),
    "edited_on": ("Viimeksi muokattu",),
    "cover": ("Kansikuva",),
    "phase": ("Kehittämisen vaihe",),
    "attachments": ("Liitteet", "Liitteet ja linkit"),
    "picture": ("Kuva", "Kuvat"),
}

PHASES: dict[str, str] = {
    "idea": "idea",
    "ideointi": "idea",
    "ideointivaihe": "idea",
    "suunnittelu": "planning",
    "suunnitteilla": "planning",
    "suunnitteluvaihe": "planning",
    "kehitteillä": "planning",
    "kehittäminen": "planning",
    "kokeilu": "trial",
    "kokeilussa": "trial",
    "kokeiluvaihe": "trial",
    "pilotointi": "trial",
    "käytössä": "in_use",
    "käyttöönotto": "in_use",
    "otettu käyttöön": "in_use",
    "valmis": "established",
    "vakiintunut": "established",
    "vakiinnutettu": "established",
}

_KINDS = {h.casefold(): kind for kind, texts in SECTION_HEADINGS.items() for h in texts}
_LABELS = {text.casefold(): field for field, texts in LABELS.items() for text in texts}
_LONGEST = max(map(len, (*_KINDS, *_LABELS)))

_BY_LENGTH = sorted((h for texts in SECTION_HEADINGS.values() for h in texts), key=len)[::-1]
_STARRED = re.compile(rf"({'|'.join(map(re.escape, _BY_LENGTH))})\s*\*\*+")
_ENDINGS = sorted([*_BY_LENGTH, *(h for texts in LABELS.values() for h in texts)], key=len)[::-1]
_MOST_GLUED = 3
# Words that also end or begin ordinary compounds and sentences: cut off only after a full stop.
_WEAK = {"Kuva", "Kuvat", "Tekijä", "Tekijät", "Verkosto", "Kokonaisuus", "Rahoittaja"}
_WEAK |= {"Organisaatio", "Organisaatiot", "Lyhyt kuvaus", "Perustiedot", "Toteutuspaikka"}
_SENTENCE_END = re.compile(r"[.!?…][)\"”»’']?$")
_CITING = re.compile(
    r"(?:\b(?:ks|kts|katso|lue|vrt|osio\w*|osa\w*|otsik\w*|luku|luvu\w*|koh[td]\w*)[.:]?|[,:;–-]|\bja)$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b(?:ks|kts|esim|mm|ym|yms|jne|vrt|em|ns|nk|n|s|ent)\.$", re.IGNORECASE
)

_DATE = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
_TIME = r"(?:\s*(?:klo|-|,)?\s*\d{1,2}[.:]\d{2})?"
_DATE_LINE = re.compile(rf"({_DATE}|\d{{4}}-\d{{2}}-\d{{2}}){_TIME}")
_DATED = re.compile(rf"(Luotu|Viimeksi muokattu)\s*({_DATE})\s*")
_DATES_LINE = re.compile(rf"(?:(?:Luotu|Viimeksi muokattu)\s*{_DATE}\s*)+")


def bare(text: str) -> str:
    """A line as headings are compared: without its stars and a colon, in lower case."""
    return text.strip("* ").rstrip(": ").casefold()


def section_of(text: str) -> str:
    """The section kind whose heading the line is; "" where it is none."""
    return _KINDS.get(bare(text), "") if len(text) <= _LONGEST + 8 else ""


def label_of(text: str) -> str:
    """The field whose label the line is; "" where it is none."""
    return _LABELS.get(bare(text), "") if len(text) <= _LONGEST + 8 else ""


def labelled_value(text: str) -> tuple[str, str]:
    """The field and the value of a line such as “Rahoittaja: Kotisäätiö”; ("", "") of others."""
    before, colon, value = text.partition(":")
    field = label_of(before) if colon else ""
    value = value.strip("* ")
    return (field, value) if field and value else ("", "")


def is_starred(text: str) -> bool:
    """Whether the line ends like a heading of the source's summary view."""
    return text.endswith("**") and 2 < len(text) <= 150 and not text.startswith("**")


def phase_of(text: str) -> str:
    """The key of the phase that the line names; "" where it names none."""
    return PHASES.get(bare(text), "") if len(text) <= 40 else ""


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= 40 and _DATE_LINE.fullmatch(text) is not None


def date_of(text: str) -> dt.date | None:
    """The date of a line such as 04.11.2021 or 11.9.2025; None where there is no such day."""
    match = _DATE_LINE.fullmatch(text) if len(text) <= 40 else None
    if match is None:
        return None
    day = match[1].replace(" ", "")
    try:
        if "-" in day:
            return dt.date.fromisoformat(day)
        return dt.date(*(int(part) for part in reversed(day.split("."))))
    except ValueError:
        return None


def split_glued(text: str) -> list[str]:
    """The line's pieces, where headings, labels or dates have run into it."""
    if len(text) <= 200 and _DATES_LINE.fullmatch(text):
        return [part for pair in _DATED.findall(text) for part in pair]
    pieces = _STARRED.split(text)
    result = []
    for index, piece in enumerate(pieces):
        if index % 2:
            result.append(f"{piece} **")
        elif piece := piece.strip():
            result.extend(_split_end(piece))
    return result


def _split_end(text: str) -> list[str]:
    found: list[str] = []
    for _step in range(_MOST_GLUED):
        ending = next(
            (h for h in _ENDINGS if text.endswith(h) and _is_glue(text[: -len(h)], h)), None
        )
        if ending is None:
            break
        found.append(ending)
        text = text[: -len(ending)].rstrip()
    return [text, *reversed(found)]


def _is_glue(before: str, heading: str) -> bool:
    """Whether a heading at the end of a line has run into it, rather than belonging to it."""
    if not before:
        return False
    last = before[-1]
    rest = before.rstrip()
    if last != " ":
        ends = last in ".!?…)”»" or last.isdigit()
        return ends or (last.islower() and heading not in _WEAK)
    if is_date(rest):
        return True
    if " " not in heading or heading in _WEAK:
        return False
    tail = rest[-20:]
    if len(rest) < 20 or _ABBREVIATION.search(tail):
        return False
    # Words as long and as particular as these are in running text only where they are cited.
    particular = heading.count(" ") > 1 and not _CITING.search(tail)
    return particular or _SENTENCE_END.search(tail) is not None
