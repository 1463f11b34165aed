"""Accounts, and what leads to one; one file each."""

from .joining import AccountRequest, Invitation
from .message import Message
from .user import User, UserManager

__all__ = ["AccountRequest", "Invitation", "Message", "User", "UserManager"]
