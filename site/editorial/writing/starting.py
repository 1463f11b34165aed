"""Starting a model from another: choosing one to adapt, adapting it, copying one of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from models_pages import adaptation
from models_pages.models import OperatingModelPage
from models_pages.permissions import is_of
from search import service
from search.asking import Asked

PER_PAGE = 20


class TitleForm(forms.Form):
    """The new model's name."""

    title = forms.CharField(label=gettext_lazy("Name of your model"), max_length=255)


class AdaptationForm(TitleForm):
    """The name, and of which parts the text is copied."""

    text = forms.MultipleChoiceField(
        label=gettext_lazy("Copy the text of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, parts: list[adaptation.Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        field = self.fields["text"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(part.key, str(part.heading)) for part in parts]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The parts under their headings, each with whether it is chosen."""
        chosen = set(self["text"].value() or [])
        groups: list[dict[str, Any]] = []
        for part in self.parts:
            if not groups or groups[-1]["heading"] != part.group:
                groups.append({"heading": part.group, "parts": []})
            groups[-1]["parts"].append({"part": part, "is_chosen": part.key in chosen})
        return groups


class AdaptView(WagtailAdminTemplateMixin, View):
    """Starting a version of one's own from a public model."""

    template_name = "editorial/starting/adapt.html"
    page_title = gettext_lazy("Start our version")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For whoever may make models; what is not public is not there."""
        shown = OperatingModelPage.shown()
        self.original: Any = get_object_or_404(shown, id=kwargs["page_id"])
        if not adaptation.may_start(request.user, self.original):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The form, with what is usually of use chosen."""
        initial = {
            "title": self.original.title,
            "text": adaptation.default_choice(self.original),
        }
        return self._show(AdaptationForm(initial=initial, parts=adaptation.parts(self.original)))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Make the draft and open it."""
        form = AdaptationForm(request.POST, parts=adaptation.parts(self.original))
        if not form.is_valid():
            return self._show(form)
        draft = adaptation.start(
            self.original,
            request.user,
            form.cleaned_data["text"],
            title=form.cleaned_data["title"],
        )
        messages.success(
            request,
            _(
                "Your version is a draft of your own now. Nobody else sees it before you submit it "
                "and an editor approves it."
            ),
        )
        return redirect("wagtailadmin_pages:edit", draft.pk)

    def _show(self, form: AdaptationForm) -> HttpResponse:
        earlier = OperatingModelPage.objects.filter(
            owner_id=self.request.user.pk,
            adapted_from__translation_key=self.original.translation_key,
        ).order_by("-latest_revision_created_at")[:3]
        return self.render_to_response(
            self.get_context_data(form=form, original=self.original, earlier=earlier)
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the choice of a model, this one."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("editorial:adapt_choose"), "label": ChooseView.page_title},
            {"url": "", "label": self.original.title},
        ]


class ChooseView(WagtailAdminTemplateMixin, View):
    """Finding the public model to adapt."""

    template_name = "editorial/starting/choose.html"
    page_title = gettext_lazy("Adapt a published model")
    header_icon = "copy"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Public models that match the words, or the latest."""
        words = request.GET.get("q", "").strip()[:500]
        shown = OperatingModelPage.shown().defer_streamfields()
        models: Any
        if words:
            models = _found(words, get_language() or "fi", shown)
        else:
            latest = shown.order_by("-last_published_at", "pk")
            models = Paginator(latest, PER_PAGE).get_page(request.GET.get("page"))
        context = self.get_context_data(models=models, words=words)
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _found(words: str, language: str, shown: Any) -> list[Any]:
    """Public models that the public search finds; by their names where no index answers."""
    found = service.search(Asked(text=words), language, per_page=2 * PER_PAGE)
    if not found.available:
        return list(shown.filter(title__icontains=words).order_by("title", "pk")[:PER_PAGE])
    models = shown.in_bulk([hit.id for hit in found.hits])
    return [models[hit.id] for hit in found.hits if hit.id in models][:PER_PAGE]


class CopyView(WagtailAdminTemplateMixin, View):
    """Starting from an earlier model of one's own."""

    template_name = "editorial/starting/copy.html"
    page_title = gettext_lazy("Copy a model of yours")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For the model's own people; for others it is not there."""
        pages = OperatingModelPage.objects.filter(alias_of=None)
        page: Any = get_object_or_404(pages, id=kwargs["page_id"])
        self.page = page
        if not is_of(request.user, self.page):
            raise Http404("It is somebody else's.")
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """What to call the copy."""
        title = _("%(title)s (copy)") % {"title": self.page.get_admin_display_title()[:240]}
        return self._show(TitleForm(initial={"title": title}))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Make the copy and open it."""
        form = TitleForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            draft = adaptation.copy_of_own(
                self.page, request.user, title=form.cleaned_data["title"]
            )
        except adaptation.MayNotBeAdapted:
            raise PermissionDenied from None
        messages.success(request, _("The copy is a draft of your own now."))
        return redirect("wagtailadmin_pages:edit", draft.pk)

    def _show(self, form: TitleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, page=self.page))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the account's models, this one."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("editorial:own_models"), "label": _("My models")},
            {"url": "", "label": self.page_title},
        ]
