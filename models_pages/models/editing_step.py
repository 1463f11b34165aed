"""Which revisions were saved in one sitting: from opening a page's form until leaving it."""

from __future__ import annotations

from django.db import models
from wagtail.models import Revision


class SteppedRevision(models.Model):
    """A revision that was saved in an editing step, and whether the form saved it by itself.

    A step has one autosave, which later ones of the same step replace. What an editor corrects
    and approves in one step counts as one act.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="stepped"
    )
    step = models.CharField(max_length=36, db_index=True)
    is_autosave = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.step}"
