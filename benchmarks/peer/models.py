"""The peer's documents: a model's texts, and one value of each facet."""

from __future__ import annotations

from django.db import models
from wagtail.search import index


class PeerModel(index.Indexed, models.Model):
    """A made-up model as stock search takes it in.

    Stock search counts facets by a column of the model, so a facet has one value here where the
    portal's models have several.
    """

    title = models.CharField(max_length=255)
    description = models.TextField()
    body = models.TextField()
    theme = models.CharField(max_length=100)
    region = models.CharField(max_length=100)
    target_group = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    phase = models.CharField(max_length=20)
    year = models.IntegerField()

    search_fields = [
        index.SearchField("title", boost=4),
        index.SearchField("description", boost=2),
        index.SearchField("body"),
        *(
            index.FilterField(name)
            for name in ("theme", "region", "target_group", "organisation", "phase", "year")
        ),
    ]

    class Meta:
        app_label = "peer"

    def __str__(self) -> str:
        return self.title
