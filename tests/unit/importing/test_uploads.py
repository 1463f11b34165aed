"""Files and pasted texts become pieces: nothing is lost, and what is hostile is refused."""

import base64
import io
import os
import re
import zipfile
from collections import Counter

import pytest
from PIL import Image

from models_pages.importing.decoding import UnreadableSource
from models_pages.importing.pieces import Piece
from models_pages.importing.uploads import MAX_UPLOAD, read_file, read_pasted
from tests import documents_made as made

LONG = "Yhteistyö alkoi kunnan ja järjestöjen tapaamisesta, jossa sovittiin työnjaosta vuodeksi."


def png(width=40, height=30):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#1d5c63").save(out, "PNG")
    return out.getvalue()


def code_of(name, data):
    with pytest.raises(UnreadableSource) as caught:
        read_file(name, data, {})
    return caught.value.code


def kinds(reading):
    return [(piece.kind, piece.place) for piece in reading.arranged.pieces]


def words(text):
    return sorted(re.findall(r"\w+", text))


WORD = made.docx(
    made.paragraph("Perhetuki", "Otsikko"),
    made.paragraph("Malli, jossa kunta ja järjestöt tukevat perheitä yhdessä."),
    made.paragraph("Rahoittaja: Kotisäätiö"),
    made.paragraph("Ryhmä kokoontui ensin."),
    made.paragraph("1. Toimintaympäristö", "Otsikko1"),
    made.paragraph(LONG),
    made.paragraph("Kunnan rooli", "Otsikko2"),
    made.paragraph("ensimmäinen kohta", listed=True),
    made.paragraph("toinen kohta", listed=True),
    made.table([["Vuosi", "Perheitä"], ["2020", "14"]]),
    made.drawing("rId20", "Kaavio yhteistyöstä"),
    made.paragraph("Tavoitteet", "Otsikko1"),
    made.paragraph("Lihavoitu tavoite ja muuta.", bold=True),
    made.linked("Lue lisää"),
    made.paragraph("Hankkeen hallinto", "Otsikko1"),
    made.paragraph("Ohjausryhmä kokoontui."),
    pictures=[png()],
    link="https://example.org/lue?a=1&amp;b=2",
)


def test_a_word_document_in_pieces():
    reading = read_file("03_malli.docx", WORD, {})
    model = reading.arranged.model
    assert model.title == "Perhetuki"
    assert model.funders == ["Kotisäätiö"]
    assert "tukevat perheitä" in model.short_description
    assert "Ryhmä kokoontui ensin." in model.short_description
    assert kinds(reading) == [
        ("text", "environment"), ("heading", "environment"), ("list", "environment"),
        ("table", "environment"), ("image", "environment"),
        ("heading", "intended_change"), ("text", "intended_change"), ("text", "intended_change"),
        ("text", "own-0"),
    ]  # fmt: skip
    pieces = reading.arranged.pieces
    assert pieces[2].html == "<ul><li>ensimmäinen kohta</li><li>toinen kohta</li></ul>"
    assert pieces[3].rows == (("Vuosi", "Perheitä"), ("2020", "14"))
    assert (pieces[4].picture, pieces[4].alt) == (0, "Kaavio yhteistyöstä")
    assert "<b>Lihavoitu tavoite ja muuta.</b>" in pieces[6].html
    assert '<a href="https://example.org/lue?a=1&amp;b=2">Lue lisää</a>' in pieces[7].html
    assert reading.arranged.own_headings == ["Hankkeen hallinto"]
    assert [picture.ending for picture in reading.pictures] == ["png"]


def test_an_opendocument_text_in_pieces():
    content = (
        '<text:h text:outline-level="1">Toimintaympäristö</text:h>'
        '<text:p>Kunta <text:span text:style-name="T1">ja järjestöt</text:span>'
        '<text:s text:c="2"/>yhdessä<text:line-break/>vuosittain.</text:p>'
        "<text:list><text:list-item><text:p>kohta yksi</text:p></text:list-item>"
        "<text:list-item><text:p>kohta kaksi</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p><draw:frame><draw:image xlink:href="Pictures/0.png"/>'
        "<svg:desc>Kaavio</svg:desc></draw:frame></text:p>"
        '<text:p><text:a xlink:href="https://example.org/">Lue</text:a></text:p>'
    )
    reading = read_file("malli.odt", made.odt(content, pictures=[png()]), {})
    pieces = reading.arranged.pieces
    assert [piece.kind for piece in pieces] == ["text", "list", "table", "image", "text"]
    assert {piece.place for piece in pieces} == {"environment"}
    assert pieces[0].html == "<p>Kunta <b>ja järjestöt</b> yhdessä<br/>vuosittain.</p>"
    assert pieces[1].html == "<ul><li>kohta yksi</li><li>kohta kaksi</li></ul>"
    assert pieces[2].rows == (("A", "B"), ("1", "2"))
    assert (pieces[3].picture, pieces[3].alt) == (0, "Kaavio")
    assert pieces[4].html == '<p><a href="https://example.org/">Lue</a></p>'


PAGE = f"""<!doctype html><html><head><title>Otsikko</title><style>p{{}}</style></head><body>
<h1>Perhetuki</h1><script>alert("paha")</script>
<h2>Ratkaisun perusidea</h2><p onclick="alert(1)">Idea on <em>yksi</em> <strong>tärkeä</strong>
asia.<img src="data:image/png;base64,{base64.b64encode(png()).decode()}" alt="Kuvio">
<img src="https://example.org/seuranta.gif"></p>
<p><a href="javascript:alert(1)">Paha linkki</a> <a href="https://example.org/">hyvä</a></p>
<ol><li>eka<ul><li>sisäkkäinen</li></ul></li><li>toka</li></ol>
<iframe src="https://example.org/"></iframe><blockquote>Sanottu.</blockquote>
</body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_web_page_in_pieces_without_its_scripts(encoding):
    reading = read_file("sivu.html", PAGE.encode(encoding), {})
    pieces = reading.arranged.pieces
    assert reading.arranged.model.title == "Perhetuki"
    assert [piece.kind for piece in pieces] == ["text", "image", "text", "list", "text"]
    html = "".join(piece.html for piece in pieces)
    assert "alert" not in html
    assert "javascript" not in html
    assert "onclick" not in html
    assert "Paha linkki" in html
    assert pieces[3].html == ("<ol><li>eka<ul><li>sisäkkäinen</li></ul></li><li>toka</li></ol>")
    codes = [note.code for note in reading.arranged.notes]
    assert "picture_elsewhere" in codes  # and nobody asked example.org for it


def test_no_word_is_lost():
    """Every word of the document's body is in a piece, in the basics, or a section's own name."""
    reading = read_file("malli.docx", WORD, {})
    arranged = reading.arranged
    told = " ".join(
        [
            arranged.model.title, arranged.model.short_description, *arranged.model.funders,
            *arranged.own_headings, *(piece.text for piece in arranged.pieces),
            "1. Toimintaympäristö Rahoittaja",  # the section's heading and the field's label
        ]
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(WORD)) as package:
        body = package.read("word/document.xml").decode()
    source = " ".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", body)) + " Kaavio yhteistyöstä"
    assert set(words(source)) <= set(words(told))
    # Not only each word, but each as often as it is written.
    assert not Counter(words(source)) - Counter(words(told))


def test_a_form_of_labels_is_taken_apart():
    data = made.docx(
        made.table(
            [
                ["Toimintamallin nimi", "Perhetuki"],
                ["Rahoittaja", "Kotisäätiö"],
                ["Toimintaympäristö", LONG],
                ["Kohderyhmä ja asiakasymmärrys", "Perheet."],
            ]
        )
    )
    arranged = read_file("malli.docx", data, {}).arranged
    assert (arranged.model.title, arranged.model.funders) == ("Perhetuki", ["Kotisäätiö"])
    assert [(piece.place, piece.text) for piece in arranged.pieces] == [
        ("environment", LONG), ("target_group", "Perheet."),
    ]  # fmt: skip


def test_headings_in_other_languages_and_bold_lines_count():
    data = made.docx(
        made.paragraph("Perhetuki", "Otsikko"),
        made.paragraph("Målgrupp", bold=True),
        made.paragraph("Familjer."),
        made.paragraph("Arviointi:", bold=True),
        made.paragraph("Tulos."),
    )
    arranged = read_file("malli.docx", data, {"målgrupp": "target_group"}).arranged
    assert [(piece.kind, piece.place) for piece in arranged.pieces] == [
        ("text", "target_group"), ("heading", "evaluation"), ("text", "evaluation"),
    ]  # fmt: skip


def test_without_any_known_heading_all_is_shown_without_a_place():
    data = made.docx(*(made.paragraph(f"{LONG} {number}.") for number in range(4)))
    arranged = read_file("7. perhetuki.docx", data, {}).arranged
    assert arranged.model.title == "Perhetuki"
    text = arranged.model.short_description + "".join(p.text for p in arranged.pieces)
    assert all(f"{number}." in text for number in range(4))
    assert {piece.place for piece in arranged.pieces} == {"unplaced"}


def test_plain_text_and_pasted_rich_text():
    text = f"Perhetuki\n\nToimintaympäristö\n\n{LONG}\n\n- yksi\n- kaksi\n\nTuntematon\n"
    reading = read_pasted(text, "", {})
    assert kinds(reading) == [
        ("text", "environment"),
        ("list", "environment"),
        ("text", "environment"),
    ]
    rich = read_pasted("ohitetaan", "<h2>Toimintaympäristö</h2><p>Kunta <b>ja</b></p>", {})
    assert rich.arranged.pieces[0].html == "<p>Kunta <b>ja</b></p>"


def test_a_piece_survives_being_kept():
    for piece in read_file("malli.docx", WORD, {}).arranged.pieces:
        assert Piece.from_json(piece.as_json()) == piece


# What is refused ----------------------------------------------------------------------------

X = made.paragraph("x")
HIDDEN = made.odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>")
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "empty"),
        ("a.txt", b"   \n", "empty"),
        ("a.html", b"<html><body><script>1</script></body></html>", "empty"),
        ("a.docx", made.docx(), "empty"),
        ("a.docx", made.docx(made.paragraph("&amp;a;"), prolog=BOMB), "unsafe"),
        ("a.docx", made.docx(made.paragraph("x"), prolog=OUTSIDE), "unsafe"),
        ("a.odt", made.odt("<text:p>x</text:p>", prolog=BOMB), "unsafe"),
        ("a.docx", made.docx(X, parts={"word/a.bin": b"0" * 30_000_000}), "unsafe"),
        ("a.docx", made.docx(X, parts={"word/a.xml": b" " * 11_000_000}), "unsafe"),
        ("a.docx", made.docx("<w:p>" * 20_000 + "</w:p>" * 20_000), "unsafe"),
        ("a.odt", made.odt("<text:span>" * 20_000 + "</text:span>" * 20_000), "unsafe"),
        ("a.docx", made.docx("".join(f"<w:p>{n}</w:p>" for n in range(210_000))), "too_long"),
        ("a.docx", made.docx("<w:p>"), "damaged_document"),
        ("a.docx", made.docx(made.paragraph("x"))[:-60], "damaged_document"),
        ("a.docx", b"PK\x03\x04" + b"rubbish" * 100, "damaged_document"),
        ("a.docx", made.package({"x.txt": "x"}), "not_word"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected"),
        ("a.doc", OLE, "old_word"),
        ("a.docm", made.docx(made.paragraph("x")), "with_macros"),
        ("a.odt", HIDDEN, "protected"),
        ("a.docx", b"%PDF-1.7", "pdf"),
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.exe", b"MZ\0\0", "unknown_ending"),
        ("a", b"teksti", "unknown_ending"),
        ("a.docx", "Tekstiä vain.".encode(), "wrong_ending"),
        ("a.txt", made.docx(made.paragraph("x")), "wrong_ending"),
        ("a.docx", made.odt("<text:p>x</text:p>"), "wrong_ending"),
        ("a.html", b"ei sivu", "wrong_ending"),
        ("a.txt", b"MZ\0\0\1\2\3" * 50, "binary"),
        ("a.txt", b"sana " * 2_000_000, "too_large"),
        ("a.html", b"<html><p>" + b"sana " * 2_000_000, "too_long"),
        ("a.html", b"<html>" + b"<p>a</p>" * 5_000, "too_long"),
        ("a.html", b"<html><p>" + b"<b>a</b>" * 250_000, "too_long"),
        ("a.docx", b"PK" + b"\0" * MAX_UPLOAD, "upload_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_says_why(name, data, code):
    assert code_of(name, data) == code


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "span", "blockquote"])
def test_a_page_nested_without_end_is_refused(tag):
    page = f"<html><body>{f'<{tag}>' * 30_000}x"
    assert code_of("a.html", page.encode()) in {"unsafe", "damaged_document"}


def test_macros_and_embedded_objects_are_left_out_and_told():
    parts = {"word/vbaProject.bin": b"\0", "word/embeddings/oleObject1.bin": b"\0"}
    reading = read_file("a.docx", made.docx(made.paragraph("x"), parts=parts), {})
    codes = [note.code for note in reading.arranged.notes]
    assert {"macros_left", "objects_left"} <= set(codes)


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/kuva.png", "file:///etc/passwd"])
def test_a_picture_elsewhere_is_not_fetched(target, monkeypatch):
    monkeypatch.setattr("urllib.request.urlopen", lambda *a, **k: pytest.fail("fetched"))
    body = made.paragraph("x") + made.drawing("rId10", outside=True)
    reading = read_file("a.docx", made.docx(body, outside=target), {})
    assert "picture_elsewhere" in [note.code for note in reading.arranged.notes]
    assert not reading.pictures


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a rubbish", "picture_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "picture_unreadable"),
        (png(6000, 5000), "picture_large"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(11_000_000), "picture_large"),
    ],
)
def test_only_real_pictures_of_a_fitting_size_are_taken(data, code):
    body = made.paragraph("x") + made.drawing("rId20")
    reading = read_file("a.docx", made.docx(body, pictures=[data]), {})
    assert not reading.pictures
    assert code in [note.code for note in reading.arranged.notes]
