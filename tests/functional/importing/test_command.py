"""import_models at the terminal: what it takes, what it prints, how it fails."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models_pages.models import ImportedSource, OperatingModelPage
from tests.functional.importing.conftest import FULL, Run

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def test_a_broken_file_is_reported_and_the_rest_goes_on(text_file, tmp_path):
    text_file(FULL, "a.txt")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes(b"x" * 2_000_001)
    text_file(FULL.replace("Perhetuki", "Vanhustuki"), "e.txt")
    (tmp_path / ".hidden").write_text("x")
    run = Run(tmp_path)
    assert [Path(entry["file"]).name for entry in run.entries] == [
        "a.txt", "b.png", "c.txt", "d.txt", "e.txt",
    ]  # fmt: skip
    assert [list(entry) for entry in run.entries[1:4]] == [["file", "error"]] * 3
    assert [run.entries[i]["title"] for i in (0, 4)] == ["Perhetuki", "Vanhustuki"]
    assert "3" in run.error
    assert "\n" not in run.error


def test_files_folders_and_patterns_are_each_read_once(text_file, tmp_path):
    path = text_file(FULL, "a.txt")
    text_file(FULL.replace("Perhetuki", "Toinen"), "b.text")
    run = Run(path, tmp_path / "*.txt", tmp_path)
    assert [Path(entry["file"]).name for entry in run.entries] == ["a.txt", "b.text"]


@pytest.mark.parametrize("name", ["puuttuu.txt", "*.eiole", "tyhja", "pitka" * 100])
def test_what_names_nothing_is_an_error(tmp_path, name):
    (tmp_path / "tyhja").mkdir()
    run = Run(tmp_path / name)
    assert list(run.entry) == ["file", "error"]
    assert run.error


def test_a_dry_run_writes_nothing(text_file):
    run = Run(text_file(FULL), dry_run=True)
    assert run.entry["page_id"] is None
    assert run.entry["unplaced"] == ["Tuntematon ohjelma"]
    assert not OperatingModelPage.objects.exists()
    assert not ImportedSource.objects.exists()


def test_standard_input(monkeypatch):
    for text in (FULL, FULL.replace("Kokeilu", "Valmis")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        run = Run("-")
        assert (run.entry["file"], run.entry["title"]) == ("-", "Perhetuki")
    assert OperatingModelPage.objects.count() == 1
    assert run.draft.phase == "established"


def test_an_unknown_owner_is_one_line(text_file):
    with pytest.raises(CommandError) as caught:
        call_command("import_models", str(text_file(FULL)), owner="nobody@example.org")
    assert "\n" not in str(caught.value)
    assert not OperatingModelPage.objects.exists()


def test_without_json_a_person_reads_the_same(text_file):
    out = io.StringIO()
    call_command("import_models", str(text_file(FULL)), stdout=out)
    assert "Perhetuki" in out.getvalue()
    assert "? Tuntematon ohjelma" in out.getvalue()


def test_one_file_that_fails_in_the_portal_leaves_the_rest(text_file, caplog, monkeypatch):
    """A fault of ours in one page is logged, told, and undone; the others are imported."""
    from models_pages.importing import drafts

    fill = drafts._fill

    def fails_once(page, model, *args, **options):
        if model.title == "Perhetuki":
            raise RuntimeError("a fault")
        return fill(page, model, *args, **options)

    monkeypatch.setattr(drafts, "_fill", fails_once)
    run = Run(text_file(FULL, "a.txt"), text_file(FULL.replace("Perhetuki", "Toinen"), "b.txt"))
    assert list(run.entries[0]) == ["file", "error"]
    assert run.entries[1]["title"] == "Toinen"
    assert OperatingModelPage.objects.count() == 1
    assert "a fault" in caplog.text


def test_the_report_alone_stands_on_standard_output(tmp_path):
    """A process of its own: the exit code, and nothing but JSON on standard output."""
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    program = [sys.executable, "manage.py"]
    options = {"cwd": ROOT, "env": environment, "capture_output": True, "text": True}
    subprocess.run([*program, "migrate", "-v0"], check=True, **options)
    (tmp_path / "model.txt").write_text(FULL, encoding="utf-8")
    good = subprocess.run(
        [*program, "import_models", str(tmp_path / "model.txt"), "--json"], **options
    )
    assert good.returncode == 0
    assert json.loads(good.stdout)[0]["title"] == "Perhetuki"
    bad = subprocess.run(
        [*program, "import_models", str(tmp_path / "none.txt"), "--json"], **options
    )
    assert bad.returncode == 1
    assert list(json.loads(bad.stdout)[0]) == ["file", "error"]
    assert "Traceback" not in bad.stderr
