"""The blocks of which a section is made. Each has a template of its name in templates/blocks."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

# A whole tag whose attributes hold no angle bracket.
_TAG = re.compile(r"""</?[a-zA-Z][^<>"']*(?:"[^<>"]*"[^<>"']*)*>""")
RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text, with lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"


class SubsectionBlock(blocks.StructBlock):
    """A heading of the author's own within a section, with the text that follows it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=250)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "title"
        label = _("Sub-section")
        template = "blocks/subsection.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative (or marked decorative) and a caption."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class AttachmentBlock(blocks.StructBlock):
    """A document, shown with its type and size."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=250,
        help_text=_("Leave empty to use the document's own title."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        template = "blocks/attachment.html"


class LinkBlock(blocks.StructBlock):
    """A link to a page elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=250)
    url = blocks.URLBlock(label=_("Web address"))

    class Meta:
        icon = "link"
        label = _("Link")
        template = "blocks/link.html"


class SectionBlock(blocks.StreamBlock):
    """What a section holds."""

    paragraph = ParagraphBlock()
    subsection = SubsectionBlock()
    image = PictureBlock()
    quote = QuoteBlock()
    table = TypedTableBlock(
        [("text", blocks.TextBlock(label=_("Text"), rows=1, required=False))],
        icon="table",
        label=_("Table"),
        template="blocks/table.html",
    )
    attachment = AttachmentBlock()
    link = LinkBlock()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """What the form holds, without texts that are blank: a form offers one to begin with."""
        value = super().value_from_datadict(data, files, prefix)
        written = [
            (child.block_type, child.value, child.id)
            for child in value
            if child.block_type != "paragraph" or plain_text(child.value.source)
        ]
        return value if len(written) == len(value) else blocks.StreamValue(self, written)

    class Meta:
        required = False


class FurtherSectionBlock(blocks.StructBlock):
    """A section with a heading of the author's own."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=250)
    body = SectionBlock(label=_("Content"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Section")
        template = "blocks/further_section.html"


class FurtherSectionsBlock(blocks.StreamBlock):
    """The author's own sections, after those of the path."""

    section = FurtherSectionBlock()

    class Meta:
        required = False


class AttachmentsBlock(blocks.StreamBlock):
    """The model's attachments and links."""

    attachment = AttachmentBlock()
    link = LinkBlock()

    class Meta:
        required = False


def plain_text(html: str) -> str:
    """Rich text as plain text: a line a paragraph or list item, entities resolved."""
    spaced = html.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br/>", "\n")
    if "\r" in spaced:
        spaced = str(normalize_newlines(spaced))
    text = _TAG.sub("", spaced)
    # What the editor wrote has no other tags; what has is read by a parser, at ten times the cost.
    return unescape(strip_tags(text) if "<" in text else text).strip()
