"""What review keeps in the database; one file each."""

from .decision import Decision
from .review import ReviewTask

__all__ = ["Decision", "ReviewTask"]
