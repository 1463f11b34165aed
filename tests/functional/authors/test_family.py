"""A model's family on its page, what differs between two models, and who is told."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import Message
from models_pages.coauthors import set_coauthors
from models_pages.comparison import compare_texts
from models_pages.models import OperatingModelIndexPage, OperatingModelPage
from models_pages.sections import SUMMARY_KINDS
from tests.factories import OperatingModelFactory, RegionFactory, UserFactory, index

pytestmark = pytest.mark.django_db


def live(title, **kwargs):
    return OperatingModelFactory(complete=True, state="live", title=title, **kwargs)


def section(client, page):
    """The part of the page that tells of its family, as text."""
    shown = client.get(page.url).content.decode()
    part = shown[shown.index('id="adaptations"') :]
    part = part[: part.index("</section>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_the_link_is_public_on_both(client):
    original = live("Alku")
    first = live("Eka", adapted_from=original, regions=[RegionFactory(label_fi="Lappi")])
    live("Toka", adapted_from=original, regions=[RegionFactory(label_fi="Kainuu")])

    below, above = section(client, first), section(client, original)

    assert re.search(r"Alku.*Eka", below)
    assert re.search(r"2.*Kainuu, Lappi", above)
    assert "Eka" in above
    assert "Toka" in above


def test_the_tree_goes_over_generations(client):
    root = live("Juuri")
    child = live("Lapsi", adapted_from=root)
    grandchild = live("Lapsenlapsi", adapted_from=child)

    for page in (root, child, grandchild):
        told = section(client, page)
        assert told.index("Juuri") < told.rindex("Lapsi ") < told.rindex("Lapsenlapsi")


@pytest.mark.parametrize("way", ["unpublished", "expired", "restricted", "draft"])
def test_what_is_not_public_does_not_leak(client, way):
    from datetime import timedelta

    from django.utils import timezone
    from wagtail.models import PageViewRestriction

    hidden = live("Piilossa")
    child = live("Lapsi", adapted_from=hidden)
    grandchild = live("Lapsenlapsi", adapted_from=child)
    if way == "unpublished":
        hidden.unpublish()
    elif way == "expired":
        OperatingModelPage.objects.filter(pk=hidden.pk).update(
            expire_at=timezone.now() - timedelta(hours=1)
        )
    elif way == "restricted":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    else:
        OperatingModelFactory(title="Piilossa 2", adapted_from=child)

    for page in (child, grandchild):
        shown = client.get(page.url).content.decode()
        assert ("Piilossa 2" if way == "draft" else "Piilossa") not in shown
    number = hidden.pk if way != "draft" else OperatingModelPage.objects.get(title="Piilossa 2").pk
    assert client.get(f"{child.url}vertaa/{number}/").status_code == 404


def test_a_hidden_generation_does_not_part_the_family(client):
    root = live("Juuri")
    middle = live("Keskimmäinen", adapted_from=root)
    leaf = live("Lehti", adapted_from=middle)
    middle.unpublish()

    assert "Juuri" in section(client, leaf)
    assert "Lehti" in section(client, root)
    assert "Keskimmäinen" not in section(client, root)


def test_models_that_name_each_other_are_shown_all_the_same(client):
    one = live("Yksi")
    two = live("Kaksi", adapted_from=one)
    OperatingModelPage.objects.filter(pk=one.pk).update(adapted_from=two)

    for page in (one, two):
        assert client.get(page.url).status_code == 200
    OperatingModelPage.objects.filter(pk=one.pk).update(adapted_from=one)
    assert client.get(one.url).status_code == 200


def test_translations_are_one_model(client):
    original = live("Alku")
    swedish = original.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.title = "Början"
    swedish.save_revision(clean=False).publish()
    adapted = live("Mukaelma", adapted_from=original)
    other = adapted.copy_for_translation(Locale.objects.get(language_code="sv"))
    other.title = "Anpassning"
    other.save_revision(clean=False).publish()
    swedish.refresh_from_db()

    told = section(client, swedish)

    assert "Anpassning" in told
    assert "Mukaelma" not in told
    assert index(OperatingModelIndexPage, "sv").get_children().count() == 2


def test_queries_do_not_follow_the_size_of_the_family(client, django_assert_max_num_queries):
    def count(number):
        for _ in range(number):
            live("Lapsi", adapted_from=root, regions=[RegionFactory()])
        client.get(root.url)
        with django_assert_max_num_queries(60) as queries:
            client.get(root.url)
        return len(queries)

    root = live("Juuri")
    few = count(2)
    assert count(9) == few


# What differs


def test_a_comparison_is_told_section_by_section(client):
    one = live("Yksi", sections={**SUMMARY, "basic_idea": "A nurse visits on Mondays."})
    two = live("Kaksi", sections={**SUMMARY, "basic_idea": "A nurse visits on Fridays."})

    shown = client.get(f"{one.url}vertaa/{two.pk}/")
    sections = {row.anchor: row for row in shown.context["sections"]}

    assert sections["basic-idea"].state == "differs"
    assert sections["tips"].state == "same"
    (line,) = sections["basic-idea"].lines
    assert [(piece.kind, piece.text) for piece in line] == [
        ("same", "A nurse visits on "),
        ("first", "Mondays"),
        ("second", "Fridays"),
        ("same", "."),
    ]
    text = shown.content.decode()
    assert re.search(r"<del>.*Mondays.*</del>", text)
    assert re.search(r"<ins>.*Fridays.*</ins>", text)
    assert 'content="noindex"' in text


SUMMARY = {kind.key: "Text." for kind in SUMMARY_KINDS}


def test_a_comparison_has_an_address_in_the_models_language(client):
    one, two = live("Yksi"), live("Kaksi")

    answer = client.get(f"{one.url}compare/{two.pk}/")

    assert answer.status_code == 301
    assert answer["Location"] == f"{one.url}vertaa/{two.pk}/"
    assert client.get(f"{one.url}vertaa/{one.pk}/").status_code == 404
    assert client.get(f"{one.url}vertaa/999999999/").status_code == 404


def test_a_hostile_text_is_only_text_and_costs_no_minute():
    words = " ".join(f"word{n % 7}" for n in range(40_000))
    other = " ".join(f"word{n % 5}" for n in range(40_000))
    compared = compare_texts("a", "A", words, other)
    assert compared.state == "differs"
    many = compare_texts("a", "A", "\n".join("abc" * 40), "\n".join("cba" * 40))
    assert many.lines
    nothing = compare_texts("a", "A", "", "x")
    assert nothing.state == "only_second"


# Who is told


def told(user):
    return [message.subject for message in Message.objects.filter(receiver=user)]


def test_the_originals_people_are_told_once():
    owner, helper, adapter = (UserFactory(role="author") for _ in range(3))
    original = live("Alku", owner=owner)
    set_coauthors(original, [helper])
    adapted = OperatingModelFactory(
        owner=adapter, complete=True, title="Mukaelma", adapted_from=original
    )
    assert told(owner) == []

    adapted.get_latest_revision().publish()
    adapted.get_latest_revision().publish()

    assert told(owner) == ["“Alku” has been adapted"]
    assert told(helper) == ["“Alku” has been adapted"]
    assert told(adapter) == []
    text = Message.objects.get(receiver=owner).text
    assert adapted.full_url in text
    assert f"vertaa/{adapted.pk}/" in text


def test_nobody_is_told_of_their_own():
    owner = UserFactory(role="author")
    original = live("Alku", owner=owner)

    live("Toinen", owner=owner, adapted_from=original)

    assert told(owner) == []


def test_a_start_leads_to_the_family(as_author, author):
    original = live("Alku")
    as_author.post(reverse("editorial:adapt", args=[original.pk]), {"title": "Oma", "text": []})

    draft = OperatingModelPage.objects.get(owner=author)

    assert draft.adapted_from == original
    assert "Oma" not in section(as_author, original)
