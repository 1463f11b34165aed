"""What every portal has from its first minute: languages, the pages' frame, regions, guidance.

Doing it again changes nothing that somebody edited.
"""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Collection, Locale, Page, Site

from .models import (
    CollectionIndexPage,
    HomePage,
    NetworkIndexPage,
    OperatingModelIndexPage,
    PortalPage,
    Region,
    SectionGuidance,
)
from .models.vocabularies import finnish_sort_key
from .sections import FURTHER_SECTIONS, SECTION_KINDS, SUMMARY_KINDS

# Host names that tell nobody where the portal is.
LOOPBACK = {"localhost", "127.0.0.1"}
REGIONS = Path(__file__).parent / "data" / "regions.tsv"

# Addresses are fixed (docs: design, section 6); titles are the catalogue's.
SLUGS: dict[type[PortalPage], dict[str, str]] = {
    OperatingModelIndexPage: {
        "fi": "toimintamallit",
        "sv": "verksamhetsmodeller",
        "en": "operating-models",
    },
    CollectionIndexPage: {"fi": "kokonaisuudet", "sv": "helheter", "en": "collections"},
    NetworkIndexPage: {"fi": "verkostot", "sv": "natverk", "en": "networks"},
}


def provision_structure() -> None:
    """Locales, the three languages' trees and the site."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0]
        for code, _name in settings.LANGUAGES
    }
    root = Page.get_first_root_node() or Page.add_root(
        title="Root", slug="root", locale=locales["fi"], live=True
    )
    if not HomePage.objects.exists():
        _remove_welcome_page()
        root.refresh_from_db()
    homes: dict[str, HomePage] = {}
    for code, locale in locales.items():
        with translation.override(code):
            homes[code] = _home(root, locale, homes.get("fi"))
            _indexes(homes[code], homes["fi"])
    _site(homes["fi"])


def _remove_welcome_page() -> None:
    welcome = Page.objects.filter(depth=2, slug="home")
    for page in welcome:
        if page.specific_class is Page:
            page.delete()


def _home(root: Page, locale: Locale, source: HomePage | None) -> HomePage:
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(
            title=_("Mallisto: operating models"), slug=locale.language_code, locale=locale
        )
        if source is not None:
            home.translation_key = source.translation_key
        root.add_child(instance=home)
        root.refresh_from_db()
    return home


def _indexes(home: HomePage, source: HomePage) -> None:
    titles = {
        OperatingModelIndexPage: _("Operating models"),
        CollectionIndexPage: pgettext("programme", "Collections"),
        NetworkIndexPage: _("Networks"),
    }
    for model, slugs in SLUGS.items():
        if model.objects.child_of(home).exists():
            continue
        page = model(
            title=titles[model],
            slug=slugs[home.locale.language_code],
            locale=home.locale,
            show_in_menus=True,
        )
        original = model.objects.child_of(source).first()
        if original is not None:
            page.translation_key = original.translation_key
        home.refresh_from_db()
        home.add_child(instance=page)


def _site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name="Mallisto"
        )
    elif not isinstance(site.root_page.specific, HomePage):
        site.root_page = home.page_ptr
        site.site_name = site.site_name or "Mallisto"
        site.save()


def provision_address() -> None:
    """Let the site stand where the settings say, until somebody names its host in the admin.

    Canonical addresses, those in feeds, in the sitemap and in JSON are made from it.
    """
    site = Site.objects.filter(is_default_site=True).first()
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if site is None or site.hostname not in LOOPBACK or not address.hostname:
        return
    host, port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
    taken = Site.objects.filter(hostname=host, port=port).exists()
    if not taken:
        site.hostname, site.port = host, port
        site.save()


def provision_guidance() -> None:
    """A row of guidance per kind and language; the six S sections required."""
    present = set(SectionGuidance.objects.values_list("kind", "language"))
    summary = {kind.key for kind in SUMMARY_KINDS}
    keys = [kind.key for kind in SECTION_KINDS] + [FURTHER_SECTIONS]
    rows = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts = default_guidance()
            rows += [
                SectionGuidance(
                    kind=key,
                    language=code,
                    text=texts[key],
                    required=key in summary,
                    position=position,
                )
                for position, key in enumerate(keys)
                if (key, code) not in present
            ]
    SectionGuidance.objects.bulk_create(rows, ignore_conflicts=True)
    _provision_examples()


def _provision_examples() -> None:
    """An example where nobody has written one; one that was emptied stays empty."""
    lacking = SectionGuidance.objects.filter(example=None)
    for code, _name in settings.LANGUAGES:
        rows = list(lacking.filter(language=code))
        with translation.override(code):
            texts = default_examples()
            for row in rows:
                row.example = texts.get(row.kind, "")
        SectionGuidance.objects.bulk_update(rows, ["example"])


def default_examples() -> dict[str, str]:
    """The examples that a new portal starts with, in the current language."""
    return {
        "environment": _(
            "The model works in a wellbeing services county of 210,000 people. Home care is given "
            "by eight teams, and most clients live more than 30 km from the nearest hospital."
        ),
        "starting_point": _(
            "Every second client came back to hospital within a month. Shortening the stays is a "
            "goal of the county's strategy for 2023–2026."
        ),
        "needs": _(
            "In interviews, 14 of 20 clients said that they did not know whom to call after "
            "coming home. Staff told the same in a workshop."
        ),
        "developers": _(
            "The group had two home care nurses, a physiotherapist, three clients and a planner. "
            "It met every second week; clients chaired every other meeting."
        ),
        "intended_change": _(
            "By the end of 2025, a client who comes home from hospital has one named person and a "
            "plan for the first week."
        ),
        "measuring": _(
            "Visits to the emergency clinic within 30 days, from the client register twice a "
            "year; the clients' own estimate on a scale of one to five in a phone call."
        ),
        "target_group": _(
            "People over 75 who come home from hospital and live alone. Of them, we know from "
            "calls in the first week that medicine and meals worry them most."
        ),
        "ideas": _(
            "We compared a phone service, a visiting pair and a message service. The visiting "
            "pair was chosen because clients trusted a face more than a number."
        ),
        "trial": _(
            "Two teams tried the model with 38 clients from January to May. The first visit took "
            "longer than planned, but fewer calls came afterwards."
        ),
        "basic_idea": _(
            "A nurse and a physiotherapist visit together within two days. They agree with the "
            "client on three goals and come back weekly for six weeks. What is new is that both "
            "come at the same time and share one plan."
        ),
        "conditions": _(
            "A pair needs half a working day a client in the first week, a shared calendar and "
            "the right to see the same client record. A team leader keeps the time free."
        ),
        "tips": _(
            "Begin with one team and volunteers. Agree beforehand who calls the hospital, and "
            "write the first plan at the client's kitchen table, not in the office."
        ),
        "evaluation": _(
            "Returns to hospital fell from 21 to 12 per cent in five months (38 clients, "
            "register). Clients gave 4.4 out of 5. Evenings were not covered, which did not work."
        ),
        "further_sections": _(
            "“What it costs”, “How staff were trained”, “Use in other languages”"
        ),
    }


def default_guidance() -> dict[str, str]:
    """The guidance that a new portal starts with, in the current language."""
    return {
        "environment": _(
            "Where does the model work? Describe the services, the area and the partners, so "
            "that a reader can compare them with their own."
        ),
        "starting_point": _(
            "What was the situation before, and which strategies or programmes does the work "
            "carry out?"
        ),
        "needs": _("Which problem or need started the work? How do you know about it?"),
        "developers": _(
            "Who took part in the development, and how? Mention clients and experts by "
            "experience too."
        ),
        "intended_change": _("What was to change, for whom, and by when?"),
        "measuring": _("How do you know whether the change happened? Name the measures."),
        "target_group": _(
            "Whom does the model serve? What do you know of their needs, and how did you learn it?"
        ),
        "ideas": _("Which solutions did you consider, and why was this one chosen?"),
        "trial": _("What was tried, where, with whom and for how long? What did you notice?"),
        "basic_idea": _(
            "Describe the model briefly: what is done, who does it, in which order, and what is "
            "new in it. A reader should be able to explain it to a colleague."
        ),
        "conditions": _(
            "What must be in place for the model to work: people, skills, time, money, "
            "agreements, tools?"
        ),
        "tips": _("What would you tell a colleague who starts with the model next week?"),
        "evaluation": _(
            "What changed? Give results with figures where you have them, and say how they were "
            "obtained. Also say what did not work."
        ),
        "further_sections": _("Anything else that a reader needs, under headings of your own."),
    }


def provision_regions(file: Path = REGIONS) -> None:
    """The regions of the table that the database lacks; existing ones are left as they are."""
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle, delimiter="\t"))
    except OSError as error:
        raise CommandError(f"The regions cannot be read: {error}") from error
    present = dict(Region.objects.values_list("slug", "pk"))
    for with_parent in (False, True):
        new = [
            Region(
                slug=row["slug"],
                kind=row["kind"],
                parent_id=present.get(row["parent"]) if with_parent else None,
                label_fi=row["fi"],
                label_sv=row["sv"],
                label_en=row["en"],
                synonyms_fi=row["synonym_fi"] or "",
                synonyms_sv=row["synonym_sv"] or "",
                synonyms_en=row["synonym_en"] or "",
                sort_key=finnish_sort_key(row["fi"]),
            )
            for row in rows
            if bool(row["parent"]) == with_parent and row["slug"] not in present
        ]
        Region.objects.bulk_create(new, ignore_conflicts=True)
        present = dict(Region.objects.values_list("slug", "pk"))


def provision() -> None:
    """Everything of this module."""
    provision_structure()
    provision_address()
    provision_regions()
    provision_guidance()
