"""Roles, pages and the workflow are there after migrations, and again changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from accounts.roles import ADMINISTRATORS, AUTHORS, EDITORS, ROLES
from editorial.models import ReviewTask
from editorial.provisioning import provision
from models_pages.models import Region, SectionGuidance
from tests.factories import UserFactory


def everything():
    """What provisioning makes, as data."""
    return {
        "groups": {
            group.name: sorted(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        },
        "pages": sorted(
            GroupPagePermission.objects.values_list(
                "group__name", "page__url_path", "permission__codename"
            )
        ),
        "tree": list(Page.objects.order_by("path").values_list("path", "url_path")),
        "workflows": sorted(Workflow.objects.values_list("name", "active")),
        "tasks": sorted(ReviewTask.objects.values_list("name", "groups__name")),
        "counts": (Region.objects.count(), SectionGuidance.objects.count()),
    }


def test_doing_it_again_changes_nothing(db):
    before = everything()

    provision()

    assert everything() == before


def test_every_role_is_there(db):
    assert {role.name for role in ROLES} <= set(Group.objects.values_list("name", flat=True))
    assert not Group.objects.filter(name="Moderators").exists()


def test_rights_given_by_hand_stay(db):
    authors = Group.objects.get(name=AUTHORS)
    extra = Permission.objects.get(codename="view_theme")
    authors.permissions.add(extra)
    root = Page.get_first_root_node()
    by_hand = GroupPagePermission.objects.create(
        group=authors, page=root, permission=Permission.objects.get(codename="lock_page")
    )

    provision()

    assert extra in authors.permissions.all()
    assert GroupPagePermission.objects.filter(pk=by_hand.pk).exists()


def test_rights_taken_by_hand_come_back(db):
    """The table is what every role has at least."""
    authors = Group.objects.get(name=AUTHORS)
    authors.permissions.clear()

    provision()

    assert authors.permissions.filter(codename="access_admin").exists()


def test_guidance_that_was_edited_stays(db):
    SectionGuidance.objects.filter(kind="tips").update(text="Our own words", required=False)

    provision()

    assert set(SectionGuidance.objects.filter(kind="tips").values_list("text", "required")) == {
        ("Our own words", False)
    }


def test_workflow_of_an_administrators_own_stays(db):
    own = Workflow.objects.create(name="Two steps")
    WorkflowPage.objects.update(workflow=own)

    provision()

    assert WorkflowPage.objects.get().workflow == own


def test_rights_that_only_a_migration_made_are_made_again(db):
    """Django makes a model's rights again after ``flush``, and none that no model declares."""
    Permission.objects.filter(codename="submit_translation").delete()

    provision()

    holders = Group.objects.filter(permissions__codename="submit_translation")
    assert set(holders.values_list("name", flat=True)) == {EDITORS, ADMINISTRATORS}


@pytest.mark.django_db(transaction=True)
def test_editors_and_administrators_translate_after_a_flush():
    call_command("flush", interactive=False, verbosity=0)

    for role, expected in (("author", False), ("editor", True), ("administrator", True)):
        user = UserFactory(role=role)
        assert user.has_perm("wagtail_localize.submit_translation") is expected
