"""Which part may import which: the contracts of pyproject.toml, and who reads the environment."""

import ast
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("models_pages", "search", "site")
SETTINGS = ROOT / "site" / "portal" / "settings"
# They name the settings, and read nothing else.
ENTRY_POINTS = ("manage.py", "site/portal/asgi.py", "site/portal/wsgi.py")


def code():
    files = (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


def test_imports_keep_to_the_layers(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    # It sets logging up for itself and silences every other logger, for later tests too.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    result = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert result == 0, capsys.readouterr().out


def test_only_settings_read_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in code()
        if SETTINGS not in path.parents
        and any(word in path.read_text(encoding="utf-8") for word in ("os.environ", "getenv("))
    ]
    assert [path for path in readers if path not in ENTRY_POINTS] == []


def test_settings_import_no_project_code():
    ours = {"accounts", "editorial", "models_pages", "portal", "search"}
    found = [
        (path.name, module)
        for path in SETTINGS.glob("*.py")
        for module in imports(path)
        if module.split(".")[0] in ours and not module.startswith("portal.settings")
    ]
    assert found == []


def test_site_is_no_package():
    # With this file `import site` could become ours instead of the standard library's.
    assert not (ROOT / "site" / "__init__.py").exists()


def test_site_is_the_standard_library_s():
    assert Path(sys.modules["site"].__file__).is_relative_to(Path(sys.base_prefix))


@pytest.mark.parametrize("name", ["common", "core", "helpers", "misc", "utils"])
def test_no_module_is_a_drawer_for_anything(name):
    assert [path for path in code() if name in (path.stem, *path.relative_to(ROOT).parts)] == []
