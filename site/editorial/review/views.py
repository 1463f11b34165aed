"""The review view: an editor reads a page that waits, comments on it and decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from models_pages.completeness import PublicationRefused

from . import checklist, decisions, phrases, queue_rows, reviewing, section_comments
from .approving import DecisionRefused, NewerRevision
from .changes import revision_of
from .forms import ACTIONS, CommentForm, DecisionForm
from .queue_views import waiting_page

DONE = {
    "approve": gettext_lazy("“%(title)s” is approved and public."),
    "schedule": gettext_lazy("“%(title)s” is approved and will be published on its date."),
    "return": gettext_lazy("“%(title)s” is returned to its author, with your message."),
    "decline": gettext_lazy(
        "“%(title)s” is declined. The author was told why, and keeps the draft."
    ),
}


class ReviewView(WagtailAdminTemplateMixin, View):
    """One page: what the public will see, what is missing and said, and the decision."""

    template_name = "editorial/review/review.html"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Review of a page")

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> Any:
        """For those who decide on this page now; others are led to the queue, and told why."""
        try:
            wait, page, task = waiting_page(request, page_id)
        except Http404:
            return self._over(request, page_id)
        self.review = reviewing.Review(wait, page, task, request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def _over(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id)
        if request.method == "POST" and request.POST.get("reason", "").strip():
            return self._decided_meanwhile(request, page)
        messages.warning(request, self._how_it_ended(page))
        return redirect("editorial:queue")

    def _how_it_ended(self, page: Page) -> str:
        last = decisions.of_page(page).first()
        title = page.get_admin_display_title()
        if last is None or not last.editor_name:
            return _("“%(title)s” does not wait for review any more.") % {"title": title}
        return _("“%(title)s” does not wait for review. Last decision: %(action)s, %(editor)s.") % {
            "title": title,
            "action": last.get_action_display(),
            "editor": last.editor_name,
        }

    def _decided_meanwhile(self, request: HttpRequest, page: Page) -> HttpResponse:
        """Somebody else was quicker: what was typed is shown, so that it can be copied."""
        context = super().get_context_data(
            news=self._how_it_ended(page), typed=request.POST["reason"], page=page
        )
        return TemplateResponse(request, "editorial/review/decided.html", context, status=409)

    # Showing

    def get_page_subtitle(self) -> str:
        """The page's name."""
        return str(self.review.waiting.title) if hasattr(self, "review") else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue, the page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("editorial:queue"), "label": _("Review queue")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page as it is now."""
        return self._show()

    def _show(
        self,
        form: DecisionForm | None = None,
        comment_form: CommentForm | None = None,
        **more: Any,
    ) -> HttpResponse:
        typed = self.request.POST if self.request.method == "POST" else None
        context = self.get_context_data(
            review=self.review,
            form=form or DecisionForm(initial={"revision_id": self.review.revision.pk}),
            comment_form=comment_form or CommentForm(self.review.page),
            answers=self._answers,
            phrases=phrases.phrases(self._language),
            chosen_phrases=set(typed.getlist("phrases")) if typed else set(),
            **more,
        )
        return self.render_to_response(context)

    @property
    def _language(self) -> str:
        return str(self.review.waiting.language)

    @cached_property
    def _answers(self) -> list[checklist.Asked]:
        return checklist.asked(self._language, self.request.POST)

    # Doing

    def post(self, request: HttpRequest) -> HttpResponse:
        """A comment, or the decision; whatever cannot be done, nothing typed is lost."""
        if "add-comment" in request.POST:
            return self._comment()
        if "decide" not in request.POST:
            # Enter in a line of text.
            return self._show(self._kept())
        return self._decide()

    def _kept(self) -> DecisionForm:
        """The decision as it is typed so far, not yet asked to be right."""
        data = self.request.POST
        names = ("decision", "reason", "go_live_at", "revision_id")
        return DecisionForm(initial={name: data.get(name, "") for name in names})

    def _comment(self) -> HttpResponse:
        comment_form = CommentForm(self.review.page, self.request.POST)
        if not comment_form.is_valid():
            return self._show(self._kept(), comment_form)
        name = comment_form.cleaned_data["field"]
        section_comments.add(
            self.review.page,
            self.request.user,
            name,
            comment_form.cleaned_data["text"],
            self.review.revision,
        )
        messages.success(
            self.request,
            _("Your comment on “%(section)s” is written.")
            % {"section": section_comments.label(self.review.page, name)},
        )
        fresh = CommentForm(self.review.page, initial={"field": name})
        return self._show(self._kept(), fresh, after="comments")

    def _decide(self) -> HttpResponse:
        request = self.request
        form = DecisionForm(request.POST, answers=self._answers, language=self._language)
        if not form.is_valid():
            return self._show(form)
        data = form.cleaned_data
        try:
            reviewing.decide(
                self.review,
                ACTIONS[data["decision"]],
                revision_id=data["revision_id"],
                comment=data["reason"],
                answers=self._answers,
                go_live_at=data["go_live_at"] if data["decision"] == "schedule" else None,
            )
        except NewerRevision as news:
            return self._ask_again(news)
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
            return self._show(form)
        except PublicationRefused as refusal:
            for item in refusal.lacking:
                form.add_error(None, str(item))
            return self._show(form, lacking_refused=True)
        self._tell(data["decision"])
        return redirect("editorial:queue")

    def _ask_again(self, news: NewerRevision) -> HttpResponse:
        """Show what changed after what the editor saw; the form now names the newest version."""
        request = self.request
        typed = request.POST.copy()
        seen = revision_of(self.review.page, _number(typed.get("revision_id", "")))
        typed["revision_id"] = str(self.review.revision.pk)
        form = DecisionForm(typed, answers=self._answers, language=self._language)
        form.is_valid()
        return self._show(
            form,
            news=str(news),
            newer=self.review.differences(seen.as_object(), self.review.draft) if seen else None,
        )

    def _tell(self, decision: str) -> None:
        review = self.review
        buttons = []
        following = queue_rows.next_for(self.request.user, besides=review.page.pk)
        if following is not None:
            label = _("Next: %(title)s") % {"title": following.title}
            buttons.append(messages.button(following.url, label))
        text = DONE[decision] % {"title": review.waiting.title}
        messages.success(self.request, text, buttons=buttons)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@require_safe
@xframe_options_sameorigin_override
def read(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """The page as the public will see it, in one of its views (``mode``)."""
    _wait, page, _task = waiting_page(request, page_id)
    revision = revision_of(page.specific, revision_id)
    if revision is None:
        raise Http404
    draft: Any = revision.as_object()
    modes = [mode for mode, _label in draft.preview_modes]
    mode = request.GET.get("mode", "")
    answer: HttpResponse = draft.make_preview_request(
        request,
        mode if mode in modes else draft.default_preview_mode,
        # Wagtail's bar has no place in what the public sees.
        extra_request_attrs={"revision_id": revision.pk, "is_review": True},
    )
    return answer
