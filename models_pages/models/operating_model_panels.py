"""The edit form of a model: basic information first, then the sections by the path's parts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from models_pages.check_panels import ContentChecksPanel
from models_pages.forms import OperatingModelForm
from models_pages.panels import (
    CoAuthorsPanel,
    CompletenessPanel,
    ConfirmedPanel,
    SectionPanel,
    SimilarModelsPanel,
)
from models_pages.sections import PARTS, SECTION_KINDS
from models_pages.widgets import TermCheckboxes

from .base import PROMOTE_PANELS
from .cover import CoverMixin

_BASIC = [
    CompletenessPanel(),
    FieldPanel("unplaced"),
    # Fills the address as one types.
    TitleFieldPanel(
        "title",
        heading=_("Name of the model"),
        placeholder=_("Name of the model"),
        # Names are long: a field of one line shows a phone their first two words.
        widget=AdminAutoHeightTextInput,
    ),
    FieldPanel("short_description"),
    ContentChecksPanel(),
    SimilarModelsPanel(),
    MultiFieldPanel(
        [
            FieldPanel("regions", widget=TermCheckboxes),
            FieldPanel("other_regions"),
            FieldPanel("place"),
        ],
        _("Where"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("themes", widget=TermCheckboxes),
            FieldPanel("target_groups", widget=TermCheckboxes),
        ],
        _("Themes and target groups"),
    ),
    InlinePanel("authors", heading=_("Authors"), label=_("Author")),
    CoAuthorsPanel(),
    FieldRowPanel([FieldPanel("phase"), ConfirmedPanel("confirmed_on")], _("Phase")),
    CoverMixin.cover_panel,
    MultiFieldPanel(
        [
            FieldPanel("organisations", widget=TermCheckboxes),
            FieldPanel("collections", widget=TermCheckboxes),
            FieldPanel("networks", widget=TermCheckboxes),
            FieldPanel("funders", widget=TermCheckboxes),
            FieldPanel("other_funders"),
        ],
        _("Organisations, collections and funding"),
        classname="collapsed",
    ),
    MultiFieldPanel([FieldPanel("licence"), FieldPanel("agreed")], _("Licence")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("created_on"), FieldPanel("edited_on")]),
            FieldPanel("source_url"),
            FieldPanel("adapted_from"),
        ],
        _("Dates and source"),
        classname="collapsed",
    ),
]
EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(_BASIC, heading=_("Basic information")),
        *(
            ObjectList(
                [SectionPanel(kind.key) for kind in SECTION_KINDS if kind.part == part],
                heading=heading,
            )
            for part, heading in PARTS.items()
        ),
        ObjectList(
            [SectionPanel("further_sections"), FieldPanel("attachments")],
            heading=_("More and attachments"),
        ),
        ObjectList([*PROMOTE_PANELS, PublishingPanel(), CommentPanel()], heading=_("Publishing")),
    ],
    base_form_class=OperatingModelForm,
)
