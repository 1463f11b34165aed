"""Addresses of keeping models alive and of the archive, among those of editorial work."""

from __future__ import annotations

from django.urls import path

from . import reports, views
from .dead_links import DeadLinksView
from .ownerless_views import OwnerlessView

urlpatterns = [
    path("keep/<str:token>/", views.KeepView.as_view(), name="keep"),
    path("confirm/<int:page_id>/", views.ConfirmView.as_view(), name="confirm"),
    path("archive/<int:page_id>/", views.ArchiveView.as_view(), name="archive"),
    path("restore/<int:page_id>/", views.RestoreView.as_view(), name="restore"),
    path("overdue/", reports.OverdueReport.as_view(), name="overdue"),
    path(
        "overdue/results/",
        reports.OverdueReport.as_view(results_only=True),
        name="overdue_results",
    ),
    path("archived/", reports.ArchivedReport.as_view(), name="archived"),
    path(
        "archived/results/",
        reports.ArchivedReport.as_view(results_only=True),
        name="archived_results",
    ),
    path("ownerless/", OwnerlessView.as_view(), name="ownerless"),
    path("links/", DeadLinksView.as_view(), name="dead_links"),
]
