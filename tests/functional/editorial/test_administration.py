"""What an administrator changes without code, and what that does to models that are public."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from editorial.models import ReviewTask
from models_pages.models import SectionGuidance
from models_pages.models.portal_settings import PortalSettings
from tests.factories import OperatingModelFactory, UserFactory
from tests.functional.admin_forms import assert_saved, model_form

pytestmark = pytest.mark.django_db


def guidance(kind):
    return SectionGuidance.objects.get(kind=kind, language="fi")


def demand(as_administrator, kind):
    row = guidance(kind)
    url = reverse("wagtailsnippets_models_pages_sectionguidance:edit", args=[row.pk])
    return as_administrator.post(
        url, {"text": "Kerro tästä.", "example": "", "required": "on"}, follow=True
    )


class TestGrowingRequirements:
    def test_a_public_model_stays_public_and_is_asked_at_its_next_submission(
        self, as_administrator, author, as_author
    ):
        model = OperatingModelFactory(owner=author, complete=True, state="live")
        demand(as_administrator, "measuring")
        assert guidance("measuring").required

        assert Client().get(model.url).status_code == 200
        edit = reverse("wagtailadmin_pages:edit", args=[model.pk])
        assert_saved(as_author.post(edit, model_form(model, place="Kemi")))
        refused = as_author.post(edit, model_form(model) | {"action-submit": "true"})
        assert "measuring" in refused.context["form"].errors
        model.refresh_from_db()
        assert model.live

    def test_the_change_is_logged_with_who_made_it(self, as_administrator, administrator):
        row = guidance("measuring")
        demand(as_administrator, "measuring")
        entry = ModelLogEntry.objects.get(object_id=str(row.pk), action="wagtail.edit")
        assert entry.user == administrator
        history = as_administrator.get(reverse("wagtailadmin_reports:site_history"))
        assert entry.label in history.content.decode()


class TestSettings:
    def url(self):
        return reverse("wagtailsettings:edit", args=["models_pages", "portalsettings"])

    def values(self, as_administrator, **changes):
        form = as_administrator.get(self.url(), follow=True).context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in (values | changes).items() if value is not False}

    def test_an_administrator_changes_them_and_it_is_logged(self, as_administrator, administrator):
        answer = as_administrator.get(self.url(), follow=True)
        form_url = answer.redirect_chain[-1][0]
        as_administrator.post(form_url, self.values(as_administrator, confirmation_months=12))
        assert PortalSettings.current().confirmation_months == 12
        entry = ModelLogEntry.objects.filter(content_type__model="portalsettings").get()
        assert entry.user == administrator

    def test_a_number_without_sense_is_refused(self, as_administrator):
        form_url = as_administrator.get(self.url(), follow=True).redirect_chain[-1][0]
        answer = as_administrator.post(
            form_url, self.values(as_administrator, confirmation_months=0)
        )
        assert "confirmation_months" in answer.context["form"].errors

    def test_editors_do_not(self, as_editor):
        assert as_editor.get(self.url()).status_code == 302


class TestWorkflow:
    """A second step, made in the admin alone."""

    def add_second_step(self, as_administrator):
        leads = Group.objects.get(name="Administrators")
        made = as_administrator.post(
            reverse("wagtailadmin_workflows:add_task", args=["editorial", "reviewtask"]),
            {"name": "Toinen tarkistus", "groups": [leads.pk]},
        )
        assert made.status_code == 302, made.context["form"].errors
        workflow = Workflow.objects.get(active=True)
        first, second = ReviewTask.objects.order_by("pk")
        form = nested_form_data(
            {
                "name": workflow.name,
                "active": "on",
                "workflow_tasks": inline_formset(
                    [
                        {"id": workflow.workflow_tasks.get().pk, "task": first.pk},
                        {"id": "", "task": second.pk},
                    ],
                    initial=1,
                ),
                "pages": inline_formset([{"page": workflow.workflow_pages.get().page_id}]),
                "content_types": [],
            }
        )
        saved = as_administrator.post(
            reverse("wagtailadmin_workflows:edit", args=[workflow.pk]), form
        )
        assert saved.status_code == 302, saved.context["form"].errors
        return workflow

    def decide(self, client, page, action):
        state = page.current_workflow_state.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        client.post(url, {"comment": ""})

    def test_two_steps_are_needed_then(self, as_administrator, as_author, whole, editor):
        workflow = self.add_second_step(as_administrator)
        assert workflow.tasks.count() == 2
        as_author.post(
            reverse("wagtailadmin_pages:edit", args=[whole.pk]),
            model_form(whole) | {"action-submit": "true"},
        )
        reviewer = Client()
        reviewer.force_login(editor)

        self.decide(reviewer, whole, "approve")
        whole.refresh_from_db()
        assert not whole.live
        self.decide(reviewer, whole, "approve")
        whole.refresh_from_db()
        assert not whole.live, "the second step is not the editors'"
        self.decide(as_administrator, whole, "approve")
        whole.refresh_from_db()
        assert whole.live


def test_people_are_given_roles_without_code(as_administrator):
    person = UserFactory(role="author")
    editors = Group.objects.get(name="Editors")
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    as_administrator.post(
        url,
        {"email": person.email, "first_name": "A", "last_name": "B", "language": "fi",
         "is_active": "on", "groups": [editors.pk]},
    )  # fmt: skip
    assert [group.name for group in person.groups.all()] == ["Editors"]
    assert ModelLogEntry.objects.filter(object_id=str(person.pk), action="wagtail.edit").exists()
