"""What review keeps in the database; one file each."""

from .assignment import Assignment
from .checklist import ChecklistQuestion
from .decision import Decision
from .importing import ImportInProgress, PictureInProgress
from .phrase import ReviewPhrase
from .review import ReviewTask

__all__ = [
    "Assignment",
    "ChecklistQuestion",
    "Decision",
    "ImportInProgress",
    "PictureInProgress",
    "ReviewPhrase",
    "ReviewTask",
]
