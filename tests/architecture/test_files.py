"""Sizes, places and contents of the project's files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
# Folders of a developer's own machine. The project's files know none.
MACHINE_PATH = re.compile(rb"/(?:work|tmp|root|farm)/[a-z.]")


def project_files():
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("not a git working copy, so what belongs to the project is not known")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_files_are_short():
    long = {}
    for path in project_files():
        generated = {"migrations", "locale"} & set(path.parts)
        if path.suffix in {".py", ".html", ".css", ".js"} and not generated:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                long[path.relative_to(ROOT).as_posix()] = lines
    assert long == {}


def test_files_name_no_machine():
    found = [
        (path.relative_to(ROOT).as_posix(), match[0].decode())
        for path in project_files()
        if (match := MACHINE_PATH.search(path.read_bytes()))
    ]
    assert found == []


def test_git_sees_site():
    """Many templates of .gitignore list /site, which would hide the portal."""
    assert any(path.is_relative_to(ROOT / "site" / "portal") for path in project_files())


def test_text_files_end_with_a_newline():
    text = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".in", ".po", ".sh", ".svg"}
    ours = [path for path in project_files() if path.suffix in text and path.stat().st_size]
    assert [path for path in ours if not path.read_bytes().endswith(b"\n")] == []
