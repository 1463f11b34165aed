"""Every empty section of the form begins with an empty text; what stays blank is not kept."""

import json
import re
from html import unescape

from django.urls import reverse

from models_pages import block_values
from models_pages.blocks import plain_text
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.written import raw_blocks
from tests.factories import index
from tests.functional.admin_forms import assert_saved, model_form


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def shown(browser, address, name):
    """The kinds of blocks with which the form shows a section."""
    html = browser.get(address).content.decode()
    data = re.search(rf'id="{name}"[^>]*data-w-block-arguments-value="([^"]*)"', html)
    return [item["type"] for item in json.loads(unescape(data.group(1)))[0]]


def test_an_empty_section_offers_a_text(as_author, bare):
    kind = ["models_pages", "operatingmodelpage", index(OperatingModelIndexPage).pk]

    assert shown(as_author, edit(bare), "tips") == ["paragraph"]
    assert shown(as_author, reverse("wagtailadmin_pages:add", args=kind), "tips") == ["paragraph"]


def test_a_written_section_is_shown_as_it_is(as_author, bare):
    data = model_form(bare, tips=[block_values.quote("Begin small.", "A nurse")])
    assert_saved(as_author.post(edit(bare), data))

    assert shown(as_author, edit(bare), "tips") == ["quote"]


def test_what_stays_blank_is_neither_kept_nor_asked_for(as_author, whole):
    blank = [block_values.paragraph("<p></p>")]
    data = model_form(whole, ideas=blank, trial=[*blank, block_values.paragraph("<p>Tried.</p>")])

    answer = as_author.post(edit(whole), {**data, "action-submit": "Submit", "agreed": "on"})

    assert_saved(answer)
    whole.refresh_from_db()
    latest = whole.get_latest_revision_as_object()
    assert raw_blocks(latest.ideas) == []
    assert [plain_text(item["value"]) for item in raw_blocks(latest.trial)] == ["Tried."]


def test_a_form_with_blank_texts_changes_nothing_of_them(as_author, whole):
    """An editor who only decides has not edited."""
    field = OperatingModelPage._meta.get_field("ideas")
    widget = field.formfield().widget
    blank = model_form(whole, ideas=[block_values.paragraph("<p></p>")])
    posted = widget.value_from_datadict(blank, {}, "ideas")

    assert not field.formfield().has_changed(whole.ideas, posted)
