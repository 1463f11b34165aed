"""What goes wrong at the start is told in one line that says what to do."""

import os
import shlex
import signal
import socket
import subprocess
import sys

import pytest

from tests.functional.portal.commands import ROOT, manage, said


def _refused(result, *told):
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert len(said(result)) == 1, result.stderr
    for word in told:
        assert word in result.stderr


def test_a_port_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        _refused(manage("serve", DATA_DIR=str(tmp_path), PORT=port), port, "PORT=")


def test_a_port_that_is_no_port(tmp_path):
    _refused(manage("serve", DATA_DIR=str(tmp_path), PORT="eighty"), "eighty")


def test_a_database_address_that_is_no_address(tmp_path):
    for url in ("nonsense", "mysql://localhost/x", "postgres://host:port/x"):
        _refused(manage("serve", DATA_DIR=str(tmp_path), DATABASE_URL=url), "DATABASE_URL")


def test_a_database_that_does_not_answer(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"postgres://nobody@127.0.0.1:{port}/nothing"
    result = manage("serve", DATA_DIR=str(tmp_path), DATABASE_URL=url, PORT=str(_free_port()))
    _refused(result, "DATABASE_URL")


def test_a_data_folder_that_cannot_be_written_to(tmp_path):
    file = tmp_path / "file"
    file.touch()
    _refused(manage("serve", DATA_DIR=str(file / "data")), "DATA_DIR")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_to_even_where_a_shell_ignores_ctrl_c(tmp_path, ending):
    port = str(_free_port())
    with subprocess.Popen(
        ["/bin/sh", "-c", f"trap '' INT; exec {shlex.quote(sys.executable)} manage.py serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout.readline().startswith("Preparing the database")
            process.send_signal(ending)
            said, _nothing = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Stopped." in said
