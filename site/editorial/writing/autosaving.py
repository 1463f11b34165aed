"""What an autosave costs: it comes every few seconds from everybody who writes.

Wagtail makes the whole form, its menus and buttons for the answer, of which it shows only the
panel of the page's state; and it asks for the state of the review at every turn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from wagtail.admin.views.pages.edit import EditView
from wagtail.signal_handlers import disable_reference_index_auto_update


def _revision_only(save: Callable[..., Any], commit: bool = True) -> Any:
    """A form's page, not stored, though ``commit`` asks for it: its revision holds it all."""
    del commit
    return save(commit=False)


class LeanAutosave(EditView):
    """Wagtail's edit view, whose autosave asks for no more than it needs."""

    page: Any

    def get_object(self) -> Any:
        """The draft; for an autosave, which changes no review, with the review as just read."""
        page = super().get_object()
        if self.is_lean:
            stored = self.real_page_record
            page._current_workflow_states = stored._current_workflow_states  # noqa: SLF001
            page.__dict__["scheduled_revision"] = self.scheduled_revision
        return page

    @property
    def is_lean(self) -> bool:
        """Whether only the parts that change are answered."""
        return self.expects_json_response and self.request.method == "POST"

    def save_action(self) -> Any:
        """Save; an autosave leaves the stored draft as it is, and writes its revision."""
        if not self.is_lean:
            return super().save_action()
        self.form.save = partial(_revision_only, self.form.save)
        # Done for what the revision refers to (models_pages.steps): once, not at each save.
        with disable_reference_index_auto_update():
            return super().save_action()

    def get_header_more_buttons(self) -> list[Any]:
        """None for an autosave, which does not show them."""
        return [] if self.is_lean else super().get_header_more_buttons()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Of an autosave: what ``edit_partials.html`` shows."""
        if not self.is_lean:
            return super().get_context_data(**kwargs)
        rights = self.page.permissions_for_user(self.request.user)
        return {
            "object": self.page,
            "page": self.page,
            "page_for_status": self.get_page_for_status(),
            "header_title": self.get_header_title(),
            "history_url": self.get_history_url(),
            "side_panels": self.get_side_panels(),
            "workflow_state": self.page.current_workflow_state,
            "user_can_lock": not self.lock and rights.can_lock(),
            "user_can_unlock": bool(self.lock) and rights.can_unlock(),
            "locale": self.locale,
            "is_partial": True,
            "hydrate_create_view": False,
            **kwargs,
        }
