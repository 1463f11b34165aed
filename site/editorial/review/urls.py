"""Addresses of the review queue, the review view and the log of decisions."""

from __future__ import annotations

from django.urls import path

from . import queue_views, views
from .decisions_report import DecisionsReport

urlpatterns = [
    path("queue/", queue_views.QueueView.as_view(), name="queue"),
    path("queue/results/", queue_views.QueueView.as_view(results_only=True), name="queue_results"),
    path("queue/<int:page_id>/assign/", queue_views.assign, name="assign"),
    path("review/<int:page_id>/", views.ReviewView.as_view(), name="review"),
    path("review/<int:page_id>/read/<int:revision_id>/", views.read, name="review_read"),
    path("decisions/", DecisionsReport.as_view(), name="decisions"),
    path(
        "decisions/results/", DecisionsReport.as_view(results_only=True), name="decisions_results"
    ),
]
