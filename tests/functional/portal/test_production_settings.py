"""Production refuses what is not safe, and says which; safe, it passes Django's own check."""

import pytest

from tests.functional.portal.commands import manage, said

SAFE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k3J-9dPq2vXw7LzR5tYb8NcM4hGf6sAe1uQo0iTnHrVjKlZx",
    "ALLOWED_HOSTS": "mallisto.example.org",
}
SAFE["SECRET_KEY"] += "mWpEyBdC"


@pytest.fixture
def environment(tmp_path):
    return SAFE | {"DATA_DIR": str(tmp_path / "data")}


def test_a_safe_environment_passes_the_deployment_check(environment):
    result = manage("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY"),
        ("DEBUG", "1", "DEBUG"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "*", "wildcard"),
        ("ALLOWED_HOSTS", "mallisto.example.org,*", "wildcard"),
    ],
)
def test_an_unsafe_environment_is_refused_in_one_line(environment, name, value, told):
    result = manage("check", **(environment | {name: value}))
    assert result.returncode != 0
    assert len(said(result)) == 1, result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_every_unsafe_thing_is_named_at_once(environment):
    result = manage("check", **(environment | {"DEBUG": "1", "SECRET_KEY": "x"}))
    assert "DEBUG" in result.stderr
    assert "SECRET_KEY" in result.stderr


def test_demo_content_is_refused_in_production(environment):
    assert manage("migrate", "-v", "0", **environment).returncode == 0
    result = manage("load_demo", **environment)
    assert result.returncode != 0
    assert "development" in result.stderr
