"""Who logs in becomes a co-author of what the address was invited to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from .coauthors import accept_invitations


@receiver(user_logged_in, dispatch_uid="models_pages_coauthor_invitations")
def accept(user: Any, **kwargs: Any) -> None:
    """Turn invitations of the address into co-authorships."""
    accept_invitations(user)
