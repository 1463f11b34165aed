"""Accounts, and what leads to one; one file each."""

from .joining import AccountRequest, Invitation
from .user import User, UserManager

__all__ = ["AccountRequest", "Invitation", "User", "UserManager"]
