"""Accounts, and what leads to one; one file each."""

from .user import User, UserManager

__all__ = ["User", "UserManager"]
