"""Lists of the admin, with what Wagtail's say in Finnish mended."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import IndexView


class NamedCountPaginator(WagtailPaginator):
    """Puts the number after the name: after a number, Finnish nouns are not in the plural."""

    @cached_property
    def items_count_label(self) -> str:
        """The count, as "Synonyms: 3"."""
        return f"{capfirst(self.verbose_name_plural)}: {self.count}"


class NamedCountIndexView(IndexView):
    """A list that says how many there are as ``NamedCountPaginator`` does."""

    paginator_class = NamedCountPaginator
