import pytest

from models_pages.importing.decoding import MAX_BYTES, UnreadableSource, decode

TEXT = "Hyvinvointialueen yhteistyöryhmä – äiti, öljy ja Åland\nToimintaympäristö **\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_text_is_read_in_the_encodings_that_browsers_and_editors_save(encoding):
    text = TEXT.replace("–", "-") if encoding == "latin-1" else TEXT
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\ufeff\u200b\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"%PDF-1.7 \n", "binary"),
        (b"PK\x03\x04 word/document.xml", "binary"),
        (bytes(range(256)), "binary"),
        (b"\xff\xfe\x00", "binary"),
        (b"\xff\xd8\xff\xe0 JFIF", "binary"),
        (b"\xc3\x28", "binary"),
        (b"text\x00text", "binary"),
        (TEXT.encode()[:30] + b"\xe4" + TEXT.encode()[30:], "damaged"),
        (b"123 456 --- \n", "no_words"),
        (b"<!DOCTYPE html>\n<html><body>x", "markup"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_page_text_says_why(data, code):
    with pytest.raises(UnreadableSource) as caught:
        decode(data)
    assert caught.value.code == code
