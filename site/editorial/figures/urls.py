"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("figures/models/", views.ModelsFigures.as_view(), name="figures_models"),
    path("figures/sections/", views.SectionsFigures.as_view(), name="figures_sections"),
    path("figures/review/", views.ThroughputFigures.as_view(), name="figures_throughput"),
]
