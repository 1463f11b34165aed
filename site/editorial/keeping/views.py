"""Confirming, archiving and restoring a model: each shows first what will happen."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser

from models_pages import confirmation
from models_pages.archive import may_archive, may_restore
from models_pages.models import OperatingModelPage

from ..home.lists import edit_url
from . import archiving, confirming


class SuccessorChooser(AdminPageChooser):
    """Wagtail's chooser, which shows of what was posted only what is public."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A number that a page may have; no page has the number 0."""
        value = super().value_from_datadict(data, files, name)
        is_number = value is None or re.fullmatch("[0-9]{1,15}", str(value))
        return value if is_number else "0"

    def get_instance(self, value: Any) -> Any:
        """The public model of a number; ``None`` for anything else."""
        number = getattr(value, "pk", value)
        return OperatingModelPage.shown().filter(pk=number).first() if number else None


class ArchiveForm(forms.Form):
    """What readers are told."""

    note = forms.CharField(
        label=gettext_lazy("Note for readers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Why it is no longer used, in a sentence or two. Not required."),
    )
    successor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Successor"),
        queryset=OperatingModelPage.objects.none(),
        required=False,
        help_text=gettext_lazy("The public model that took its place. Not required."),
        error_messages={
            "invalid_choice": gettext_lazy("Choose another model, and one that is public.")
        },
    )

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field: Any = self.fields["successor"]
        # Choosers post the number of the page; the field finds it among those that may be chosen.
        field.queryset = OperatingModelPage.shown().exclude(translation_key=page.translation_key)
        field.widget = SuccessorChooser(target_models=[OperatingModelPage])


class KeepView(WagtailAdminTemplateMixin, View):
    """Where a link in a mail leads: on to the question, or to why there is none."""

    template_name = "editorial/keeping/link.html"
    page_title = gettext_lazy("Does the model still hold?")
    header_icon = "circle-check"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Send on; nothing is done."""
        link = confirming.read_link(token)
        found = OperatingModelPage.objects.filter(pk=link.page_id if link else 0)
        page: Any = found.first()
        if link is None or page is None:
            return self.render_to_response(self.get_context_data(is_known=False), status=404)
        if link.has_expired:
            known = confirmation.may_confirm(request.user, page)
            context = self.get_context_data(is_known=True, page=page if known else None)
            return self.render_to_response(context, status=410)
        if link.action == confirming.ARCHIVE:
            return redirect("editorial:archive", page.pk)
        return redirect("editorial:confirm", page.pk)


class ModelView(WagtailAdminTemplateMixin, View, ABC):
    """A question about one model."""

    header_icon = "circle-check"
    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The model; ``PermissionDenied`` for whoever may not even ask."""
        pages = OperatingModelPage.objects.filter(alias_of=None).select_related("locale")
        self.page = get_object_or_404(pages, pk=kwargs["page_id"])
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @abstractmethod
    def is_allowed(self) -> bool:
        """Whether the account may do it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the model and where its form is."""
        context: dict[str, Any] = super().get_context_data(
            page=self.page, title=self.title, edit_url=edit_url(self.page), **kwargs
        )
        return context

    @property
    def title(self) -> str:
        """The model's title, as who asks may see it."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the model's form, this."""
        return [
            *self.breadcrumbs_items,
            {"url": edit_url(self.page), "label": self.title},
            {"url": "", "label": self.page_title},
        ]


class ConfirmView(ModelView):
    """Saying that a model still holds."""

    template_name = "editorial/keeping/confirm.html"
    page_title = gettext_lazy("Does the model still hold?")

    def is_allowed(self) -> bool:
        """Its people and editors."""
        user: Any = self.request.user
        return confirmation.may_confirm(user, self.page)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """What will happen, and the button."""
        validity = self.page.validity
        context = self.get_context_data(
            validity=validity,
            is_asked=validity.is_due or validity.is_due_soon,
            may_archive=may_archive(request.user, self.page),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Confirm it."""
        confirmation.confirm(self.page, request.user)
        due = date_format(self.page.validity.due_on, "SHORT_DATE_FORMAT")
        messages.success(
            request,
            _("Thank you. “%(title)s” is confirmed; you are asked again before %(due)s.")
            % {"title": self.title, "due": due},
        )
        return redirect("wagtailadmin_home")


class ArchiveView(ModelView):
    """Taking a model out of use."""

    template_name = "editorial/keeping/archive.html"
    page_title = gettext_lazy("Archive the model")
    header_icon = "folder"

    def is_allowed(self) -> bool:
        """Its people and editors; who comes too late is told so."""
        user: Any = self.request.user
        return may_archive(user, self.page) or (
            self.page.is_archived and may_see_archived(user, self.page)
        )

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """What will happen, and the button."""
        if self.page.is_archived:
            return self._too_late()
        return self._show(ArchiveForm(page=self.page))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Archive it."""
        if self.page.is_archived:
            return self._too_late()
        form = ArchiveForm(request.POST, page=self.page)
        if not form.is_valid():
            return self._show(form)
        archiving.archive(self.page, request.user, **form.cleaned_data)
        messages.success(
            request, _("“%(title)s” is archived. Its text is kept.") % {"title": self.title}
        )
        return redirect("wagtailadmin_home")

    def _show(self, form: ArchiveForm) -> HttpResponse:
        others = OperatingModelPage.objects.filter(
            translation_key=self.page.translation_key, live=True, alias_of=None
        )
        languages = [page.locale.get_display_name() for page in others.select_related("locale")]
        context = self.get_context_data(
            form=form,
            media=form.media,
            languages=languages if len(languages) > 1 else [],
            is_in_review=self.page.workflow_in_progress,
        )
        return self.render_to_response(context)

    def _too_late(self) -> HttpResponse:
        messages.info(
            self.request, _("“%(title)s” is in the archive already.") % {"title": self.title}
        )
        return redirect("wagtailadmin_home")


class RestoreView(ModelView):
    """Taking a model out of the archive."""

    template_name = "editorial/keeping/restore.html"
    page_title = gettext_lazy("Restore from the archive")
    header_icon = "folder-open-inverse"

    def is_allowed(self) -> bool:
        """Who may publish it; a draft's own people too."""
        user: Any = self.request.user
        return may_restore(user, self.page)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """What will happen, and the button."""
        was_public = self.page.archived_revision_id is not None
        return self.render_to_response(self.get_context_data(was_public=was_public))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Restore it."""
        archiving.restore(self.page, request.user)
        self.page.refresh_from_db()
        text = (
            _("“%(title)s” is public again.")
            if self.page.live
            else _("“%(title)s” is out of the archive.")
        )
        messages.success(request, text % {"title": self.title})
        return redirect(edit_url(self.page))


def may_see_archived(user: Any, page: Any) -> bool:
    """Whether the account may know what became of the model."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.has_publish_right())
