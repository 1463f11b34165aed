"""What a form's new version may refer to: nothing that its writer may not see.

A number typed into a form instead of chosen would show the title, the picture or the address of
somebody's draft, and publish its file with the page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .media_use import references
from .permissions import visible_to

Target = tuple[type[Model], int]


def foreign_fields(page: Any, user: Any) -> list[str]:
    """Fields that newly refer to a page or file which the account may not choose, by name.

    What the page's latest stored version refers to already may stay, whoever put it there.
    """
    rows = list(references(page))
    foreign = foreign_among({row[:2] for row in rows}, page, user)
    return sorted({field for model, pk, field in rows if (model, pk) in foreign})


def foreign_among(named: Collection[Target], page: Any, user: Any) -> set[Target]:
    """Those of the pages and files that the account may not choose and the page has not yet."""
    guarded = [target for target in named if _is_guarded(target[0])]
    allowed = {
        model: _choosable(model, {pk for of, pk in guarded if of is model}, user)
        for model in {model for model, _pk in guarded}
    }
    foreign = {(model, pk) for model, pk in guarded if pk not in allowed[model]}
    # Asked last: most forms refer to nothing foreign.
    if foreign and page.pk and (stored := Page.objects.filter(pk=page.pk).first()):
        latest = stored.get_latest_revision_as_object()
        foreign -= {(model, pk) for model, pk, _field in references(latest)}
    return foreign


def refuse_foreign(form: Any) -> bool:
    """Put an error at each field of the form that refers to what its writer may not see."""
    fields = foreign_fields(form.instance, form.for_user) if form.for_user else []
    for name in fields:
        form.add_error(
            name if name in form.fields else None,
            _("This refers to a page or a file that you may not use. Choose another."),
        )
    return bool(fields)


def _is_guarded(model: type[Model]) -> bool:
    return issubclass(model, (Page, get_image_model(), get_document_model()))


def _choosable(model: type[Model], numbers: set[int], user: Any) -> set[int]:
    if issubclass(model, Page):
        policy: Any = policy_registry.get_by_type(Page)
        pages = visible_to(user, policy, Page.objects.filter(pk__in=numbers))
        return set(pages.values_list("pk", flat=True))
    media = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, ["choose"]
    )
    return set(media.filter(pk__in=numbers).values_list("pk", flat=True))
