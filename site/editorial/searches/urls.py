"""Addresses of the reports of searches, among those of editorial work."""

from __future__ import annotations

from django.urls import path

from .reports import CommonReport, NotFoundReport

urlpatterns = [
    path("searches/not-found/", NotFoundReport.as_view(), name="searches_not_found"),
    path(
        "searches/not-found/results/",
        NotFoundReport.as_view(results_only=True),
        name="searches_not_found_results",
    ),
    path("searches/common/", CommonReport.as_view(), name="searches_common"),
    path(
        "searches/common/results/",
        CommonReport.as_view(results_only=True),
        name="searches_common_results",
    ),
]
