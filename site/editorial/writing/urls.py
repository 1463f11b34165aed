"""Addresses of authors' work, among those of editorial work."""

from __future__ import annotations

from django.urls import path

from . import hints, kept_writing, own_list, people, starting

urlpatterns = [
    path("own/", own_list.OwnModelsView.as_view(), name="own_models"),
    path("adapt/", starting.ChooseView.as_view(), name="adapt_choose"),
    path("adapt/<int:page_id>/", starting.AdaptView.as_view(), name="adapt"),
    path("copy/<int:page_id>/", starting.CopyView.as_view(), name="copy"),
    path("people/<int:page_id>/", people.PeopleView.as_view(), name="people"),
    path("completeness/<int:page_id>/", hints.completeness, name="completeness"),
    path("checks/<int:page_id>/", hints.content_checks, name="checks"),
    path("similar/<int:page_id>/", hints.similar, name="similar"),
    path("who/", kept_writing.who, name="who"),
    path("logged-in/", kept_writing.logged_in, name="logged_in"),
]
