"""The colours of the public pages keep the contrast that the design promises."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "site" / "portal" / "static" / "portal" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "paper-sunk")
TEXTS = ("ink", "ink-soft", "link", "link-hover", "link-visited")


def _palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css))


LIGHT = _palette(TOKENS.split("@media")[0])
DARK = LIGHT | _palette(TOKENS.split("prefers-color-scheme: dark")[1].split("@media")[0])


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize("ground", GROUNDS)
    @pytest.mark.parametrize("text", TEXTS)
    def test_text_has_seven_to_one(self, palette, text, ground):
        assert _contrast(palette[text], palette[ground]) >= 7

    def test_text_of_a_button_has_seven_to_one(self, palette):
        assert _contrast(palette["on-link"], palette["link"]) >= 7

    @pytest.mark.parametrize("text", ["ink", "link"])
    def test_marked_words_are_readable(self, palette, text):
        assert _contrast(palette[text], palette["mark"]) >= 7

    @pytest.mark.parametrize("ground", GROUNDS)
    def test_edges_of_fields_are_seen(self, palette, ground):
        assert _contrast(palette["rule-firm"], palette[ground]) >= 3


def test_every_colour_of_the_public_sheets_is_a_token():
    """A colour written elsewhere would stay the same in the dark."""
    sheets = [file for file in CSS.glob("*.css") if "@layer" in file.read_text(encoding="utf-8")]
    assert len(sheets) > 5
    for sheet in sheets:
        if sheet.name in {"tokens.css", "print.css"}:
            continue
        literal = re.search(
            r":[^;{]*(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()[^;{]*;",
            sheet.read_text(encoding="utf-8"),
        )
        assert literal is None, f"{sheet.name}: {literal and literal.group()}"
