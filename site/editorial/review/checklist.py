"""The checklist of review: its questions, an editor's answers, and what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models.checklist import ChecklistQuestion

ANSWERS: dict[str, str | Promise] = {
    "yes": pgettext_lazy("answer to a question", "Yes"),
    "no": pgettext_lazy("answer to a question", "No"),
    "na": pgettext_lazy("answer to a question", "Does not apply"),
}
NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was answered; ``answer`` is a key of ``ANSWERS`` or empty."""

    question: ChecklistQuestion
    answer: str = ""
    note: str = ""

    @property
    def field(self) -> str:
        """The name of the answer in a form."""
        return f"answer-{self.question.pk}"

    @property
    def note_field(self) -> str:
        """The name of the note in a form."""
        return f"note-{self.question.pk}"

    @property
    def is_open(self) -> bool:
        """Whether approval waits for the answer."""
        return self.question.required and not self.answer


def questions(language: str) -> list[ChecklistQuestion]:
    """The questions for pages in a language; the Finnish ones where that language has none."""
    rows = list(ChecklistQuestion.objects.filter(language__in={language, "fi"}))
    return [row for row in rows if row.language == language] or rows


def asked(language: str, typed: Mapping[str, Any] | None = None) -> list[Asked]:
    """The questions with the answers that a form holds."""
    typed = typed or {}
    rows = []
    for question in questions(language):
        empty = Asked(question)
        answer = str(typed.get(empty.field) or "")
        note = str(typed.get(empty.note_field) or "").replace("\x00", "").strip()
        rows.append(Asked(question, answer if answer in ANSWERS else "", note[:NOTE_LENGTH]))
    return rows


def stored(answers: Sequence[Asked]) -> list[dict[str, str]]:
    """What the log keeps: each question in its words of today, its answer and note."""
    return [
        {"question": item.question.question, "answer": item.answer, "note": item.note}
        for item in answers
    ]


def told(checklist: Any) -> list[dict[str, Any]]:
    """What the log kept, with answers in words, for a person to read."""
    return [
        {
            "question": item.get("question", ""),
            "answer": ANSWERS.get(item.get("answer", ""), _("Not answered")),
            "note": item.get("note", ""),
        }
        for item in checklist or []
        if isinstance(item, dict)
    ]
