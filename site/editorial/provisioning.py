"""Everything that a portal needs after migrations, in order; doing it again is harmless."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from accounts.provisioning import provision_roles
from accounts.roles import ADMINISTRATORS, EDITORS
from models_pages.provisioning import provision as provision_pages

from .models import ReviewTask
from .review import texts as review_texts

WORKFLOW = "Toimituksen tarkistus"
TASK = "Tarkistus"


@transaction.atomic
def provision() -> None:
    """Pages, regions, guidance, roles, the workflow that covers every page, and its texts."""
    for app in apps.get_app_configs():
        # Django makes an app's permissions when its own turn comes; the roles need all of them.
        create_permissions(app, verbosity=0)
    provision_pages()
    provision_roles()
    provision_workflow()
    review_texts.provision()


def provision_workflow() -> None:
    """One step, editors' review, for every page, unless an administrator made another workflow."""
    _retire_stock_workflow()
    root = Page.get_first_root_node()
    if WorkflowPage.objects.filter(page=root).exists():
        return
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task = ReviewTask.objects.filter(name=TASK).first()
    if task is None:
        task = ReviewTask.objects.create(name=TASK)
        task.groups.set(Group.objects.filter(name__in=[EDITORS, ADMINISTRATORS]))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(page=root, workflow=workflow)


def _retire_stock_workflow() -> None:
    """Wagtail's own example workflow and group, while nobody uses them."""
    stock = Workflow.objects.filter(name="Moderators approval")
    WorkflowPage.objects.filter(workflow__in=stock).delete()
    stock.update(active=False)
    Group.objects.filter(name="Moderators", user__isnull=True).delete()
