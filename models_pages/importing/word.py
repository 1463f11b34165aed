"""Word documents (.docx) to HTML, by mammoth."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import mammoth

from .decoding import UnreadableSource
from .packages import open_package
from .pictures import Album, described

PICTURE = "import-picture:"
_STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='heading 1'] => h1:fresh
p[style-name='heading 2'] => h2:fresh
p[style-name='heading 3'] => h3:fresh
p[style-name='heading 4'] => h4:fresh
p[style-name='heading 5'] => h5:fresh
p[style-name='heading 6'] => h6:fresh
"""


def to_html(data: bytes, album: Album) -> tuple[str, list[str]]:
    """The document as HTML whose pictures are in the album, and codes of what was left out.

    Macros and embedded objects are not looked at; what the document refers to outside itself is
    not fetched. Raises UnreadableSource.
    """
    package = open_package(data)
    names = {name.lower() for name in package.namelist()}
    if not any(name.startswith("word/") for name in names):
        raise UnreadableSource("not_word")

    def take(image: Any) -> dict[str, str]:
        number = _take(image, album)
        return {"src": f"{PICTURE}{number}", "alt": described(image.alt_text)}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(take),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except RecursionError as error:
        raise UnreadableSource("unsafe") from error
    except (
        zipfile.BadZipFile, OSError, KeyError, ValueError, AttributeError, TypeError, IndexError,
    ) as error:  # mammoth trusts a document's structure  # fmt: skip
        raise UnreadableSource("damaged_document") from error
    left = []
    if any(name.endswith("vbaproject.bin") for name in names):
        left.append("macros_left")
    if any(name.startswith("word/embeddings/") for name in names):
        left.append("objects_left")
    return result.value, left


def _take(image: Any, album: Album) -> int:
    try:
        with image.open() as stream:
            return album.add(stream.read())
    except (zipfile.BadZipFile, OSError, KeyError, EOFError):
        return album.refuse("picture_unreadable")
    except ValueError:  # mammoth's way of saying that it lies outside the document
        return album.refuse("picture_elsewhere")
