"""What an editor's widgets write in another way is no correction."""

import pytest

from editorial.review.corrections import bare


@pytest.mark.parametrize(
    ("stored", "posted"),
    [
        ("<p>Text</p>", '<p data-block-key="a1b2c">Text</p>'),
        ("<p>A <strong>bold</strong> word</p>", "<p>A <b>bold</b> word</p>"),
        ("<p>An <em>odd</em>\n one</p>", "<p>An <i>odd</i> one</p>"),
        ("<p>One<br/>two</p>", "<p>One<br>two</p>"),
        ("<p>Ä &amp; ö</p>", "<p>&Auml; &amp; ö</p>"),
        (
            '[{"type": "paragraph", "value": "<p>T</p>", "id": "1"}]',
            '[{"type": "paragraph", "value": "<p data-block-key=\\"x\\">T</p>", "id": "2"}]',
        ),
        ([{"pk": 1, "name": "Maija"}], [{"pk": None, "name": "Maija"}]),
    ],
)
def test_reads_the_same(stored, posted):
    assert bare(stored) == bare(posted)


@pytest.mark.parametrize(
    ("stored", "posted"),
    [
        ("<p>Text</p>", "<p>Texts</p>"),
        ("<p>A word</p>", "<p>A <b>word</b></p>"),
        ("[1, 2]", "[2, 1]"),
        ('<a href="https://a.example/">x</a>', '<a href="https://b.example/">x</a>'),
        ([{"pk": 1, "name": "Maija"}], []),
        ("[not json", "[not json either"),
    ],
)
def test_reads_otherwise(stored, posted):
    assert bare(stored) != bare(posted)
