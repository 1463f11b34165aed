"""A model under review, people around it, and Wagtail as it comes."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    AbstractGroupApprovalTask,
    Task,
    Workflow,
    WorkflowState,
    WorkflowTask,
)
from wagtail.workflows import publish_workflow_state

from editorial.models import ReviewTask
from editorial.provisioning import WORKFLOW
from tests.factories import UserFactory, submit


def browser(user):
    """Return the account's browser."""
    client = Client()
    client.force_login(user)
    return client


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def action_url(page, state, action):
    """Return Wagtail's address of a decision, which the dashboard's buttons post to."""
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


def saved_by(user, page, **changes):
    """Save a later version of the page; return its revision."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user, clean=False)


@pytest.fixture
def colleague(db):
    """Return another editor."""
    return UserFactory(role="editor", email="colleague@example.org")


@pytest.fixture
def as_colleague(colleague):
    """Return the other editor's browser."""
    return browser(colleague)


@pytest.fixture
def state(whole):
    """Return the state of the review to which the whole model was submitted."""
    return submit(whole)


@pytest.fixture
def stock(monkeypatch, settings):
    """Return what turns our rules of the review off, so that Wagtail's own hold."""

    def turn_off():
        settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
        for name in ("on_action", "get_actions", "start"):
            monkeypatch.setattr(ReviewTask, name, getattr(AbstractGroupApprovalTask, name))
        monkeypatch.setattr(ReviewTask, "get_form_for_action", Task.get_form_for_action)
        monkeypatch.setattr(WorkflowState, "on_finish", publish_workflow_state)

    return turn_off


@pytest.fixture
def two_steps(db):
    """Return what submits a page to a workflow of two steps, and gives the first one's state."""
    workflow = Workflow.objects.get(name=WORKFLOW)
    first = ReviewTask.objects.get()
    second = ReviewTask.objects.create(name="Second step")
    second.groups.set(first.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    return submit
