"""Addresses of importing, among those of editorial work."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("import/", views.StartView.as_view(), name="import"),
    path(
        "import/<int:import_id>/",
        views.PreviewView.as_view(),
        name="import_preview",
    ),
    path(
        "import/<int:import_id>/picture/<int:number>/",
        views.picture,
        name="import_picture",
    ),
]
