"""Search documents of many pages are the same as of each page, at a bounded number of queries."""

from __future__ import annotations

from html import unescape

import pytest
from django.utils.html import strip_tags
from wagtail.models import Page

from models_pages import block_values
from models_pages.blocks import plain_text
from models_pages.models import CollectionPage, OperatingModelPage
from models_pages.stream_text import stream_text
from search.index import pages
from tests.factories import DocumentFactory, ImageFactory
from tests.factories_search import content, home, model, region, target_group, theme

pytestmark = pytest.mark.django_db


def collection(title, *, live=True):
    parent = home().get_children().get(slug="kokonaisuudet").specific
    page = CollectionPage(title=title, introduction="<p>Ohjelma.</p>", live=live)
    return parent.add_child(instance=page)


def everything(document, picture):
    return [
        block_values.paragraph("<p>Ensin &amp; <b>sitten</b></p><ul><li>yksi</li></ul>"),
        block_values.subsection("Väliotsikko", "<p>Sen alla</p>"),
        block_values.quote("Näin sanottiin", "Sanoja"),
        block_values.table([["Vuosi", "Määrä"], ["2026", "12"]], "Taulukon nimi"),
        block_values.attachment(document.pk),
        block_values.attachment(document.pk, "Oma nimi liitteelle"),
        block_values.link("Linkin nimi", "https://example.org/osoite"),
        block_values.image(picture.pk, "Kuvan sanat", "Kuvateksti"),
        block_values.image(picture.pk, "", ""),
    ]


@pytest.fixture
def raw(portal):
    return everything(DocumentFactory(title="Perehdytysopas"), ImageFactory())


def filled(number, raw):
    """A model with something of every kind."""
    county = region("pohjois-savo", "Pohjois-Savon hyvinvointialue")
    page = model(
        f"Malli {number}",
        place="Kuopio",
        regions=[region("kuopio", "Kuopio", parent=county, kind="municipality"), region()],
        themes=[theme(f"teema-{number}-{n}", f"Teema {n} {number}", "Tema") for n in (2, 1)],
        target_groups=[target_group(f"ryhma-{number}", "Nuoret")],
        collections=[collection(f"Ohjelma {number}"), collection(f"Salainen {number}", live=False)],
        further_sections=[block_values.further_section("Oma osio", raw)],
        attachments=raw[4:6],
    )
    OperatingModelPage.objects.filter(pk=page.pk).update(trial=raw)
    return page


def test_documents_made_together_are_those_made_one_by_one(raw):
    made = [filled(number, raw) for number in range(3)]
    made += [content("Ohje", "Teksti."), collection("Kokonaisuus")]
    together = {one.id: one for one in pages.gather([page.pk for page in made]).documents}
    assert set(together) == {page.pk for page in made}
    for page in made:
        alone = Page.objects.get(pk=page.pk).specific
        assert alone.search_related is None
        assert together[page.pk] == alone.search_document()


def test_a_document_has_all_that_the_page_says_and_names(raw):
    document = pages.gather([filled(1, raw).pk]).documents[0]
    values = {(facet.key, facet.value, facet.parent) for facet in document.facets}
    assert ("region", "kuopio", "pohjois-savo") in values
    assert ("collection", "ohjelma-1", None) in values
    assert not [value for _key, value, _parent in values if "salainen" in value]
    assert [f.value for f in document.facets if f.key == "theme"] == ["teema-1-1", "teema-1-2"]
    assert {"Kuopio", "Pohjois-Savon hyvinvointialue", "Testaaja"} <= set(document.facts)
    assert document.attachments.count("Perehdytysopas") == 3
    assert document.attachments.count("Oma nimi liitteelle") == 3


def test_a_streams_words(raw):
    assert stream_text(raw).splitlines() == [
        "Ensin & sitten", "yksi", "Väliotsikko", "Sen alla", "Näin sanottiin", "Sanoja",
        "Taulukon nimi", "Vuosi", "Määrä", "2026", "12", "Perehdytysopas",
        "Oma nimi liitteelle", "Linkin nimi", "Kuvan sanat", "Kuvateksti",
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_pages(raw, django_assert_max_num_queries):
    few = [filled(number, raw).pk for number in range(2)]
    many = [*few, *(filled(number, raw).pk for number in range(2, 12))]
    pages.gather(few)
    for ids in (few, many):
        with django_assert_max_num_queries(25):
            assert len(pages.gather(ids).documents) == len(ids)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Tavallinen <b>teksti</b> &lt;b&gt; &amp; muuta</p>",
        '<p><a href="https://example.org/?a=1&amp;b=2">linkki</a> <a id="3">sivu</a></p>',
        "1 < 2 ja 3 > 2",
        "a <b",
        "<",
        "<3 sydän",
        '<a title="a > b">x</a>',
        "<!-- ei tätä -->tämä",
        "<script>alert(1)</script>",
        "<p",
        "a<b>c",
        "</p>",
    ],
)
def test_the_quick_way_to_plain_text_gives_what_the_parser_gives(html):
    spaced = html.replace("</p>", "</p>\n")
    assert plain_text(html) == unescape(strip_tags(spaced)).strip()
