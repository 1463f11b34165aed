"""Zip packages (Word, OpenDocument) from strangers: opened only where that is harmless.

Nothing is unpacked to disk, so names of parts cannot lead anywhere; what is dangerous is size,
entities in the XML, and time.
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from .decoding import UnreadableSource

MAX_PARTS = 3_000
MAX_PACKAGE = 80_000_000  # bytes unpacked, pictures included
MAX_XML = 10_000_000  # of one part
# The readers take up to 0.1 ms an element: a document of a hundred pages has some 50,000.
MAX_ELEMENTS = 200_000
MAX_DEPTH = 200
_SPARES = 1_000_000  # no part so small is a bomb, however well it is packed
MAX_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_ole(data: bytes) -> bool:
    """Whether it is Microsoft's older container: an old document, or one behind a password."""
    return data.startswith(_OLE)


def is_encrypted_ole(data: bytes) -> bool:
    """Whether the container holds a newer document behind a password."""
    return is_ole(data) and "EncryptedPackage".encode("utf-16-le") in data


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, looked through: sizes, passwords, and no document type in any XML of it.

    Raises UnreadableSource: ``damaged_document``, ``protected``, ``too_long``, ``unsafe``.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableSource("damaged_document") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_PACKAGE:
        raise UnreadableSource("unsafe")
    for part in parts:
        if part.flag_bits & 0x1:
            raise UnreadableSource("protected")
        packed = max(1, part.compress_size)
        if part.file_size > _SPARES and part.file_size / packed > MAX_RATIO:
            raise UnreadableSource("unsafe")
        if part.filename.lower().endswith((".xml", ".rels")):
            _look_through(package, part)
    return package


def _look_through(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse entities, endless nesting and endless length.

    No office program writes a document type, and bombs are made of them.
    """
    if part.file_size > MAX_XML:
        raise UnreadableSource("unsafe")
    try:
        # The size in the directory may lie: no more than it says is read.
        with package.open(part) as stream:
            content = stream.read(part.file_size + 1)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise UnreadableSource("damaged_document") from error
    except RuntimeError as error:  # zipfile's own way of asking for a password
        raise UnreadableSource("protected") from error
    if not content.strip():
        return
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*arguments: object) -> None:
        raise UnreadableSource("unsafe")

    counted = depth = 0

    def begin(*arguments: object) -> None:
        nonlocal counted, depth
        counted, depth = counted + 1, depth + 1
        if depth > MAX_DEPTH:
            raise UnreadableSource("unsafe")
        if counted > MAX_ELEMENTS:
            raise UnreadableSource("too_long")

    def end(*arguments: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableSource("damaged_document") from error
