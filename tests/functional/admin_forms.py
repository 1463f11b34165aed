"""What a browser would post from a page's form in the admin."""

import json

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from models_pages.models import ModelAuthor, OperatingModelPage
from models_pages.sections import BY_KEY
from models_pages.written import raw_blocks

RICH_TEXT = ("bold", "italic", "ol", "ul", "link", "document-link")


def model_form(page=None, **changes):
    """Return the form's data of a model as it is stored, with changes.

    Sections are given as raw blocks or a text, regions as ids, ``authors`` as names.
    """
    page = page.get_latest_revision_as_object() if page else OperatingModelPage()
    data = {
        "title": page.title,
        "slug": page.slug,
        "short_description": rich_text(page.short_description, features=RICH_TEXT[:2]),
        "place": page.place,
        "other_regions": page.other_regions,
        "other_funders": page.other_funders,
        "phase": page.phase,
        "licence": page.licence,
        "agreed": "on",
        "source_url": page.source_url,
        "cover_alt": page.cover_alt,
        "cover_caption": page.cover_caption,
        "cover_image": page.cover_image_id or "",
        "co_authors": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comment_notifications": "",
        "comments": inline_formset([]),
    }
    names = changes.pop("authors", None)
    stored = list(page.authors.all()) if page.pk else []
    if names is not None:
        stored = [ModelAuthor(name=name) for name in names]
    forms = [{"id": a.pk or "", "name": a.name, "contact": a.contact} for a in stored]
    data["authors"] = inline_formset(forms, initial=sum(bool(a.pk) for a in stored))
    for name in [*BY_KEY, "further_sections", "attachments", "unplaced"]:
        blocks = changes.pop(name, None)
        if blocks is None:
            blocks = raw_blocks(getattr(page, name))
        data[name] = _stream(blocks)
    if "short_description" in changes:
        html = changes.pop("short_description")
        data["short_description"] = rich_text(html, features=RICH_TEXT[:2])
    data.update(changes)
    # A list is a form's many values of one name; nested_form_data would number them.
    regions = data.pop("regions", [term.pk for term in page.regions.all()] if page.pk else [])
    return {**nested_form_data(data), "regions": regions}


def _stream(blocks):
    if isinstance(blocks, str):
        blocks = [{"type": "paragraph", "value": f"<p>{blocks}</p>"}] if blocks else []
    return streamfield([(item["type"], _value(item)) for item in blocks])


def _value(item):
    if item["type"] == "paragraph":
        return rich_text(item["value"], features=RICH_TEXT)
    if item["type"] == "subsection":
        return {**item["value"], "text": rich_text(item["value"]["text"], features=RICH_TEXT)}
    if item["type"] == "section":
        return {**item["value"], "body": _stream(item["value"]["body"])}
    return item["value"]


def workflow_action(name, **extra):
    """Return what the edit view's button of a decision posts."""
    return {
        "action-workflow-action": "true",
        "workflow-action-name": name,
        "workflow-action-extra-data": json.dumps(extra),
    }


def assert_saved(response):
    """Fail with the form's errors where it was shown again."""
    assert response.status_code == 302, response.context["form"].errors
