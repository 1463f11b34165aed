"""Models as JSON: only what the public may see, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from models_pages import api
from models_pages.models import OperatingModelPage
from models_pages.sections import SUMMARY_KINDS
from tests.factories import OperatingModelFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_public_models_only(client):
    shown = OperatingModelFactory(complete=True, state="live", themes=[ThemeFactory(slug="t")])
    OperatingModelFactory(complete=True)
    expired = OperatingModelFactory(complete=True, state="live")
    OperatingModelPage.objects.filter(pk=expired.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    answer = client.get("/api/v1/models/").json()
    assert [row["id"] for row in answer["results"]] == [shown.pk]
    assert answer["results"][0]["themes"] == ["t"]
    assert answer["results"][0]["regions"] == ["pirkanmaa"]
    assert answer["next"] is None
    assert client.get(f"/api/v1/models/{expired.pk}/").status_code == 404


def test_pages_follow_each_other(client, monkeypatch):
    monkeypatch.setattr(api, "PER_PAGE", 2)
    made = [OperatingModelFactory(complete=True, state="live").pk for _ in range(5)]
    seen, address = [], "/api/v1/models/?lang=fi"
    while address:
        answer = client.get(address).json()
        seen += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert seen == made


@pytest.mark.parametrize("after", ["x", "-1", "9" * 400, "²"])
def test_nonsense_is_no_error(client, after):
    assert client.get("/api/v1/models/", {"after": after}).status_code == 200


def test_one_model_with_its_sections(client):
    sections = {kind.key: "Text." for kind in SUMMARY_KINDS} | {"evaluation": "Kokeile ensin."}
    page = OperatingModelFactory(complete=True, state="live", sections=sections)
    answer = client.get(f"/api/v1/models/{page.pk}/").json()
    assert answer["title"] == page.title
    last = answer["sections"][-1]
    assert (last["kind"], last["text"]) == ("evaluation", "Kokeile ensin.")


def test_queries_do_not_grow_with_the_models(client, django_assert_max_num_queries):
    for _ in range(6):
        OperatingModelFactory(complete=True, state="live")
    client.get("/api/v1/models/")
    with django_assert_max_num_queries(8):
        assert len(client.get("/api/v1/models/").json()["results"]) == 6
