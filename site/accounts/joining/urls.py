"""Addresses of joining, in each language."""

from __future__ import annotations

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from . import views

app_name = "accounts"

# Addresses that mails hold: not left to a catalogue.
PATHS = {
    "request": {"fi": "tili/", "sv": "konto/", "en": "account/"},
    "sent": {"fi": "tili/viesti/", "sv": "konto/meddelande/", "en": "account/message/"},
    "confirm": {
        "fi": "tili/vahvista/<str:token>/",
        "sv": "konto/bekrafta/<str:token>/",
        "en": "account/confirm/<str:token>/",
    },
    "invitation": {
        "fi": "tili/kutsu/<str:token>/",
        "sv": "konto/inbjudan/<str:token>/",
        "en": "account/invitation/<str:token>/",
    },
}


def _of_language(name: str) -> str:
    paths = PATHS[name]
    return paths.get((get_language() or "fi").split("-")[0], paths["fi"])


_path = lazy(_of_language, str)

urlpatterns = [
    path(_path("request"), views.RequestView.as_view(), name="request"),
    path(_path("sent"), views.SentView.as_view(), name="sent"),
    path(_path("confirm"), views.ConfirmView.as_view(), name="confirm"),
    path(_path("invitation"), views.InvitationView.as_view(), name="invitation"),
]
