"""What review keeps in the database; one file each."""

from .review import ReviewTask

__all__ = ["ReviewTask"]
