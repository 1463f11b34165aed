"""Addresses of editorial work, under the admin's."""

from __future__ import annotations

from django.urls import path

from . import (
    authors_urls,
    importing_urls,
    keeping_urls,
    queue_views,
    reviewing_views,
    searches,
    views,
)

app_name = "editorial"
urlpatterns = [
    *authors_urls.urlpatterns,
    *keeping_urls.urlpatterns,
    *importing_urls.urlpatterns,
    path("completeness/<int:page_id>/", views.completeness, name="completeness"),
    path("similar/<int:page_id>/", views.similar, name="similar"),
    path("queue/", queue_views.QueueView.as_view(), name="queue"),
    path("queue/results/", queue_views.QueueView.as_view(results_only=True), name="queue_results"),
    path("queue/<int:page_id>/assign/", queue_views.assign, name="assign"),
    path("review/<int:page_id>/", reviewing_views.ReviewView.as_view(), name="review"),
    path("review/<int:page_id>/read/<int:revision_id>/", reviewing_views.read, name="review_read"),
    path("searches/not-found/", searches.NotFoundReport.as_view(), name="searches_not_found"),
    path(
        "searches/not-found/results/",
        searches.NotFoundReport.as_view(results_only=True),
        name="searches_not_found_results",
    ),
    path("searches/common/", searches.CommonReport.as_view(), name="searches_common"),
    path(
        "searches/common/results/",
        searches.CommonReport.as_view(results_only=True),
        name="searches_common_results",
    ),
]
