"""Deleting is the administrator's, by the title, at every door."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from editorial.models import Decision
from models_pages.models import OperatingModelPage
from tests.factories import OperatingModelFactory, UserFactory


@pytest.fixture
def administrator(db):
    """Return an account that administers."""
    return UserFactory(role="administrator")


def delete_url(page):
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def is_there(page):
    return Page.objects.filter(pk=page.pk).exists()


def doors(client, page):
    """Try to delete a page through every door of the admin, typing nothing."""
    client.post(delete_url(page))
    client.post(delete_url(page), {"confirm_title": "", "confirm_site_name": "Mallisto"})
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={page.pk}", {"confirm_title": page.title})
    client.post(f"/admin/api/main/pages/{page.pk}/action/delete/")
    client.delete(f"/admin/api/main/pages/{page.pk}/")


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("state", ["draft", "live"])
def test_nobody_else_deletes_not_even_with_the_title(client, db, role, state):
    user = UserFactory(role=role)
    page = OperatingModelFactory(owner=user, title="Own model", complete=True, state=state)
    client.force_login(user)

    doors(client, page)
    client.post(delete_url(page), {"confirm_title": "Own model"})

    assert is_there(page)


def test_an_administrator_types_the_title(client, administrator):
    page = OperatingModelFactory(title="A  model: “Äijä”", complete=True, state="live")
    client.force_login(administrator)
    doors(client, page)
    client.post(delete_url(page), {"confirm_title": "A model"})
    assert is_there(page)

    assert "type its title" in client.get(delete_url(page)).content.decode()
    client.post(delete_url(page), {"confirm_title": " A model: “Äijä” "})

    assert not is_there(page)
    decision = Decision.objects.get(action="deleted")
    assert decision.page_title == page.title
    assert decision.editor_id == administrator.pk
    assert decision.page_id == page.pk


def test_a_superuser_too(client, db):
    page = OperatingModelFactory(title="Model", complete=True, state="live")
    client.force_login(UserFactory(is_superuser=True))

    doors(client, page)
    assert is_there(page)
    client.post(delete_url(page), {"confirm_title": "Model"})
    assert not is_there(page)


def test_editors_still_move_pages(editor):
    page = OperatingModelFactory(title="Model", complete=True, state="live")

    assert page.permissions_for_user(editor).can_move()
    assert not page.permissions_for_user(editor).can_delete()
    assert OperatingModelPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_neither_refusing_nor_deleting_leads_elsewhere(client, administrator, target):
    page = OperatingModelFactory(title="Model", complete=True, state="live")
    client.force_login(administrator)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    for url, data in (
        (delete_url(page), {"next": target}),
        (f"{bulk}?id={page.pk}", {"next": target}),
        (delete_url(page), {"next": target, "confirm_title": "Model"}),
    ):
        response = client.post(url, data)
        assert response.status_code == 302
        assert response.url.startswith("/admin/")
        assert "evil" not in response.url
