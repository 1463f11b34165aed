"""Pages for tests of search: complete enough to be published, with words of the test's own."""

from __future__ import annotations

import uuid

from django.utils.text import slugify
from wagtail.models import Locale

from models_pages.models import (
    ContentPage,
    HomePage,
    ModelAuthor,
    OperatingModelIndexPage,
    OperatingModelPage,
    Region,
    TargetGroup,
    Theme,
)
from models_pages.sections import SUMMARY_KINDS


def stream(*paragraphs):
    return [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": str(uuid.uuid4())}
        for text in paragraphs
    ]


def home(language="fi"):
    return HomePage.objects.get(locale__language_code=language)


def index_page(language="fi"):
    return OperatingModelIndexPage.objects.get(locale__language_code=language)


def theme(slug, fi, sv="", en="", **values):
    return Theme.objects.create(slug=slug, label_fi=fi, label_sv=sv, label_en=en, **values)


def target_group(slug, fi, sv="", en=""):
    return TargetGroup.objects.create(slug=slug, label_fi=fi, label_sv=sv, label_en=en)


def region(slug="testila", fi="Testilän hyvinvointialue", parent=None, kind="county", **values):
    defaults = {"label_fi": fi, "parent": parent, "kind": kind, **values}
    return Region.objects.get_or_create(slug=slug, defaults=defaults)[0]


def model(title, *, language="fi", live=True, parent=None, **values):
    """An operating model with its required sections; ``sections`` overrides some by kind."""
    sections = values.pop("sections", {})
    related = {
        name: values.pop(name)
        for name in ("themes", "target_groups", "regions", "collections")
        if name in values
    }
    page = OperatingModelPage(
        title=title,
        slug=values.pop("slug", "") or slugify(title)[:80],
        locale=Locale.objects.get(language_code=language),
        short_description=values.pop("short_description", "<p>Lyhyt kuvaus.</p>"),
        phase=values.pop("phase", "trial"),
        live=live,
        **values,
    )
    for kind in SUMMARY_KINDS:
        setattr(page, kind.key, stream(sections.get(kind.key, "Teksti puuttuu vielä.")))
    for key, text in sections.items():
        setattr(page, key, stream(text))
    page.authors = [ModelAuthor(name="Testaaja", locale=page.locale)]
    page.regions = related.pop("regions", None) or [region()]
    for name, terms in related.items():
        setattr(page, name, terms)
    (parent or index_page(language)).add_child(instance=page)
    return page


def content(title, text, *, parent=None, live=True):
    above = parent or home()
    page = ContentPage(
        title=title,
        slug=slugify(title),
        locale=above.locale,
        body=stream(text),
        live=live,
    )
    above.add_child(instance=page)
    return page


def publish(page, **changes):
    """Change a page and publish it as the editor's view does: by a revision."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    revision = page.save_revision()
    revision.publish()
    return page.specific_class.objects.get(pk=page.pk)
