"""Screens of importing: choosing a text, and looking through its pieces."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from models_pages.importing.decoding import UnreadableSource
from models_pages.importing.pieces import LEFT_OUT, UNPLACED
from models_pages.importing.report import error_in_words, words
from models_pages.importing.uploads import Reading, read_file, read_pasted
from models_pages.sections import PARTS, SECTION_KINDS

from ..models.importing import KEPT_DAYS, ImportInProgress, forget_old_imports
from . import imports
from .forms import BasicsForm, StartForm

logger = logging.getLogger("mallisto.importing")

_KINDS = {
    "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif",
}  # fmt: skip


class StartView(WagtailAdminTemplateMixin, View):
    """Choosing a file or pasting a text; and what was not finished."""

    template_name = "editorial/importing/start.html"
    page_title = gettext_lazy("Import a text")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For whoever may make models."""
        if not imports.may_import(request.user, "fi"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        forget_old_imports()
        return self._show(StartForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read, keep, and go on to the preview; or say why not, with what was typed kept."""
        form = StartForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        language = form.cleaned_data["language"]
        if not imports.may_import(request.user, language):
            raise PermissionDenied
        file = form.cleaned_data["file"]
        field = "file" if file else "text"
        try:
            reading = _read(form.cleaned_data)
        except UnreadableSource as error:
            form.add_error(field, error_in_words(error.code))
            return self._show(form)
        except Exception:  # whatever a strange document does to a library, nobody sees a bare 500
            logger.exception("Reading an upload failed")
            form.add_error(field, error_in_words("failed"))
            return self._show(form)
        try:
            kept = imports.begin(request.user, file.name if file else "", language, reading)
        except imports.TooManyUnfinished:
            form.add_error(
                None,
                _("You have many imports that are not finished. Finish or discard one first."),
            )
            return self._show(form)
        return redirect("editorial:import_preview", kept.pk)

    def _show(self, form: StartForm) -> HttpResponse:
        context = self.get_context_data(
            form=form, unfinished=imports.unfinished(self.request.user), kept_days=KEPT_DAYS
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home and this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _read(cleaned: dict[str, Any]) -> Reading:
    headings = imports.known_headings()
    file = cleaned["file"]
    if file:
        return read_file(file.name, file.read(), headings)
    return read_pasted(cleaned["text"], cleaned["html"], headings)


class PreviewView(WagtailAdminTemplateMixin, View):
    """Each piece with its place; from here the draft is made."""

    template_name = "editorial/importing/preview.html"
    page_title = gettext_lazy("Look through the import")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For the account that uploaded it; for others it is not there."""
        mine = ImportInProgress.objects.filter(user_id=_number(request))
        self.kept = get_object_or_404(mine, id=kwargs["import_id"])
        if not imports.may_import(request.user, self.kept.language):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, import_id: int) -> HttpResponse:
        """The preview; the draft, where it is made already."""
        if self.kept.page_id:
            return redirect("wagtailadmin_pages:edit", self.kept.page_id)
        return self._show(BasicsForm(initial=self.kept.content["basics"]))

    def post(self, request: HttpRequest, import_id: int) -> HttpResponse:
        """Keep what was typed, whatever button was pressed; then do what the button says."""
        if self.kept.page_id:
            return redirect("wagtailadmin_pages:edit", self.kept.page_id)
        action = request.POST.get("action", "save")
        if action == "discard":
            self.kept.delete()
            messages.success(request, _("The import was discarded."))
            return redirect("editorial:import")
        chosen = request.POST.getlist("chosen") if action == "move" else []
        imports.take_typed(self.kept, request.POST, chosen)
        self.kept.save()
        if action == "make":
            return self._make()
        if action == "move":
            return self._tell_of_move(chosen)
        messages.success(
            request,
            _("Kept. You find it under “Import a text” for %(days)d days.") % {"days": KEPT_DAYS},
        )
        return redirect("editorial:import_preview", self.kept.pk)

    def _make(self) -> HttpResponse:
        form = BasicsForm(self.kept.content["basics"])
        if not form.is_valid():
            messages.error(self.request, _("The draft was not made yet: see the marked fields."))
            return self._show(form)
        page = imports.make_draft(self.kept, form.cleaned_data)
        messages.success(
            self.request,
            _("“%(title)s” is a draft of your own now. Nobody else sees it before you submit it.")
            % {"title": page.title},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _tell_of_move(self, chosen: list[str]) -> HttpResponse:
        number = len(chosen)
        place = self.request.POST.get("move_to", "")
        names = {p: name for _part, choices in imports.places(self.kept) for p, name in choices}
        if not number or place not in names:
            messages.warning(
                self.request, _("Choose the pieces to move, and the section to move them to.")
            )
        else:
            text = ngettext(
                "One piece was moved to “%(place)s”.",
                "%(number)d pieces were moved to “%(place)s”.",
                number,
            )
            messages.success(self.request, text % {"number": number, "place": names[place]})
        address = reverse("editorial:import_preview", args=[self.kept.pk])
        return redirect(f"{address}#pieces")

    def _show(self, form: BasicsForm) -> HttpResponse:
        groups = imports.groups(self.kept)
        by_place = {group.place: len(group.pieces) for group in groups}
        options = _options(imports.places(self.kept))
        rows = [
            {
                "group": group,
                "number": group.place.removeprefix("own-"),
                "pieces": [
                    {
                        "number": number,
                        "piece": piece,
                        "html": mark_safe(piece.html),  # noqa: S308 (sanitised when it was read)
                        "options": _chosen(options, piece.place),
                    }
                    for number, piece in group.pieces
                ],
            }
            for group in groups
        ]
        notes = [note for note in imports.notes_of(self.kept) if note.code != "title_from_name"]
        context = self.get_context_data(
            kept=self.kept,
            form=form,
            rows=rows,
            notes=words(notes),
            stations=_stations(by_place),
            options=options,
            total=sum(by_place.values()),
            unplaced=by_place.get(UNPLACED, 0),
            left_out=by_place.get(LEFT_OUT, 0),
            empty=[kind.heading for kind in SECTION_KINDS if kind.key not in by_place],
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, importing, this document."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("editorial:import"), "label": StartView.page_title},
            {"url": "", "label": self.kept.name or self.page_title},
        ]


def _number(request: HttpRequest) -> int:
    """The account's; Wagtail lets nobody come so far without one."""
    return request.user.pk or 0


def _stations(by_place: dict[str, int]) -> list[dict[str, Any]]:
    """The path as the draft would have it."""
    rows = []
    for part, heading in PARTS.items():
        kinds = [kind for kind in SECTION_KINDS if kind.part == part]
        written = sum(kind.key in by_place for kind in kinds)
        share = round(100 * written / len(kinds))
        rows.append({"heading": heading, "written": written, "of": len(kinds), "share": share})
    return rows


def _options(places: list[tuple[str, list[tuple[str, str]]]]) -> SafeString:
    """The places as a list's options: made once, for a document has hundreds of such lists."""
    parts = []
    for heading, choices in places:
        options = format_html_join("", '<option value="{}">{}</option>', choices)
        if heading:
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', heading, options))
        else:
            parts.append(options)
    return SafeString("".join(parts))


def _chosen(options: SafeString, place: str) -> SafeString:
    value = format_html('value="{}"', place)
    return SafeString(options.replace(value, f"{value} selected", 1))


@require_safe
def picture(request: HttpRequest, import_id: int, number: int) -> FileResponse:
    """A picture of an import, for its account."""
    mine = ImportInProgress.objects.filter(user_id=_number(request))
    kept = get_object_or_404(mine, id=import_id)
    found = kept.pictures.filter(number=number).first() if number < 10_000 else None
    if found is None:
        raise Http404
    response = FileResponse(
        [bytes(found.data)], content_type=_KINDS.get(found.ending, "application/octet-stream")
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
