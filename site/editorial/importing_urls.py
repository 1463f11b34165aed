"""Addresses of importing, among those of editorial work."""

from __future__ import annotations

from django.urls import path

from . import importing_views

urlpatterns = [
    path("import/", importing_views.StartView.as_view(), name="import"),
    path(
        "import/<int:import_id>/",
        importing_views.PreviewView.as_view(),
        name="import_preview",
    ),
    path(
        "import/<int:import_id>/picture/<int:number>/",
        importing_views.picture,
        name="import_picture",
    ),
]
