"""What an editor looks at when deciding on a page: all of it for one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, Revision, Task, TaskState

from models_pages import completeness
from models_pages.check_panels import all_findings
from models_pages.checks import Finding
from models_pages.models import OperatingModelPage
from models_pages.panels import stations
from models_pages.similar import models_like_draft

from ..models import Assignment, Decision
from . import approving, assigning, checklist, decisions, queue, queue_rows, section_comments
from .changes import Change, changes, revision_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the public views of the page, as the revision has it."""

    label: str
    url: str


class Review:
    """A page that waits, as one editor sees it.

    What costs queries is asked when a template shows it.
    """

    def __init__(self, wait: queue.Wait, page: Any, task: Task, request: HttpRequest) -> None:
        self.request = request
        self.user = request.user
        self.task = task
        self.waiting = queue_rows.rows([wait], request.user, queue.review_days())[0]
        self.page: Any = page.specific
        self.revision: Revision = self.page.latest_revision
        self.draft: Any = self.revision.as_object()
        self.page.editing_step = self.step

    @cached_property
    def step(self) -> str:
        """The editing step of this review: corrections on the way to the form and back."""
        return approving.step_of_review(self.state, self.user)

    @cached_property
    def state(self) -> TaskState:
        """The state of the step on which is decided."""
        states = queue.states_for(self.user).filter(workflow_state__object_id=str(self.page.pk))
        return states.get(task=self.task)

    # Who

    @cached_property
    def refusal(self) -> Any:
        """Why the account may not approve; ``None`` where it may."""
        return approving.may_decide(self.user, self.page)

    @cached_property
    def assignment(self) -> Assignment | None:
        """Who has the page."""
        return assigning.current(self.page, self.task)

    @cached_property
    def editors(self) -> list[Any]:
        """To whom it can be given."""
        return list(assigning.editors_of(self.task))

    # What

    @cached_property
    def readings(self) -> list[Reading]:
        """The public views: a model has two."""
        return [
            Reading(
                str(label),
                reverse("editorial:review_read", args=[self.page.pk, self.revision.pk])
                + (f"?mode={mode}" if mode else ""),
            )
            for mode, label in self.page.preview_modes
        ]

    @cached_property
    def findings(self) -> list[Finding]:
        """Hints about the text, as its authors see them: they decide nothing."""
        return all_findings(self.draft)

    @cached_property
    def lacking(self) -> list[completeness.Missing]:
        """What is missing for publication."""
        return completeness.missing(self.draft)

    @cached_property
    def stations(self) -> list[dict[str, Any]]:
        """The path's three parts, of a model."""
        return stations(self.draft) if isinstance(self.page, OperatingModelPage) else []

    @cached_property
    def history(self) -> list[Decision]:
        """The page's decisions, the newest first."""
        return list(decisions.of_page(self.page)[:50])

    @cached_property
    def told_history(self) -> list[dict[str, Any]]:
        """The decisions with their checklists in words."""
        return [
            {"decision": item, "checklist": checklist.told(item.checklist)} for item in self.history
        ]

    @cached_property
    def base(self) -> Any:
        """The state on which was decided last, or the public one; ``None`` where there is none."""
        if self.history and (seen := revision_of(self.page, self.history[0].revision_id)):
            return seen.as_object()
        return self.page if self.page.live else None

    @property
    def base_decision(self) -> Decision | None:
        """The decision since which changes are told."""
        last = self.history[0] if self.history else None
        return last if last and revision_of(self.page, last.revision_id) else None

    @cached_property
    def changes(self) -> list[Change]:
        """What changed since then."""
        return self.differences(self.base, self.draft) if self.base is not None else []

    def differences(self, before: Any, after: Any) -> list[Change]:
        """What differs between two states of the page."""
        return changes(self.page, before, after, self.request)

    @cached_property
    def similar(self) -> list[Any] | None:
        """Public models that resemble this one; ``None`` where search does not answer."""
        is_new_model = isinstance(self.page, OperatingModelPage)
        return models_like_draft(self.draft) if is_new_model else []

    @property
    def is_model(self) -> bool:
        """Whether it is an operating model."""
        return isinstance(self.page, OperatingModelPage)

    # Comments

    @cached_property
    def _comments(self) -> tuple[list[section_comments.Commented], int]:
        return section_comments.comments(self.page)

    @property
    def comments(self) -> list[section_comments.Commented]:
        """Open comments by section."""
        return self._comments[0]

    @property
    def comment_count(self) -> int:
        """How many comments are open."""
        return sum(len(group.comments) for group in self.comments)

    @property
    def resolved_comments(self) -> int:
        """How many comments are resolved."""
        return self._comments[1]

    # Where to

    @property
    def url(self) -> str:
        """The review view itself."""
        return reverse("editorial:review", args=[self.page.pk])

    @property
    def edit_url(self) -> str:
        """The page's form, which leads back here."""
        query = urlencode({"next": self.url, "editing_step": self.step})
        return f"{reverse('wagtailadmin_pages:edit', args=[self.page.pk])}?{query}"


def decide(
    review: Review,
    action: str,
    *,
    revision_id: int,
    comment: str,
    answers: Sequence[checklist.Asked],
    go_live_at: Any,
) -> None:
    """Carry a decision out; what may be refused, ``approving.decide`` tells."""
    approving.decide(
        review.state,
        review.user,
        action,
        revision_id=revision_id,
        comment=comment,
        checklist=checklist.stored(answers),
        go_live_at=go_live_at,
        step=review.step,
    )


def last_decision(page: Page) -> Decision | None:
    """How the page's review ended."""
    return decisions.of_page(page).first()
