"""Search documents."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from search.documents import Document, Facet, Section, digest

DOCUMENT = Document(
    id=1,
    language="fi",
    title="Malli",
    url="/malli/",
    description="Kuvaus",
    sections=(Section(kind="needs", heading="Tarpeet", text="Teksti", anchor="needs"),),
    attachments=("Liite",),
    facts=("Kuopio",),
    facets=(Facet("theme", "lapset", "Lapset"),),
    published_at=datetime(2024, 1, 2, tzinfo=UTC),
)
OTHER = {
    "id": 2,
    "language": "sv",
    "title": "Toinen",
    "url": "/toinen/",
    "description": "",
    "sections": (),
    "attachments": (),
    "facts": (),
    "facets": (),
    "type": "model",
    "published_at": None,
    "updated_at": datetime(2024, 1, 3, tzinfo=UTC),
    "confirmed_on": date(2024, 1, 4),
}


def test_the_digest_changes_with_every_field():
    assert set(OTHER) == {field.name for field in fields(Document)}
    changed = {digest(replace(DOCUMENT, **{name: value})) for name, value in OTHER.items()}
    assert digest(DOCUMENT) not in changed
    assert len(changed) == len(OTHER)


def test_the_digest_is_of_the_content():
    assert digest(DOCUMENT) == digest(replace(DOCUMENT))
    assert len(digest(DOCUMENT)) == 16
    assert digest(replace(DOCUMENT, title="\ud800"))


def test_wider_values_of_a_facet_come_with_it():
    document = replace(
        DOCUMENT, facets=(Facet("region", "espoo", "Espoo", parent="lansi-uusimaa"),)
    )
    assert document.facet_values("region") == ("espoo", "lansi-uusimaa")
    assert document.facet_values("theme") == ()
