"""A model is found by what its basic information names, also where no text says it."""

import json

import pytest
from django.utils import translation

from models_pages.block_values import attachment, further_section
from models_pages.documents import model_document
from search.index import store
from search.service import Asked, search
from tests.factories import DocumentFactory
from tests.factories_search import model, region, target_group, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(index, committed):
    county = region("pohjois-savo", "Pohjois-Savon hyvinvointialue")
    with committed():
        page = model(
            "Jalkautuva neuvonta",
            place="Kuopion keskusta\nSiilinjärvi",
            other_regions="Ylämaa",
            other_funders="Esimerkkisäätiö",
            regions=[region("kuopio", "Kuopio", parent=county, kind="municipality")],
            themes=[theme("mielenterveys", "Mielenterveys", "Psykisk hälsa")],
            target_groups=[target_group("nuoret", "Nuoret", "Unga")],
        )
        model("Aivan muu malli", slug="muu")
    return page


@pytest.mark.parametrize(
    "asked",
    ["kuopiossa", "Siilinjärven", "pohjois-savo", "Ylämaa", "esimerkkisäätiö", "nuorten",
     "mielenterveyden", '"Kuopion keskusta"'],
)  # fmt: skip
def test_what_the_basic_information_names_is_found(named, found, asked):
    assert found(asked)[:1] == [named.title]


def test_a_terms_other_names_lead_to_it(named, found):
    assert found("psykisk hälsa", language="sv") == [named.title]


def facts(text, language="fi"):
    hits = search(Asked(text=text), language).hits
    return [(fact.heading, fact.html) for fact in hits[0].facts]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("nuorille", ("Kohderyhmä", "<mark>Nuoret</mark>")),
        ("psykisk hälsa", ("Teema", "<mark>Mielenterveys</mark>")),
        ("Siilinjärven", ("", "<mark>Siilinjärvi</mark>")),
        ("kuopio", ("Alue", "<mark>Kuopio</mark>")),
    ],
)
def test_the_hit_says_which_name_matched(named, client, asked, shown):
    with translation.override("fi"):
        assert facts(asked)[0] == shown
    page = client.get("/fi/haku/", {"q": asked}).content.decode()
    assert shown[1] in page


def test_a_name_is_not_told_where_the_texts_say_it(named, index, committed):
    with committed():
        model("Nuorten paja", slug="paja", target_groups=list(named.target_groups.all()))
    assert facts("nuorten paja") == []


def test_a_title_is_worth_more(named, found, committed):
    with committed():
        model("Nuorten työpaja")
    assert found("nuoret") == ["Nuorten työpaja", named.title]


def test_facts_are_kept_with_the_document(named):
    document = model_document(named)
    assert "Kuopion keskusta" in document.facts
    assert store.get([named.pk])[named.pk] == document


def test_an_attachment_of_ones_own_section_counts_too(named):
    document = DocumentFactory(title="Perehdytysopas")
    raw = [further_section("Oma osio", [attachment(document.pk)])]
    named.further_sections = json.dumps(raw)
    found = model_document(named)
    assert found.attachments == ("Perehdytysopas",)
    assert found.facet_values("attachments") == ("yes",)
