"""Addresses of editorial work, under the admin's."""

from __future__ import annotations

from django.urls import path

from . import (
    authors_urls,
    dead_links,
    importing_urls,
    keeping_urls,
    review_urls,
    searches,
    views,
)
from .figures import urls as figures_urls

app_name = "editorial"
urlpatterns = [
    *authors_urls.urlpatterns,
    *keeping_urls.urlpatterns,
    *importing_urls.urlpatterns,
    *review_urls.urlpatterns,
    *figures_urls.urlpatterns,
    path("completeness/<int:page_id>/", views.completeness, name="completeness"),
    path("checks/<int:page_id>/", views.content_checks, name="checks"),
    path("links/", dead_links.DeadLinksView.as_view(), name="dead_links"),
    path("similar/<int:page_id>/", views.similar, name="similar"),
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
