"""What all tests share: the data beside the project, closed sockets, and honest skips."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from pathlib import Path

import pytest
from django.core.cache import caches

ROOT = Path(__file__).resolve().parent.parent
SHARED_DIR = ROOT / os.environ.get("SHARED_DIR", "../shared")
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
STRESS = os.environ.get("STRESS") == "1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# Skips --------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """With REQUIRE_ALL=1 a skipped test is a failed one."""
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """With REQUIRE_ALL=1 a file that skips itself while it is read is an error."""
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report):
    # An expected failure is reported as skipped too, but it ran.
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1, but it was skipped: {_reason(report)}"
    return report


def _reason(report):
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    """Tell what tests counted (``record_property``), also where another process ran them."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid}: {name}: {value}")


# Isolation ----------------------------------------------------------------------------------


def _is_local(address):
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Tests talk to this machine only: what calls home by accident fails here, not in use."""
    connect = socket.socket.connect

    def connect_locally(self, address):
        if not _is_local(address):
            raise RuntimeError(f"A test tried to reach {address}; tests may only use loopback.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Migrations index what they provision: let no two workers do that in one folder."""
    from django.conf import settings

    settings.SEARCH_INDEX_DIR = tmp_path_factory.mktemp("index")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """Give each test media and an index of its own: workers share the rest of DATA_DIR."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    # Row numbers come again in the next test: what is cached of this one's is wrong there.
    for cache in caches.all():
        cache.clear()


# Data and amounts ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_dir():
    """Return the folder of test data beside the project."""
    if not SHARED_DIR.is_dir():
        pytest.skip("no test data: SHARED_DIR is not a folder")
    return SHARED_DIR


@pytest.fixture(scope="session")
def seeds(shared_dir):
    """Return the two real model pages, as texts copied from a web page."""
    files = sorted((shared_dir / "seeds").glob("*.txt"))
    if len(files) < 2:
        pytest.skip("no seeds in SHARED_DIR")
    return files


@pytest.fixture(scope="session")
def repetitions():
    """Return how often to repeat something long: whole in `make stress`, else a tenth."""
    return lambda number: number if STRESS else max(1, number // 10)


@pytest.fixture(scope="session")
def chromium_path():
    """Return the path of an installed Chromium."""
    names = (os.environ.get("CHROMIUM") or "", *BROWSERS)
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium: run make services, or set CHROMIUM")
    return path


@pytest.fixture(scope="session")
def elasticsearch_url():
    """Return the address of the tests' Elasticsearch."""
    url = os.environ.get("TEST_ELASTICSEARCH_URL")
    if not url:
        pytest.skip("no Elasticsearch: run make services (it needs Java 21 or newer)")
    return url
