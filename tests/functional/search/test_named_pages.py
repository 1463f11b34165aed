"""A page that is named in others' documents takes them along when it changes."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from models_pages.models import CollectionPage
from search.index import check
from tests.factories_search import home, model, publish, region

pytestmark = pytest.mark.django_db


def a_collection(title="Perheohjelma"):
    parent = home().get_children().get(slug="kokonaisuudet").specific
    return parent.add_child(
        instance=CollectionPage(title=title, introduction="<p>Ohjelma.</p>", slug="perheohjelma")
    )


def rename(one):
    publish(one, title="Lapsiohjelma", slug="lapsiohjelma")


def take_down(one):
    one.specific.unpublish()


def restrict(one):
    PageViewRestriction.objects.create(page=one, restriction_type=PageViewRestriction.LOGIN)


def delete(one):
    one.specific.delete()


@pytest.mark.parametrize("act", [rename, take_down, restrict, delete])
def test_a_collection_that_changes_changes_in_its_models(act, index, committed, synced, found):
    with committed():
        one = a_collection()
        model("Liikkuva neuvola", collections=[one])
    assert found(collection=["perheohjelma"]) == ["Liikkuva neuvola"]

    with committed():
        act(CollectionPage.objects.get(pk=one.pk))
    synced()

    assert not check.compare(index)
    shown = found(collection=["lapsiohjelma"])
    assert shown == (["Liikkuva neuvola"] if act is rename else [])


def test_a_collection_is_found_at_once_however_many_models_are_in_it(index, committed, found):
    with committed():
        one = a_collection()
        for number in range(12):
            model(f"Malli {number}", collections=[one])
    with committed():
        publish(one, title="Saksofoniohjelma")
    assert found("saksofoniohjelma") == ["Saksofoniohjelma"]


def test_a_county_that_is_renamed_changes_in_models_of_its_municipalities(index, synced, found):
    county = region("pohjois-savo", "Pohjois-Savon hyvinvointialue")
    model("Liikkuva neuvola", regions=[region("kuopio", "Kuopio", parent=county)])
    synced()
    county.label_fi = "Kallaveden hyvinvointialue"
    county.save()
    synced()
    assert not check.compare(index)
    assert found("kallavesi") == ["Liikkuva neuvola"]
