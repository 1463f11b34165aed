"""The migrations say what the models say, on every database alike."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

# wagtail-localize asks the database while its migrations are loaded.
pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def own_apps():
    """Return the labels of the apps whose migrations stand in this project."""
    inside = {
        app.label
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(ROOT) and ".venv" not in Path(app.path).parts
    }
    assert {"accounts", "models_pages", "search"} <= inside
    return inside


def test_no_migration_is_missing():
    with translation.override(None):  # as makemigrations does: names stay English
        loader = MigrationLoader(None)
        before, after = loader.project_state(), ProjectState.from_apps(apps)
        changes = MigrationAutodetector(before, after).changes(graph=loader.graph)
    missing = {
        label: [str(operation) for each in migrations for operation in each.operations]
        for label, migrations in changes.items()
        if label in own_apps()
    }
    assert missing == {}


def test_migrations_do_not_conflict():
    assert MigrationLoader(None).detect_conflicts() == {}


def test_migrations_ask_for_no_vendor():
    files = [
        path
        for app in apps.get_app_configs()
        if app.label in own_apps()
        for path in (Path(app.path) / "migrations").glob("*.py")
    ]
    assert len(files) > 3
    assert [path for path in files if ".vendor" in path.read_text(encoding="utf-8")] == []
