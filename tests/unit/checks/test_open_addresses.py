"""Which addresses a link may lead the portal to."""

import pytest

from models_pages.checks.link_requests import NO_HOST, NOT_PUBLIC, is_open, look


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_open_net(address):
    assert is_open(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
        "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
        "2001:db8::1", "rubbish", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not(address):
    assert not is_open(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/",
        "http://0x7f000001/", "http://127.1/", "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:22/", "http://user@127.0.0.1/", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_the_own_network_is_never_asked(url):
    assert look(url, agent="test") in {NOT_PUBLIC, NO_HOST}


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "http://", "x", ""])
def test_only_web_addresses_are_asked(url):
    assert look(url, agent="test") == NO_HOST


@pytest.mark.parametrize("url", ["http://[::1", "http://a:b/", "http://127.0.0.1:99999/"])
def test_an_address_that_is_none_is_a_failure_and_no_error(url):
    assert look(url, agent="test") in {NO_HOST, NOT_PUBLIC}
