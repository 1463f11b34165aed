"""Invitations and requests for an account in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from accounts.models import AccountRequest, Invitation

from . import invitations, requests
from .forms import DecisionForm, InvitationForm


class _Counted(MenuItem):
    """A menu item with the number of requests that wait, for those who answer them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the account may decide."""
        return bool(request.user.has_perm("accounts.change_accountrequest"))

    def render_component(self, request: HttpRequest) -> Any:
        """Wagtail's, with the number in the label."""
        component = super().render_component(request)
        if count := requests.waiting().count():
            component.label = f"{self.label} ({count})"
        return component


class InvitationIndexView(IndexView):
    """Who was invited and has not come yet."""

    def get_base_queryset(self) -> QuerySet[Invitation]:
        """The open ones, in roles that the account may invite to."""
        allowed = invitations.roles_for(self.request.user)
        found: QuerySet[Invitation] = super().get_base_queryset()
        return found.filter(accepted_at=None, role__in=allowed).select_related("invited_by")


class InvitationCreateView(CreateView):
    """Inviting a person."""

    submit_button_label = gettext_lazy("Send the invitation")
    submit_button_active_label = gettext_lazy("Sending…")
    success_message = gettext_lazy("The invitation to %(object)s was sent.")

    def get_initial_form_instance(self) -> Invitation:
        """In the language of who invites."""
        return Invitation(language=self.request.user.language)

    def save_instance(self) -> Invitation:
        """Keep the invitation, and send it."""
        made: Invitation = self.form.save(commit=False)
        return invitations.invite(
            made.email,
            role=made.role,
            language=made.language,
            by=self.request.user,
            first_name=made.first_name,
            last_name=made.last_name,
        )


class _OwnRole:
    """Who may not invite to a role does not touch its invitations."""

    def get_object(self, *args: Any, **kwargs: Any) -> Invitation:
        """The invitation; refused where its role is not the account's to give."""
        view: Any = self
        found: Invitation = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if found.accepted_at or not invitations.may_withdraw(view.request.user, found):
            raise PermissionDenied
        return found


class InvitationEditView(_OwnRole, EditView):
    """Sending an invitation again, perhaps in another language or role."""

    submit_button_label = gettext_lazy("Send again")
    submit_button_active_label = gettext_lazy("Sending…")
    success_message = gettext_lazy("The invitation to %(object)s was sent again.")
    delete_item_label = gettext_lazy("Withdraw")

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """The address stays: another address is another invitation."""
        form = super().get_form(*args, **kwargs)
        form.fields["email"].disabled = True
        return form

    def save_instance(self) -> Invitation:
        """A new link; the earlier one ends to work."""
        instance: Invitation = super().save_instance()
        instance.invited_by = self.request.user
        instance.save(update_fields=["invited_by"])
        invitations.send_again(instance)
        return instance


class InvitationDeleteView(_OwnRole, DeleteView):
    """Taking an invitation back: its link ends to work."""

    page_title = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The invitation to %(object)s was withdrawn.")


class InvitationViewSet(ModelViewSet):
    """Invitations."""

    model = Invitation
    name = "invitations"
    icon = "mail"
    menu_label = gettext_lazy("Invitations")
    index_view_class = InvitationIndexView
    add_view_class = InvitationCreateView
    edit_view_class = InvitationEditView
    delete_view_class = InvitationDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ("email", "last_name")
    ordering = ("-sent_at",)
    list_display = (
        "email",
        Column("get_full_name", label=gettext_lazy("Name")),
        Column("get_role_display", label=gettext_lazy("Role")),
        Column("invited_by", label=gettext_lazy("Invited by")),
        DateColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
    )

    def get_form_class(self, for_update: bool = False) -> type[InvitationForm]:
        """The same form for all."""
        return InvitationForm


class RequestIndexView(IndexView):
    """Requests that wait for an editor, the longest waiting first."""

    def get_base_queryset(self) -> QuerySet[AccountRequest]:
        """Those whose address is proved."""
        return requests.waiting()


class RequestDecisionView(EditView):
    """A request, and what is answered."""

    template_name = "accounts/admin/request.html"
    page_title = gettext_lazy("Request for an account")

    def get_object(self, *args: Any, **kwargs: Any) -> AccountRequest:
        """The request, while its address is proved."""
        found: AccountRequest = super().get_object(*args, **kwargs)
        if found.confirmed_at is None:
            raise PermissionDenied
        return found

    def save_instance(self) -> AccountRequest:
        """Approve or decline, once: of two editors the second only sees what the first did."""
        request: AccountRequest = AccountRequest.objects.get(pk=self.object.pk)
        self.came_late = request.state != AccountRequest.OPEN
        if self.came_late:
            return request
        if "decline" in self.request.POST:
            requests.decline(request, self.request.user, self.form.cleaned_data["answer"])
        else:
            requests.approve(request, self.request.user)
        return request

    def get_success_message(self) -> str:
        """What was done."""
        if self.came_late:
            text = _("Somebody else had answered %(name)s already.")
        elif "decline" in self.request.POST:
            text = _("The request was declined, and %(name)s was told why.")
        else:
            text = _("%(name)s was invited as an author.")
        return text % {"name": self.object.get_full_name()}

    def get_success_buttons(self) -> list[Any]:
        """Nothing to go on with."""
        return []


class RequestViewSet(ModelViewSet):
    """Requests for an account."""

    model = AccountRequest
    name = "account_requests"
    icon = "group"
    menu_label = gettext_lazy("Requests for an account")
    menu_item_class = _Counted
    index_view_class = RequestIndexView
    edit_view_class = RequestDecisionView
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ("email", "last_name", "organisation")
    list_display = (
        "get_full_name",
        "email",
        "organisation",
        DateColumn("confirmed_at", label=gettext_lazy("Asked"), sort_key="confirmed_at"),
    )

    def get_form_class(self, for_update: bool = False) -> type[DecisionForm]:
        """The same form for all."""
        return DecisionForm


class JoiningGroup(ModelViewSetGroup):
    """People who come."""

    menu_label = gettext_lazy("New people")
    menu_icon = "group"
    menu_order = 270
    items = (RequestViewSet, InvitationViewSet)
