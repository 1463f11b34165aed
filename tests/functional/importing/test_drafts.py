"""Page texts become drafts, once; what an author changed is left alone."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from models_pages.importing.report import told_at_import
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from tests.factories import FunderFactory, OrganisationFactory, RegionFactory, index, submit
from tests.functional.importing.conftest import FULL, LONG, READY, Run

pytestmark = pytest.mark.django_db


def html(stream):
    return [
        b.value["text"].source if b.block_type == "subsection" else b.value.source for b in stream
    ]


def change(page, **values):
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=page.owner)


def test_a_page_text_becomes_a_draft_of_its_owner(author, text_file):
    run = Run(text_file(FULL), owner="Author@example.org")
    page, draft = run.page, run.draft
    assert not page.live
    assert (page.owner, page.locale.language_code) == (author, "fi")
    assert page.get_parent().specific == index(OperatingModelIndexPage)
    assert (draft.title, draft.slug, draft.phase) == ("Perhetuki", "perhetuki", "trial")
    assert "kunta ja järjestöt tukevat" in draft.short_description
    assert (draft.created_on, draft.edited_on) == (dt.date(2021, 11, 4), dt.date(2025, 9, 11))
    assert {region.slug for region in draft.regions.all()} == {"valtakunnallinen", "pirkanmaa"}
    assert draft.other_regions == "Uusimaa"
    assert draft.other_funders == "Kotisäätiö"
    assert [author.name for author in draft.authors.all()] == ["Maija Malli"]
    assert html(draft.basic_idea) == [f"<p>{LONG}</p>"]
    assert html(draft.unplaced) == ["<p>Tuntematon ohjelma</p>"]
    assert not draft.starting_point


def test_the_report_tells_what_it_promises(author, text_file):
    path = text_file(FULL)
    entry = Run(path, owner=author.email).entry
    assert list(entry) == ["file", "page_id", "title", "sections", "unplaced", "warnings"]
    assert entry["file"] == str(path)
    assert entry["sections"] == [
        "environment", "target_group", "basic_idea", "conditions", "tips", "evaluation",
    ]  # fmt: skip
    assert entry["unplaced"] == ["Tuntematon ohjelma"]
    told = " ".join(entry["warnings"])
    assert all(name in told for name in ("Uusimaa", "Kotisäätiö", "Maija Malli"))
    assert told_at_import(OperatingModelPage.objects.get()) == entry["warnings"]


def test_the_seeds_become_drafts(author, seeds):
    run = Run(seeds[0].parent, owner=author.email)
    assert [len(entry["sections"]) for entry in run.entries] == [6, 8]
    assert not any(entry["unplaced"] for entry in run.entries)
    first = OperatingModelPage.objects.get(pk=run.entries[0]["page_id"])
    assert [region.slug for region in first.regions.all()] == ["valtakunnallinen"]


def test_names_are_known_by_labels_and_synonyms_in_every_language(text_file):
    RegionFactory(label_fi="Kainuun alue", synonyms_sv="Kajanaland", slug="kainuu-x")
    FunderFactory(label_fi="Koeministeriö", label_en="Ministry of Trials", synonyms_fi="KOM")
    OrganisationFactory(label_fi="Koekunta")
    text = FULL.replace("Uusimaa", "Kajanaland").replace(
        "Kotisäätiö", "ministry of trials\nKoeministeriö (KOM)\nKoeministeriö (muu)"
    )
    text = text.replace("Toimintamallin kokonaisuus", "Organisaatio\nKoekunta\nOuto oy")
    run = Run(text_file(text))
    assert run.draft.other_regions == ""
    assert run.draft.regions.count() == 3
    assert [funder.label_fi for funder in run.draft.funders.all()] == ["Koeministeriö"]
    assert run.draft.other_funders == "Koeministeriö (muu)"
    assert [o.label_fi for o in run.draft.organisations.all()] == ["Koekunta"]
    assert run.entry["unplaced"] == ["Outo oy", "Tuntematon ohjelma"]
    assert any("Kajanaland → Kainuun alue" in warning for warning in run.entry["warnings"])


def test_a_province_stands_for_its_wellbeing_services_county(text_file):
    draft = Run(text_file(FULL.replace("Uusimaa", "Pohjois-Savo\nLappi"))).draft
    assert draft.other_regions == ""
    assert {"pohjois-savo", "lappi"} <= {region.slug for region in draft.regions.all()}


def test_the_same_file_again_is_a_new_revision_of_the_same_page(author, text_file):
    path = text_file(FULL)
    first = Run(path, owner=author.email)
    again = Run(path, owner=author.email)
    assert again.entry["page_id"] == first.entry["page_id"]
    assert OperatingModelPage.objects.count() == 1
    assert again.page.revisions.count() == 2
    assert Run(path).page.revisions.count() == 3


def test_what_the_portal_has_learnt_since_is_known_at_the_next_import(author, text_file):
    path = text_file(FULL)
    assert Run(path, owner=author.email).draft.other_regions == "Uusimaa"
    RegionFactory(label_fi="Uusimaa")
    again = Run(path, owner=author.email)
    assert again.draft.other_regions == ""
    assert "Uusimaa" in {region.label_fi for region in again.draft.regions.all()}


@pytest.mark.parametrize("move", ["stays", "moves", "renamed"])
def test_a_changed_file_makes_a_new_revision_of_its_page(author, text_file, tmp_path, move):
    path = text_file(FULL)
    first = Run(path, owner=author.email)
    ids = [block.id for block in first.draft.basic_idea]
    if move == "moves":
        (tmp_path / "muualla").mkdir()
        path = path.rename(tmp_path / "muualla" / path.name)
    if move == "renamed":
        path = path.rename(tmp_path / "uusi.txt")
        assert Run(path).entry["page_id"] == first.entry["page_id"]
    revisions = first.page.revisions.count()
    path.write_text(FULL.replace("Kokeilu", "Valmis").replace("Uusimaa\n", ""), encoding="utf-8")
    again = Run(path, owner=author.email)
    assert again.entry["page_id"] == first.entry["page_id"]
    assert (again.draft.phase, again.draft.other_regions) == ("established", "")
    assert [block.id for block in again.draft.basic_idea] == ids
    assert again.page.revisions.count() == revisions + 1


def test_another_file_with_the_same_title_is_another_page(author, text_file):
    Run(text_file(FULL, "yksi.txt"))
    Run(text_file(FULL + "\nLisää.", "kaksi.txt"))
    assert sorted(OperatingModelPage.objects.values_list("slug", flat=True)) == [
        "perhetuki",
        "perhetuki-1",
    ]


def test_what_an_author_changed_is_left_alone(author, text_file):
    path = text_file(FULL)
    page = Run(path, owner=author.email).page
    change(page, place="Tampere")
    path.write_text(FULL.replace("Kokeilu", "Valmis"), encoding="utf-8")
    again = Run(path, owner=author.email)
    assert again.entry["page_id"] == page.pk
    assert not again.error
    assert any("--overwrite" in warning for warning in again.entry["warnings"])
    assert (again.draft.place, again.draft.phase) == ("Tampere", "trial")


def test_overwriting_replaces_what_the_text_says_and_keeps_the_rest(author, text_file):
    path = text_file(FULL)
    page = Run(path, owner=author.email).page
    change(page, place="Tampere", phase="idea")
    again = Run(path, owner=author.email, overwrite=True)
    assert (again.draft.place, again.draft.phase) == ("Tampere", "trial")
    assert Run(path, owner=author.email).entry["warnings"] == [
        w for w in again.entry["warnings"] if "--overwrite" not in w
    ]


def test_saving_without_a_change_is_no_change(author, text_file):
    path = text_file(FULL)
    page = Run(path, owner=author.email).page
    change(page)
    path.write_text(FULL.replace("Kokeilu", "Valmis"), encoding="utf-8")
    assert Run(path, owner=author.email).draft.phase == "established"


def test_a_live_page_gets_a_draft_and_stays_as_it_is(author, text_file):
    path = text_file(READY)
    page = Run(path, owner=author.email).page
    page.get_latest_revision().publish()
    path.write_text(READY.replace("Kokeilu", "Valmis"), encoding="utf-8")
    again = Run(path, owner=author.email)
    assert (again.page.live, again.page.phase, again.page.has_unpublished_changes) == (
        True,
        "trial",
        True,
    )
    assert again.draft.phase == "established"


def test_a_page_under_review_is_left_alone_even_when_overwriting(author, text_file):
    path = text_file(READY)
    page = Run(path, owner=author.email).page
    submit(page)
    path.write_text(READY.replace("Kokeilu", "Valmis"), encoding="utf-8")
    assert Run(path, owner=author.email, overwrite=True).draft.phase == "trial"


def test_a_deleted_page_is_imported_anew(author, text_file):
    path = text_file(FULL)
    page = Run(path, owner=author.email).page
    page.delete()
    assert Run(path, owner=author.email).page.pk != page.pk


def test_a_complete_draft_is_submitted(author, text_file):
    run = Run(text_file(READY), owner=author.email, submit=True)
    assert run.page.workflow_in_progress
    assert run.page.current_workflow_state.requested_by == author


def test_a_draft_that_lacks_something_is_not_submitted(author, text_file):
    run = Run(text_file(FULL), owner=author.email, submit=True)
    assert not run.page.workflow_in_progress
    assert not run.error
    assert len(run.entry["warnings"]) > len(Run(text_file(FULL), dry_run=True).entry["warnings"])


def test_markup_in_a_page_text_is_words(author, text_file):
    attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> javascript:alert(3)"
    run = Run(text_file(READY.replace(LONG, f"{LONG} {attack}")), owner=author.email)
    (source,) = html(run.draft.basic_idea)
    assert "<script" not in source
    assert "<img" not in source
    assert "&lt;script&gt;alert(1)" in source


def test_the_editor_takes_what_the_importer_made(author, seeds, client):
    client.force_login(author)
    for entry in Run(seeds[0].parent, owner=author.email).entries:
        page = OperatingModelPage.objects.get(pk=entry["page_id"])
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
        form = unescape(response.content.decode())
        with translation.override(author.language):
            notes = told_at_import(page)
        assert len(notes) == len(entry["warnings"])
        assert all(note in form for note in notes)
        page.get_latest_revision_as_object().full_clean()


@pytest.mark.parametrize("mode", ["", "path"])
def test_both_views_of_an_imported_draft_can_be_previewed(author, seeds, mode):
    words = ["AIKANA", "Yhteistyöryhmän kokoonpano"]
    entries = Run(seeds[0].parent, owner=author.email).entries
    for entry, word in zip(entries, words, strict=True):
        draft = OperatingModelPage.objects.get(pk=entry["page_id"]).get_latest_revision_as_object()
        shown = draft.make_preview_request(preview_mode=mode)
        assert shown.status_code == 200
        assert word in shown.render().content.decode()
