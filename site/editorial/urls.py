"""Addresses of editorial work, under the admin's."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "editorial"
urlpatterns = [
    path("completeness/<int:page_id>/", views.completeness, name="completeness"),
]
