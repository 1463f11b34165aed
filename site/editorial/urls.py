"""Addresses of editorial work, under the admin's."""

from __future__ import annotations

from .figures.urls import urlpatterns as figures
from .importing.urls import urlpatterns as importing
from .keeping.urls import urlpatterns as keeping
from .review.urls import urlpatterns as review
from .searches.urls import urlpatterns as searches
from .writing.urls import urlpatterns as writing

app_name = "editorial"
urlpatterns = [*writing, *importing, *review, *keeping, *searches, *figures]
