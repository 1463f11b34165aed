"""Pictures of a document that is imported: only real ones, of kinds and sizes that pages show."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

MAX_PICTURES = 60
MAX_BYTES = 10 * 1024 * 1024
MAX_ALL = 40 * 1024 * 1024
MAX_PIXELS = 25_000_000
KINDS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
MAX_ALT = 250

# Word writes these by itself; they describe nothing.
_AUTOMATIC = (
    "automaattisesti luotu kuvaus", "automatically generated", "automatiskt genererad",
    "kuva, joka sisältää", "kuvassa voi olla", "tekoälyn luoma sisältö",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and the ending of its kind."""

    data: bytes
    ending: str


@dataclass(slots=True)
class Album:
    """The pictures of one document, in order; what could not be taken is counted by reason."""

    pictures: list[Picture] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Keep a picture; its number, or -1 where it is refused."""
        reason = self._refusal(data)
        if isinstance(reason, str):
            self.refused.append(reason)
            return -1
        for number, picture in enumerate(self.pictures):
            if picture.data == data:
                return number  # the same logo on every page
        self.pictures.append(reason)
        return len(self.pictures) - 1

    def refuse(self, reason: str) -> int:
        """Count a picture that was not there to be read: ``picture_elsewhere`` and the like."""
        self.refused.append(reason)
        return -1

    def _refusal(self, data: bytes) -> str | Picture:
        size = sum(len(picture.data) for picture in self.pictures)
        if len(data) > MAX_BYTES or size + len(data) > MAX_ALL:
            return "picture_large"
        if len(self.pictures) >= MAX_PICTURES:
            return "picture_many"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=list(KINDS)) as image:
                    if image.width * image.height > MAX_PIXELS:
                        return "picture_large"
                    kind = image.format or ""
                    image.load()
        except Image.DecompressionBombError:
            return "picture_large"
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
            return "picture_unreadable"
        return Picture(data, KINDS[kind])


def described(alt: str | None) -> str:
    """A text alternative that a person wrote; "" for those that programs make."""
    words = " ".join((alt or "").split())
    return "" if any(mark in words.casefold() for mark in _AUTOMATIC) else words[:MAX_ALT]
