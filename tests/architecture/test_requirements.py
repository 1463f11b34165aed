"""The locked dependencies: complete, with hashes, and from no place in particular."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
LOCKS = ("base", "test")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[^]]*\])?==(\S+)")


def text(name):
    return (REQUIREMENTS / name).read_text(encoding="utf-8")


def pins(name):
    """Return the locked versions; a package may have several, each for some Pythons."""
    found = {}
    for line in text(f"{name}.txt").splitlines():
        if pin := PIN.match(line):
            found.setdefault(pin[1], set()).add(pin[2])
    return found


def wanted(name):
    lines = (line.split("#")[0].strip() for line in text(f"{name}.in").splitlines())
    return {
        re.sub(r"[._]", "-", re.match(r"[A-Za-z0-9._-]+", line)[0]).lower()
        for line in lines
        if line and not line.startswith("-r")
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name):
    blocks = re.split(r"\n(?=[a-z0-9])", text(f"{name}.txt"))
    pinned = [block for block in blocks if PIN.match(block)]
    assert len(pinned) > 20
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_of_an_index(name):
    lines = text(f"{name}.txt").splitlines()
    options = [line for line in lines if line.startswith("-")]
    addresses = [line for line in lines if "://" in line or " @ " in line]
    assert options + addresses == []


@pytest.mark.parametrize("name", LOCKS)
def test_everything_wanted_is_locked(name):
    assert wanted(name) - set(pins(name)) == set()


def test_both_locks_agree():
    """What is tested is what runs; and `make run` after `make test` installs nothing."""
    tested = pins("test")
    assert {
        name: versions for name, versions in pins("base").items() if tested.get(name) != versions
    } == {}
