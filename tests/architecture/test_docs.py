"""What a person can set or call stands in the documentation."""

import ast
import re
from pathlib import Path

from django.conf import global_settings

ROOT = Path(__file__).resolve().parents[2]
CODE = ("models_pages", "search", "site", "tools")
# Read or set for others' sake; nothing of ours to explain.
FOREIGN_VARIABLES = {
    "DEBIAN_FRONTEND", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PATH", "HOME",
    "PYTEST_XDIST_WORKER",
}  # fmt: skip
# Calls that take a variable's name; the first three are those of portal/settings/environment.py.
READER = re.compile(
    r"(environment\.)?(flag|words|days)|os\.getenv|(os\.environ|env|environment)\.get"
)
VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]{2,}$")


def documentation():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())


def mentioned(names):
    text = documentation()
    return {name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}


def trees():
    files = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    for path in [*files, ROOT / "manage.py", ROOT / "tests" / "conftest.py"]:
        if "migrations" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def environment_variables():
    found = set()
    for tree in trees():
        for node in ast.walk(tree):
            name = ""
            if isinstance(node, ast.Call) and node.args:
                name = literal(node.args[0]) if READER.match(ast.unparse(node.func)) else ""
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                name = literal(node.slice)
            if VARIABLE.match(name):
                found.add(name)
    return found - FOREIGN_VARIABLES


def own_settings():
    """Return what our code asks of the settings that is neither Django's nor Wagtail's."""
    found = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "settings":
                found.add(node.attr)
            elif isinstance(node, ast.Call) and ast.unparse(node).startswith("getattr(settings,"):
                found.add(literal(node.args[1]))
    named = {name for name in found if VARIABLE.match(name)}
    return {name for name in named if not hasattr(global_settings, name) and "WAGTAIL" not in name}


def commands():
    folders = (path for folder in CODE for path in (ROOT / folder).rglob("management/commands"))
    files = (path for folder in folders for path in folder.glob("*.py"))
    return {path.stem for path in files if not path.stem.startswith("_")}


def make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {f"make {name}" for name in re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)}


def test_environment_variables_are_documented():
    names = environment_variables()
    assert {"DATABASE_URL", "ELASTICSEARCH_URL", "SECRET_KEY", "DATA_DIR"} <= names
    assert names - mentioned(names) == set()


def test_settings_are_documented():
    names = own_settings()
    assert names - mentioned(names) == set()


def test_commands_are_documented():
    names = commands()
    assert {"import_models", "search_rebuild", "search_sync", "search_check"} <= names
    assert names - mentioned(names) == set()


def test_make_targets_are_documented():
    names = make_targets()
    assert {"make run", "make test", "make services", "make bench", "make stress"} <= names
    assert names - mentioned(names) == set()
