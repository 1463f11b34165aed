"""Words that editors keep for search: other words for what readers ask, and the field's own."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_LINES = 30
MAX_LINE = 120
MAX_WORDS = 5
MAX_WORD = 80
# Letters, with hyphens between them.
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something, each once, spaces put right."""
    found = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in found if line))


class SearchSynonym(models.Model):
    """Other words to search for, where readers use ones that no model does."""

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="fi"
    )
    words = models.TextField(
        _("what readers search for"),
        help_text=_(
            "One word or expression a line, in its base form: its other forms are found too."
        ),
    )
    other_words = models.TextField(
        _("what to search for as well"),
        help_text=_("Words that the models use for the same, one word or expression a line."),
    )
    both_ways = models.BooleanField(
        _("also the other way round"),
        default=True,
        help_text=_("Leave this out where the second is wider than the first: who searches for "
                    "exercise need not find floorball."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("synonym for searches")
        verbose_name_plural = _("synonyms for searches")
        ordering = ["language", "words", "pk"]

    def __str__(self) -> str:
        return ", ".join(lines(self.words))

    @property
    def others(self) -> str:
        """What to search for as well, in one line."""
        return ", ".join(lines(self.other_words))

    def clean(self) -> None:
        """Refuse what would never be met, and put lines in order."""
        errors: dict[str, Any] = {}
        for name in ("words", "other_words"):
            if not getattr(self, name):
                # That nothing is written there is told by the field itself.
                continue
            kept = lines(getattr(self, name))
            setattr(self, name, "\n".join(kept))
            message = _wrong(kept)
            if message:
                errors[name] = message
        if errors:
            raise ValidationError(errors)
        same = {line.lower() for line in lines(self.words)}.intersection(
            line.lower() for line in lines(self.other_words)
        )
        if same:
            raise ValidationError(
                {"other_words": _("“%(word)s” stands in both lists.") % {"word": min(same)}}
            )


def _wrong(kept: tuple[str, ...]) -> Any:
    if not any(any(c.isalnum() for c in line) for line in kept):
        return _("Write at least one word.")
    if len(kept) > MAX_LINES:
        return _("At most %(number)d lines.") % {"number": MAX_LINES}
    for line in kept:
        if len(line) > MAX_LINE or len(line.split()) > MAX_WORDS:
            return _("“%(line)s” is too long: at most %(number)d words a line.") % {
                "line": line[:MAX_LINE],
                "number": MAX_WORDS,
            }
    return None


class OwnWord(models.Model):
    """A Finnish word of the field that no dictionary has, in its base form.

    Where search only guesses what an inflected word's base form is, it prefers one of these.
    """

    word = models.CharField(
        _("word in its base form"),
        max_length=MAX_WORD,
        unique=True,
        help_text=_("One Finnish word in its base form and small letters, such as kohtaamokaveri. "
                    "Search then knows its other forms: kohtaamokaverien, kohtaamokaverille."),
        error_messages={"unique": _("The word is on the list already.")},
    )  # fmt: skip

    class Meta:
        verbose_name = _("own word of the field")
        verbose_name_plural = _("own words of the field")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """One word in small letters."""
        self.word = self.word.strip().lower()
        if not _WORD.fullmatch(self.word):
            raise ValidationError(
                {"word": _("Write one word: letters, and hyphens between them, nothing else.")}
            )
